"""What is read, as it is shown: a case in a list, a case whole, what falls on a day, what was left unfinished."""

import json
from collections.abc import Sequence
from datetime import date
from typing import Any, NamedTuple

from engine.reason import Reason
from models.stamps import holds
from models.today import local_day


class Row(NamedTuple):
    """A case as lists show it. Days and moments are ISO text, scores points; None is not known or not there.

    `due` is the day until which what is derived holds, `next_change` the one on which the score is another, `crossings`
    those on which the threshold is reached or lost, `drops_on` the first on which it is lost, `exams` what its
    children come to next, `uscc` the credit code of its employer, `stage` the status as the days of its points have it,
    `since` the day of its last step, `deadline` its nearest day, `owed` the papers that are still to come and `chased`
    the day on which one of them was asked for last, the longest ago, `base` the contribution base of the last month
    paid (yuan) and `base_multiple` what it is of the 1x reference (hundredths), `risks` those that stand against it,
    the severest first, `fee_due` the day on which the first open fee is due. `stale`: what is derived does not hold on
    the day, or by the rules, that were asked for.
    """

    id: int
    revision: int
    status: str
    consultant: str | None
    tags: tuple[str, ...]
    need_by: str | None
    created_at: str
    updated_at: str
    name: str | None
    called: str | None
    score: int | None
    proven: int | None
    reached: bool | None
    eligible: bool | None
    provisional: bool | None
    points: str
    permit_until: str | None
    points_until: str | None
    renewal: str | None
    employer: str | None
    district: str | None
    stamp: str
    due: str | None
    next_change: str | None
    crossings: str | None  # JSON: [[day, reached], …]
    drops_on: str | None
    exams: str | None  # JSON: [[year, kind, child], …]
    uscc: str | None
    stage: str
    kind: str | None
    waiting_on: str | None
    since: str | None
    deadline: str | None
    deadline_code: str | None
    owed: str | None  # JSON: codes of papers
    chased: str | None
    base: int | None
    base_multiple: int | None
    risks: str | None  # JSON: [[severity, risk], …]
    fee_due: str | None
    stale: bool

    @property
    def here_since(self) -> str:
        """The day it came to its stage: that of its last step, where there is none yet the one on which it was made."""
        return self.since or local_day(self.created_at)

    def days_here(self, today: date) -> int:
        """For how many days it has been in its stage; 0 on the first, also where the clock was ahead of this day."""
        return max((today - date.fromisoformat(self.here_since)).days, 0)

    @property
    def vetoed(self) -> bool:
        """Whether an offence bars the case, whatever its points: that is no number, so none stands in its place."""
        return self.risks is not None and _VETO in self.risks


_VETO = json.dumps(["block", "offence"])  # as it stands among the risks
COLUMNS = ", ".join(Row._fields[:-1])
_TAGS, _STAMP, _DUE = (Row._fields.index(name) for name in ("tags", "stamp", "due"))
_FLAGS = tuple(Row._fields.index(name) for name in ("reached", "eligible", "provisional"))


class StoredCase(NamedTuple):
    """A case whole: its row, with what is derived, the applicant document as kept, and the office's rows by list."""

    row: Row
    document: dict[str, Any]
    office: dict[str, list[dict[str, Any]]]

    @property
    def id(self) -> int:
        """The number of the case."""
        return self.row.id

    @property
    def revision(self) -> int:
        """Counts the changes of the case."""
        return self.row.revision

    @property
    def status(self) -> str:
        """The id of its status."""
        return self.row.status

    @property
    def consultant(self) -> str | None:
        """Whose case it is."""
        return self.row.consultant

    @property
    def tags(self) -> tuple[str, ...]:
        """Its tags."""
        return self.row.tags

    @property
    def stamp(self) -> str:
        """What its derived columns were derived by."""
        return self.row.stamp


class Happening(NamedTuple):
    """What falls on a day (ISO text) in a case: `deadline` (with its code), end of `points` or `permit`, `drop`."""

    day: str
    kind: str
    case_id: int
    code: str | None


class OfEmployer(NamedTuple):
    """An employer by its credit code, what its cases call it, and how many they are."""

    uscc: str
    name: str | None
    cases: int


class DraftText(NamedTuple):
    """What somebody typed at a field and the document could not take yet."""

    path: str
    text: str
    at: str


class Unfinished(NamedTuple):
    """A draft wherever it is: in a case of some name, in one that is gone (`there` is false), or, without a case
    (`case_id` 0), in the form of one that is not made yet, whose id begins the path."""

    case_id: int
    path: str
    text: str
    at: str
    there: bool
    name: str | None


class Duplicate(NamedTuple):
    """A case that may be the same person, and why: reasons of `reason.duplicate`, the surest first."""

    row: Row
    why: tuple[Reason, ...]


def stored_of(columns: Sequence[Any], stamp: str | None) -> StoredCase:
    """A case whole, from `COLUMNS`, document and office as the driver gives them."""
    *row, document, office = columns
    return StoredCase(row_of(row, stamp), json.loads(document), json.loads(office))


def row_of(columns: Sequence[Any], stamp: str | None) -> Row:
    """A row from `COLUMNS` as the driver gives them; with the `stamp` of now it is told whether it holds by that."""
    values = [*columns, stamp is not None and not holds(columns[_STAMP], columns[_DUE], stamp)]
    values[_TAGS] = tuple(json.loads(values[_TAGS]))
    for place in _FLAGS:  # the driver gives 0 and 1
        values[place] = None if values[place] is None else bool(values[place])
    return Row._make(values)
