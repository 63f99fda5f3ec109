"""What a policy says, in words: the versions of the law, the questions it leaves open, its figures by subject."""

from __future__ import annotations

import unicodedata
from datetime import date
from typing import NamedTuple

from engine.basis import Basis
from engine.months import Month
from engine.passages import Passage, passages
from engine.policy import Policy, Question, Version
from engine.policy_pack import unit_of
from engine.words import word
from tui.text import LANGUAGES, text


class Item(NamedTuple):
    """Something to look up: a version, a question, a passage. `key` names it in any language.

    `state` is `coming`, `counts` or `past`. `open`: it may be otherwise, and `notes` say how. `law` is where it stands
    (`article` without the document), `sources` where it was read.
    """

    key: str
    heading: str
    said: tuple[str, ...]
    state: str = "counts"
    open: bool = False
    days: str = ""
    law: str = ""
    article: str = ""
    sources: tuple[str, ...] = ()
    grade: str = ""
    checked: str = ""
    notes: tuple[str, ...] = ()


def items(policy: Policy, on: date, language: str) -> list[Item]:
    """All that a policy says on a day: the versions, the newest first; the questions; the figures by subject."""
    return [
        *(_version(version, policy, on, language) for version in reversed(policy.versions)),
        *(_question(name, question, language) for name, question in policy.questions.items()),
        *(_passage(passage, on, language) for passage in passages(policy, on)),
    ]


def searchable(policy: Policy, on: date) -> dict[str, str]:
    """What each item says in all languages, by its key, as it is searched in (`folded`)."""
    found: dict[str, str] = {}
    for language in LANGUAGES:
        for item in items(policy, on, language):
            found[item.key] = found.get(item.key, "") + folded(f" {item.heading} {in_text(item, language)}")
    return found


def folded(said: str) -> str:
    """Words as they are compared: wide and narrow forms, capitals and small letters alike; no comma within a number."""
    return unicodedata.normalize("NFKC", said).casefold().replace(",", "")


def figure_said(name: str, value: int, language: str) -> str:
    """A figure or wage by its name, with its unit: `最高分 30 分`."""
    unit = unit_of(name)
    shown = f"{value / 10:g}" if unit == "times" else f"{value:,}"
    return f"{word(f'figure.{name}', language)} {word(f'unit.{unit}', language, value=shown)}"


def marks(item: Item, language: str) -> list[str]:
    """What is to be known before an item is read: that it does not hold yet, that it may be otherwise."""
    coming = [text("policy.coming", language)] if item.state == "coming" else []
    return [*coming, text("policy.open", language)] if item.open else coming


def in_text(item: Item, language: str) -> str:
    """An item as text that stands by itself: what, since when, where it stands, where it was read, what is open."""
    said = word("list.and", language).join(item.said)
    days = text("policy.in_brackets", language, said=item.days) if item.days else ""
    read = [each for each in (item.grade, item.checked) if each]
    grounds = text("policy.in_brackets", language, said=word("list.and", language).join(read)) if read else ""
    lines = [text("policy.copied_line", language, heading=item.heading, said=said) + days]
    if item.law:
        lines.append(text("policy.copied_line", language, heading=text("policy.label.law", language), said=item.law))
    if item.sources:
        lines.append(sources_said(item, language) + grounds)
    if item.notes:
        key = "policy.open" if item.open else "policy.label.note"
        notes = word("list.also", language).join(item.notes)
        lines.append(text("policy.copied_line", language, heading=text(key, language), said=notes))
    return "\n".join(lines)


def sources_said(item: Item, language: str) -> str:
    """Where an item was read; nothing where that is not known."""
    if not item.sources:
        return ""
    return text("policy.source", language, sources=word("list.also", language).join(item.sources))


def _days(since: object, to: object, language: str) -> str:
    if to is None:
        return text("policy.days_from", language, since=since)
    return text("policy.days", language, since=since, to=to)


def _grade(basis: Basis, language: str) -> str:
    return text(f"line.grade.{basis.grade}", language)


def _checked(basis: Basis, language: str) -> str:
    return text("policy.checked", language, checked=basis.checked)


def _version(version: Version, policy: Policy, on: date, language: str) -> Item:
    last = version is policy.versions[-1]
    ended = version.to < on
    state = "coming" if version.since > on else "past" if ended and not last else "counts"
    after = [text("policy.ended" if ended else "policy.until", language)] if last else []
    return Item(
        key=f"version {version.id}",
        heading=text("policy.law", language),
        said=(text("policy.in_force", language, document=version.document) if state == "counts" else version.document,),
        state=state,
        days=_days(version.since, version.to, language),
        sources=version.basis.sources,
        notes=tuple(filter(None, [*after, version.basis.note.said(language)])),
        grade=_grade(version.basis, language),
        checked=_checked(version.basis, language),
    )


def _question(name: str, question: Question, language: str) -> Item:
    asked, note = word(f"question.{name}", language), question.note.said(language)
    answers = {each: word(f"question.{name}.{each}", language) for each in (question.taken, *question.others)}
    for answer in answers:  # how the pack calls it is nothing to read
        note = note.replace(f"（{answer}）", "")
    others = [text("policy.other", language, other=answers[each]) for each in question.others]
    return Item(
        key=f"question {name}",
        heading=text("policy.questions", language),
        said=(text("policy.question", language, question=asked, taken=answers[question.taken]),),
        open=True,
        notes=tuple(filter(None, [*others, note])),
    )


def _passage(passage: Passage, on: date, language: str) -> Item:
    basis = passage.basis
    days: tuple[object, object] = (passage.since, passage.to)
    if not passage.document and passage.to is not None:  # wages are dated by the months for which they are paid
        days = (Month.of(passage.since), Month.of(passage.to))
    said = [text("policy.goes_on", language)] if passage.goes_on else []
    return Item(
        key=f"{passage.subject} {passage.since} {passage.figures[0][0]}",
        heading=word(f"subject.{passage.subject}", language),
        said=tuple(figure_said(name, value, language) for name, value in passage.figures),
        state=passage.state(on),
        open=passage.open,
        days=_days(*days, language),
        law=f"{passage.document} {basis.article}".strip(),
        article=basis.article,
        sources=basis.sources,
        notes=tuple(filter(None, [*said, basis.note.said(language)])),
        grade=_grade(basis, language),
        checked=_checked(basis, language),
    )
