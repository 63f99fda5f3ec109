"""All children of all cases and what they come to next, found by looking through the documents.

Nothing of it is stored: what a child comes to moves with the day. A hundred thousand documents take some seconds, so
it is asked for in a worker, chunk by chunk.
"""

import json
from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from engine.exam_lint import KINDS
from engine.exams import ExamCalendar
from engine.facts import Applicant
from engine.needs import coming
from models.reading import Reader

CHUNK = 2000


class Coming(NamedTuple):
    """A child (`path` into the applicant of a case) and the year and kind of what it comes to next.

    As they stand they sort by year, then in the order of the school, then by case.
    """

    year: int
    order: int
    case_id: int
    path: str

    @property
    def kind(self) -> str:
        """`primary`, `junior`, `zhongkao` or `gaokao`."""
        return KINDS[self.order]


def children(reader: Reader, exams: ExamCalendar, on: date) -> Iterator[list[Coming]]:
    """The children of all cases of whom it is known what they come to, as seen on a day, some cases at a time."""
    last = 0
    while rows := reader.children(last, CHUNK):
        last = rows[-1][0]
        yield [found for case_id, text in rows for found in _of(case_id, text, exams, on)]


def _of(case_id: int, text: str, exams: ExamCalendar, on: date) -> Iterator[Coming]:
    applicant = Applicant.model_validate({"child": json.loads(text)})
    for each in coming(applicant, exams, on):
        if each.kind is not None and each.year is not None:
            yield Coming(each.year, KINDS.index(each.kind), case_id, each.path)
