"""A plan in words, for the screen and for the command: what an option is worth, its steps, what is not offered."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from engine.plan import Option, Plan, Refusal
from engine.words import say, word
from tui.text import text


def merits(option: Option, language: str) -> list[str]:
    """Day, points, cost, sureness."""
    low, high = option.cost
    if high:
        cost = text("plan.cost" if low < high else "plan.cost_exact", language, low=low, high=high)
    else:
        cost = text("plan.free", language)
    return [
        text("plan.reached", language, day=option.reached_on),
        text("plan.total", language, total=f"{'~' * option.provisional}{option.total}"),
        cost,
        word(f"sure.{option.sure}", language),
    ]


def steps(option: Option, language: str) -> Iterator[str]:
    """What is to be done from when on, and what else to mind."""
    for number, step in enumerate(option.steps, 1):
        detail = say(step.detail, language)
        yield text("plan.step", language, number=number, month=str(step.start), detail=detail)
    if not option.steps:
        yield text("plan.no_step", language)
    if option.lost_on is not None:
        yield text("plan.lost", language, day=option.lost_on)
    if option.to_settle:
        still = [word(f"ineligible.{why}", language) for why in option.to_settle]
        yield text("plan.ineligible", language, items=word("list.and", language).join(still))


def remarks(found: Plan, language: str) -> Iterator[str]:
    """What is to be kept in mind of all options."""
    if any(option.provisional for option in found.options):
        yield text("plan.provisional", language)
    if any(step.lever.grade == "GK" for option in found.options for step in option.steps):
        yield text("plan.unsourced", language)


def refused(refusals: Iterable[Refusal], language: str) -> list[tuple[str, str]]:
    """Levers that are not offered with their reason, those of one reason together."""
    levers: dict[str, list[str]] = {}
    for refusal in refusals:
        levers.setdefault(say(refusal.reason, language), []).append(word(f"lever.{refusal.lever.id}", language))
    return [(word("list.and", language).join(names), because) for because, names in levers.items()]


def shunned(found: Plan, language: str) -> list[tuple[str, str]]:
    """Ways that are praised elsewhere and not offered here, with the risk."""
    return [(word(f"lever.{way.id}", language), say(way.reason, language)) for way in found.shunned]
