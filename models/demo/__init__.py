"""Demo data: any number of made-up but believable cases from a seed, the same for the same number, seed and day."""

from collections.abc import Callable, Iterator
from datetime import date
from random import Random
from typing import TYPE_CHECKING, Any, NamedTuple

from engine.assessment import Assessment, assess
from engine.document import validate
from engine.facts import Applicant
from engine.months import full_years
from engine.policy import Policy, load
from models.author import Author
from models.demo import case
from models.demo.family import need_by
from models.demo.life import live
from models.demo.people import Registry, birthday
from models.demo.plan import BLOCK, Slot, block, needs_threshold
from models.demo.routes import BY_NAME

if TYPE_CHECKING:
    from models.workspace import Workspace

DEFAULT_SEED = 120
DEFAULT_COUNT = 200
MOST = 1_000_000
WHOLE = 10_000
"""Up to so many, each case has a life of its own; of more, `LIVES` are made and scored and the others copy them."""
LIVES = 2_000
CONSULTANTS = ("我", "陈静", "周磊", "孙雯", "何敏")
OPENER = CONSULTANTS[0]
_ATTEMPTS = 8
_SCORED = 25  # making and scoring a life takes as long as so many copies

Progress = Callable[[int, float], None]
"""Is told how many cases are in, and what share of all the work is done (1 is told once, at the end)."""


class DemoCase(NamedTuple):
    """One made-up case. `consultant` is one of `CONSULTANTS`; `OPENER` stands for whoever opens the demo."""

    document: dict[str, Any]
    status: str
    consultant: str
    tags: tuple[str, ...]
    need_by: str | None = None
    since: str = ""  # the day on which it came to its status


def build(
    workspace: "Workspace",
    n: int,
    seed: int,
    today: date,
    by: Author | None = None,
    progress: Progress = lambda done, share: None,
) -> int:
    """Put `n` made-up cases into a workspace; how many there are. `by` opens the demo, and has cases of their own."""
    # loads the ORM: only a workspace being built needs it
    from models.writing import NewCase, create_many

    author = by or Author(OPENER, "demo")
    lives = n if n <= WHOLE else LIVES
    cases = (
        NewCase(
            document=made.document,
            status=made.status,
            consultant=author.name if made.consultant == OPENER else made.consultant,
            tags=made.tags,
            need_by=made.need_by,
            steps=({"stage": made.status, "on": made.since},),
        )
        for made in applicants(lives, seed, today)
    )
    done = 0
    work = lives * _SCORED + (n - lives)
    for ids in create_many(workspace, cases, by=author, today=today, command="demo"):
        done += len(ids)
        if done < n:
            progress(done, done * _SCORED / work)
    if done < n:
        from models.demo.copies import copy

        scored = lives * _SCORED / work
        copy(workspace, n - done, seed, author, lambda made, of: progress(lives + made, scored + (1 - scored) * of))
    progress(n, 1)
    return n


def applicants(n: int, seed: int, today: date) -> Iterator[DemoCase]:
    """`n` made-up cases. A smaller `n` gives the first of them; every 200 have each status, indicator and risk."""
    policy = load()
    registry = Registry()
    for first in range(0, n, BLOCK):
        slots = block(Random(f"{seed}/{first}"), registry, today)
        for number, slot in enumerate(slots[: n - first], first):
            yield _case(f"{seed}/{first}/{number}", registry, today, policy, slot)


def _case(seed: str, registry: Registry, today: date, policy: Policy, slot: Slot) -> DemoCase:
    rng = Random(seed)
    if slot.messy or slot.employer is None:
        document = case.barely_known(rng, registry.phone(rng))
        since = case.since(Random(f"{seed}/since"), document, slot.status, today)
        return DemoCase(document, slot.status, rng.choice(CONSULTANTS), (), None, str(since))
    document, result = _fitting(seed, registry, today, policy, slot)
    consultant = rng.choice(CONSULTANTS)
    tags = _tags(rng, document, slot, today, result)
    since = case.since(Random(f"{seed}/since"), document, slot.status, today)
    return DemoCase(document, slot.status, consultant, tags, need_by(document, today), str(since))


def _fitting(
    seed: str, registry: Registry, today: date, policy: Policy, slot: Slot
) -> tuple[dict[str, Any], Assessment]:
    """A document whose score fits the status: tried anew until it does, at last on the plainest route."""
    for attempt in range(_ATTEMPTS):
        rng = Random(f"{seed}/{attempt}")
        if attempt == _ATTEMPTS - 1:
            slot = Slot(
                slot.status,
                BY_NAME["degree_at_average" if needs_threshold(slot.status) else "vocational"],
                slot.employer,
            )
        document, applicant = _document(rng, registry, today, policy, slot)
        result = assess(applicant, policy, today)
        if _fits(slot, result):
            break
    if case.rank(slot.status) >= case.rank("form"):
        case.claim(document, result)
    return document, result


def _fits(slot: Slot, result: Assessment) -> bool:
    if slot.mistaken:
        return result.total < result.threshold and result.eligible
    if slot.status == "accumulating":
        return result.total < result.threshold
    if not needs_threshold(slot.status):
        return True
    in_order = result.eligible or slot.trouble is not None or slot.status in {"lapsed", "closed", "paused"}
    return result.reached and in_order


def _document(
    rng: Random, registry: Registry, today: date, policy: Policy, slot: Slot
) -> tuple[dict[str, Any], Applicant]:
    assert slot.employer is not None
    trouble = slot.trouble
    child_ages = trouble.children if trouble else ()
    if trouble and trouble.own_contact:
        person = slot.employer.contacts[0]
    else:
        low, high = slot.route.ages
        low = max(low, max(child_ages, default=0) + 23) if child_ages else low
        born = birthday(rng, today, rng.randrange(min(low, high - 1), high))
        person = registry.person(rng, born, rng.choice(("male", "female")))
    life = live(rng, registry, today, policy.law(today), person, slot.employer, slot.route)
    document = case.facts(life, slot.status, child_ages)
    if slot.status in case.WITH_NOTICE:
        case.in_force(document, life, slot.status, policy)
    if trouble:
        trouble.apply(document, life)
    case.look_at_papers(document, life, slot.status)
    if slot.status in {"lead", "simulated"}:
        offences = document.get("offence")
        document = case.as_spoken(document, life, slot.status)
        document |= {"offence": offences} if offences else {}
    return document, validate(document)


def _tags(rng: Random, document: dict[str, Any], slot: Slot, today: date, result: Assessment) -> tuple[str, ...]:
    tags = []
    if slot.mistaken or (slot.trouble is not None and slot.trouble.risk == "base_out_of_limits"):
        tags.append("待复核")
    ages = [full_years(date.fromisoformat(row["birth_date"]), today) for row in document.get("child", [])]
    if any(13 <= age <= 15 for age in ages):
        tags.append("中考")
    elif any(16 <= age <= 18 for age in ages):
        tags.append("高考")
    elif any(5 <= age <= 6 for age in ages):
        tags.append("幼升小")
    if not result.reached and not needs_threshold(slot.status) and result.total >= 110:
        tags.append("差一点")
    if rng.random() < 0.12:
        tags.append(rng.choice(("重点", "急", "转介绍", "老客户")))
    return tuple(tags)
