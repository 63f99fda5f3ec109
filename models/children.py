"""All children of all cases by what they come to next, as `models.deriving` keeps it for the day of each case."""

from array import array
from collections.abc import Iterable
from typing import NamedTuple

from engine.exam_lint import KINDS
from models.query import Query
from models.reading import ALL, Reader


class Pupil(NamedTuple):
    """A child of a case, and the year and kind (`primary`, `junior`, `zhongkao`, `gaokao`) of what it comes to next.

    `nth` tells those of one case apart that come to the same in one year.
    """

    year: int
    kind: str
    case_id: int
    nth: int = 0


class Pupils:
    """Any number of children, by year, then in the order of the school, then by case; sixteen bytes each."""

    def __init__(self, rows: Iterable[tuple[int, int, int]] = ()) -> None:
        self._when = array("q")
        self._cases = array("q")
        for year, kind, case_id in rows:
            self._when.append(year * len(KINDS) + kind)
            self._cases.append(case_id)

    def __len__(self) -> int:
        return len(self._when)

    def __getitem__(self, place: int) -> Pupil:
        year, kind = divmod(self._when[place], len(KINDS))
        same = (self._when[place], self._cases[place])
        nth = 0
        while place > nth and (self._when[place - nth - 1], self._cases[place - nth - 1]) == same:
            nth += 1
        return Pupil(year, KINDS[kind], self._cases[place], nth)

    def place(self, pupil: Pupil) -> int | None:
        """Where a child stands; None where it does not."""
        when = pupil.year * len(KINDS) + KINDS.index(pupil.kind)
        start = 0
        while True:
            try:
                start = self._cases.index(pupil.case_id, start)
            except ValueError:
                return None
            if self._when[start] == when:
                found = start + pupil.nth
                return found if found < len(self) and self[found] == pupil else None
            start += 1


def pupils(reader: Reader, query: Query = ALL) -> Pupils:
    """The children of the cases a query finds of whom it is known what they come to."""
    return Pupils(reader.child_exams(query))
