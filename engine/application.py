"""What the office keeps of how far a case has come: its applications (积分申请), and the stages it went through.

The stage a case is in stands at the case; an application that is open is in it. Which attempt an application is in, and
whether one is open, follows from its rows.
"""

from collections.abc import Sequence
from typing import Annotated, Any, Literal, TypeVar, get_args

from pydantic import AfterValidator, Field

from engine.facts import Part
from engine.kinds import Day, RowId, Text, fault
from engine.workflow import Status

Kind = Literal["new", "renew", "change_employer", "change_item", "add_spouse", "add_child", "address", "reissue"]
KINDS: tuple[Kind, ...] = get_args(Kind)

Where = Literal["online", "counter", "review"]
"""Where an application was returned: in the employer's account, at the acceptance point, in the review."""

ReturnReason = Literal[
    "nested_study",
    "missing_prior_schooling",
    "study_place",
    "education_not_found",
    "payer_mismatch",
    "insurance_gap",
    "back_paid",
    "tax_mismatch",
    "base_short",
    "title",
    "archive",
    "cv",
    "hukou_address",
    "birth_policy",
    "permit",
    "contract",
    "employer",
    "child",
    "form",
    "paper_missing",
    "paper_unfit",
    "other",
]
RETURN_REASONS: tuple[ReturnReason, ...] = get_args(ReturnReason)

SystemStatus = Literal[
    "unregistered",
    "employer_waiting",
    "submitted",
    "accepted",
    "not_accepted",
    "returned",
    "net_sign",
    "degree_verified",
    "archive_verified",
    "approving",
    "determined",
    "notice_printed",
]
"""What the authority's own system shows (process 6.3), kept beside what the office knows."""
SYSTEM_STATUSES: tuple[SystemStatus, ...] = get_args(SystemStatus)

Outcome = Literal["approved", "refused", "withdrawn"]


class Row(Part):
    """A row that is kept; its `id` is made when it is stored."""

    id: RowId


RowOf = TypeVar("RowOf", bound=Row)


def each_its_own(rows: list[RowOf]) -> list[RowOf]:
    """Rows of one list, of which no two have one id."""
    for number, row in enumerate(rows):
        if any(row.id == other.id for other in rows[:number]):
            raise fault("row_id_twice", id=row.id)
    return rows


class Return(Row):
    """A return (退回补正): where, why as the authority's list has it and in its own words, who read it, until when.

    `papers` are the codes of those it names.
    """

    on: Day
    where: Where
    reasons: list[ReturnReason] = Field(default=[])
    papers: list[Text] = Field(default=[])
    text: Text | None = None
    read_by: Text | None = None
    answer_by: Day | None = None
    answered: Day | None = None


class Application(Row):
    """One filing of a case. `filed` are the facts as they were handed in, as an applicant file has them.

    `degree_checked` and `archive_checked` are the two ticks of the check (学历核验, 核档): both must be there. One
    without an `outcome` is open.
    """

    kind: Kind
    opened: Day
    district: Text | None = None
    acceptance_point: Text | None = None
    receipt: Text | None = None
    system_status: SystemStatus | None = None
    degree_checked: Day | None = None
    archive_checked: Day | None = None
    returns: Annotated[list[Return], AfterValidator(each_its_own)] = Field(default=[])
    filed: dict[str, Any] | None = None
    outcome: Outcome | None = None
    closed: Day | None = None

    @property
    def attempt(self) -> int:
        """Which attempt it is in: each return begins another."""
        return 1 + len(self.returns)


class Step(Row):
    """A stage a case came to, and the day; `application` is the id of the one it is of.

    `because` is why a guard was overridden, why it went back, or why the case was closed.
    """

    stage: Status
    on: Day
    application: Text | None = None
    because: Text | None = None


def _one_open(rows: list[Application]) -> list[Application]:
    if sum(row.outcome is None for row in rows) > 1:
        raise fault("one_application")
    return rows


Applications = Annotated[list[Application], AfterValidator(each_its_own), AfterValidator(_one_open)]
Steps = Annotated[list[Step], AfterValidator(each_its_own)]


def open_application(applications: Sequence[Application]) -> Application | None:
    """The application that has no outcome yet; there is one at most."""
    return next((row for row in applications if row.outcome is None), None)


def approved(applications: Sequence[Application]) -> Application | None:
    """The latest that was approved: the points in force are its."""
    return next((row for row in reversed(applications) if row.outcome == "approved"), None)
