"""Letters that ask for papers (催件): one to each client, one to each HR contact for all clients that are asked for.

What is copied is written here, and in which order a run goes through it; the words are those of `engine.chasing`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from engine.chasing import Asked, message, to_contact
from engine.document import validate
from engine.facts import Applicant
from engine.materials.pack import Supplier
from engine.policy import Policy
from engine.working_days import add_working_days, subtract_working_days
from models.history import present
from models.papers import WRITTEN_TO, Owed, asked_on, outstanding
from models.paths import Tree
from models.rows import StoredCase
from tui.screens.case_columns import shown_name
from tui.text import text
from tui.widgets.papers import asked_for

DAYS = 7  # so soon papers are asked for, where no deadline is nearer


class OfCase(NamedTuple):
    """What one case is asked for; `deadline` is its nearest, as ISO text."""

    case_id: int
    called: str
    tree: Tree
    applicant: Applicant
    deadline: str | None
    owed: Sequence[Owed]


class Letter(NamedTuple):
    """What is written to one person: to the client themselves, or to a contact (`hr`) for several clients."""

    supplier: Supplier
    to: str
    of: tuple[OfCase, ...]

    @property
    def owed(self) -> list[Owed]:
        """All papers it asks for."""
        return [paper for case in self.of for paper in case.owed]

    @property
    def points(self) -> int:
        """The points that rest on them; those of a line count once a case, however many papers prove it."""
        return sum(sum({p.item.needed_for: p.item.points for p in case.owed}.values()) for case in self.of)

    @property
    def deadline(self) -> str | None:
        """The nearest deadline of its cases."""
        return min((case.deadline for case in self.of if case.deadline is not None), default=None)

    def text(self, today: date, language: str) -> str:
        """As it is copied."""
        until = by(self.deadline, today)
        if self.supplier != "hr":
            [case] = self.of
            return message(self.to, _asked(case.owed, case, language), until, language)
        together: dict[str, Asked] = {}
        clients: list[tuple[str, Sequence[Asked]]] = []
        for case in self.of:
            common = [paper for paper in case.owed if paper.item.shared and len(self.of) > 1]
            together |= {asked.item.code: asked for asked in _asked(common, case, language)}
            own = [paper for paper in case.owed if paper not in common]
            clients.append((case.called, _asked(own, case, language)))
        shared = (text("letters.shared", language), tuple(together.values()))
        return to_contact(self.to, [shared, *clients], until, language)


def by(deadline: str | None, today: date) -> date:
    """Until when papers are asked for: a working day, before the next deadline where that is near, else in a week."""
    week = today + timedelta(days=DAYS)
    near = None if deadline is None else date.fromisoformat(deadline)
    if near is not None and today < near < week:
        return max(subtract_working_days(near, 0), today)
    return add_working_days(week, 0)


def letter(supplier: Supplier, case: OfCase, language: str) -> Letter:
    """What is written of one case: to the client, or to the employer's contact."""
    if supplier == "hr":
        return Letter(supplier, contact(case.applicant) or text("papers.contact", language), (case,))
    called = case.applicant.contact.called if case.applicant.contact is not None else None
    return Letter(supplier, called or case.called, (case,))


def contact(applicant: Applicant) -> str | None:
    """The first contact of the employer, by name."""
    people = applicant.employment.hr if applicant.employment is not None else []
    return people[0].name if people else None


def letters(
    stored: Iterable[StoredCase], policy: Policy, today: date, language: str, *, again: bool = False
) -> list[Letter]:
    """What is to be written for these cases, the nearest deadline first, of those with one the most points.

    Left out are cases that collect no papers, and unless they are asked for `again` papers that were asked for today
    already: so a run that was broken off goes on where it stood. Papers the office gets itself, and shared data, are
    asked of nobody.
    """
    clients: list[Letter] = []
    of_contact: dict[tuple[str, str], list[OfCase]] = {}
    for case in stored:
        if case.row.owed is None:
            continue
        applicant, row, tree = validate(case.document), case.row, present(case)
        every = [p for p in outstanding(tree, applicant, policy, today) if again or not asked_on(p, today)]
        for supplier in WRITTEN_TO:
            mine = [paper for paper in every if paper.item.supplier == supplier]
            if not mine:
                continue
            one = OfCase(case.id, shown_name(row), tree, applicant, row.deadline, mine)
            if supplier == "client":
                clients.append(letter("client", one, language))
            else:
                of_contact.setdefault((employer(case), letter("hr", one, language).to), []).append(one)
    contacts = [Letter("hr", to, tuple(cases)) for (_, to), cases in of_contact.items()]
    return sorted([*clients, *contacts], key=_nearest)


def employer(case: StoredCase) -> str:
    """What its employer is told from others by; a case of which none is known has one of its own."""
    return case.row.uscc or case.row.employer or str(case.id)


def _nearest(one: Letter) -> tuple[str, int, int]:
    return (one.deadline or "9", -one.points, one.of[0].case_id)


def _asked(owed: Iterable[Owed], case: OfCase, language: str) -> list[Asked]:
    return [asked_for(paper, case.tree, language) for paper in owed]
