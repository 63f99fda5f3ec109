"""Which status, route, employer and trouble each of a block of 200 cases gets."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from itertools import cycle
from random import Random

from engine.workflow import STATUSES
from models.demo.employers import Employer, employer
from models.demo.people import Registry
from models.demo.routes import MISTAKEN, STRONG, WEAK, Route
from models.demo.troubles import TROUBLES, Trouble

BLOCK = 200
_SHARE = {
    "lead": 14,
    "simulated": 14,
    "accumulating": 30,
    "engaged": 12,
    "employer_setup": 6,
    "account": 6,
    "form": 14,
    "hr_review": 8,
    "submitted": 7,
    "net_sign": 4,
    "paper_due": 5,
    "accepted": 6,
    "verifying": 7,
    "review": 7,
    "returned": 6,
    "approved": 4,
    "notice": 4,
    "in_force": 22,
    "renewal_due": 8,
    "lapsed": 4,
    "refused": 3,
    "withdrawn": 3,
    "paused": 4,
    "closed": 2,
}
_MESSY = 4
_MISTAKES = ("hr_review", "submitted", "returned")
# cases of the employers whose account is active: one with forty, and so on down to many with one
_SIZES = (40, 24, 16, 12, 9, 7, 6, 5, 4, 4, 3, 3, 2, 2, 2)
_IDLE_SIZES = (4, 3, 2, 2)


@dataclass(frozen=True, slots=True)
class Slot:
    """What one case is to be."""

    status: str
    route: Route
    employer: Employer | None = None
    trouble: Trouble | None = None
    messy: bool = False
    mistaken: bool = False


def needs_threshold(status: str) -> bool:
    """Whether a case gets there only with the points: HR review and whatever comes after."""
    return STATUSES.index(status) >= STATUSES.index("hr_review")


def block(rng: Random, registry: Registry, today: date) -> list[Slot]:
    """The plan of 200 cases, in the order in which they came in."""
    statuses = [status for status, count in _SHARE.items() for _ in range(count)]
    slots = _routed(rng, statuses)
    slots = _troubled(rng, registry, today, slots)
    slots = _employed(rng, registry, today, slots)
    rng.shuffle(slots)
    return slots


def _routed(rng: Random, statuses: list[str]) -> list[Slot]:
    fresh = [route for route in STRONG if route.name.startswith("fresh")]
    settled = [route for route in STRONG if route not in fresh]
    rng.shuffle(settled)
    preparing = cycle([*fresh, *settled])
    filed = cycle(settled)
    weak = cycle(rng.sample(WEAK, len(WEAK)))
    mistakes = iter(MISTAKEN)
    wrong = set(_MISTAKES)
    slots = []
    for n, status in enumerate(statuses):
        if status in wrong:
            wrong.remove(status)
            slots.append(Slot(status, next(mistakes), mistaken=True))
        elif needs_threshold(status):
            slots.append(Slot(status, next(filed)))
        elif status in {"accumulating", "lead"} or (status == "simulated" and n % 2):
            slots.append(Slot(status, next(weak), messy=status == "lead" and n < _MESSY))
        else:
            slots.append(Slot(status, next(preparing)))
    return slots


def _troubled(rng: Random, registry: Registry, today: date, slots: list[Slot]) -> list[Slot]:
    """Each trouble once, then half of them again, in statuses where it is met."""
    for trouble in (*TROUBLES, *rng.sample(TROUBLES, len(TROUBLES) // 2)):
        free = [
            n
            for n, slot in enumerate(slots)
            if slot.trouble is None and not slot.mistaken and slot.status in trouble.statuses
        ]
        if not free:
            continue
        n = rng.choice(free)
        by_name = {route.name: route for route in (*STRONG, *WEAK)}
        route = by_name[rng.choice(trouble.routes)]
        slots[n] = replace(slots[n], route=route, trouble=trouble)
        if trouble.employer or trouble.own_contact:
            slots[n] = replace(slots[n], employer=employer(rng, registry, today, **dict(trouble.employer)))
    return slots


def _employed(rng: Random, registry: Registry, today: date, slots: list[Slot]) -> list[Slot]:
    """Employers for all who have none yet: active ones of all sizes for those under way, others before."""
    active: list[int] = []
    idle: list[int] = []
    for n, slot in enumerate(slots):
        if slot.employer is None and not slot.messy:
            (idle if _waits(rng, slot) else active).append(n)
    for numbers, sizes, accounts in (
        (active, _SIZES, ("active",)),
        (idle, _IDLE_SIZES, ("unregistered", "registered", "unknown", "unregistered", "locked")),
    ):
        rng.shuffle(numbers)
        # of those who only asked, the employer is hardly known: they do not make an employer large
        numbers.sort(key=lambda n: slots[n].status in {"lead", "simulated"})
        for group in _groups(numbers, sizes):
            kind = rng.choice(("company",) * 12 + ("branch", "public_institution", "ngo"))
            theirs = employer(rng, registry, today, account=rng.choice(accounts), kind=kind)
            for n in group:
                slots[n] = replace(slots[n], employer=theirs)
    return slots


def _waits(rng: Random, slot: Slot) -> bool:
    """Whether the employer still has to be registered."""
    early = slot.status in {"simulated", "accumulating", "engaged"}
    return slot.status == "employer_setup" or (early and rng.random() < 0.3)


def _groups(numbers: list[int], sizes: tuple[int, ...]) -> Iterator[list[int]]:
    start = 0
    for size in (*sizes, *([1] * len(numbers))):
        if group := numbers[start : start + size]:
            yield group
        start += size
