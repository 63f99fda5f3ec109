"""The order of a run of letters that ask for papers: of each only whom it is for, so that ten thousand take little."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import NamedTuple

from engine.materials.pack import Supplier
from engine.policy import Policy
from models.reading import Reader
from models.rows import StoredCase
from tui.letters import Letter, employer, letters


class Waiting(NamedTuple):
    """A letter that is to be written: of which cases, and what it is put in order by."""

    supplier: Supplier
    to: str
    cases: tuple[int, ...]
    deadline: str | None
    points: int

    def written(self, reader: Reader, policy: Policy, today: date, language: str) -> Letter | None:
        """The letter, from the cases as they are now; None where nothing is owed any more."""
        stored = [case for case in map(reader.case, self.cases) if case is not None]
        for found in letters(stored, policy, today, language, again=True):
            if found.supplier == self.supplier:
                return found
        return None


def waiting(
    stored: Iterable[StoredCase], policy: Policy, today: date, language: str, supplier: Supplier | None = None
) -> list[Waiting]:
    """What is to be written for the cases, in the order of `letters`; the cases are looked at one after the other."""
    found: dict[tuple[str, str], Waiting] = {}
    for case in stored:
        for one in _of(case, policy, today, language):
            if supplier not in (None, one.supplier):
                continue
            key = (employer(case), one.to) if one.supplier == "hr" else ("", str(case.id))
            before = found.get(key)
            found[key] = one if before is None else _joined(before, one)
    return sorted(found.values(), key=lambda one: (one.deadline or "9", -one.points, one.cases[0]))


def _of(case: StoredCase, policy: Policy, today: date, language: str) -> Iterator[Waiting]:
    for one in letters([case], policy, today, language):
        yield Waiting(one.supplier, one.to, (case.id,), one.deadline, one.points)


def _joined(one: Waiting, other: Waiting) -> Waiting:
    days: Sequence[str] = [day for day in (one.deadline, other.deadline) if day is not None]
    cases = (*one.cases, *other.cases)
    return Waiting(one.supplier, one.to, cases, min(days, default=None), one.points + other.points)
