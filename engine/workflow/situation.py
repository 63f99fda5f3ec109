"""A case on a day, as the guards see it: its stage, its application, and its points, counted when first asked for."""

from datetime import date
from functools import cached_property

from engine.application import Application, Kind, approved
from engine.application_steps import on_notice
from engine.assessment import Assessment, assess
from engine.facts import Applicant
from engine.policy import NoLaw, Policy
from engine.policy import load as load_policy
from engine.reason import Reason
from engine.workflow import Status
from engine.workflow.points import DERIVED, Points, effective_status, points
from engine.workflow.stage_pack import Stage, load
from engine.workflow.standing import Standing


class Situation:
    """One case (`standing`) on one day. Nothing in it outlives the question that made it."""

    def __init__(self, standing: Standing, day: date, policy: Policy | None = None) -> None:
        self.standing = standing
        self.day = day
        self.policy = policy or load_policy()

    @property
    def applicant(self) -> Applicant:
        """The facts."""
        return self.standing.applicant

    @cached_property
    def counted(self) -> Assessment | Reason:
        """What the rules say of the facts on the day; a reason where there is no law for it."""
        try:
            return assess(self.applicant, self.policy, self.day)
        except NoLaw as none:
            return none.reason

    @cached_property
    def points(self) -> Points:
        """Where the points in force stand."""
        if self.applicant.notice is None:
            return "none"
        counted = self.counted
        return points(self.applicant.notice, counted if isinstance(counted, Assessment) else None, self.day)

    @cached_property
    def status(self) -> Status:
        """The stage the case is in on the day."""
        status = self.standing.status
        return effective_status(status, self.points) if status in DERIVED else status

    @property
    def stage(self) -> Stage:
        """That stage, as the pack has it."""
        return load().stages[self.status]

    @cached_property
    def open(self) -> Application | None:
        """The application that has no outcome yet."""
        return self.standing.open

    @cached_property
    def kind(self) -> Kind:
        """The kind of the open application; where none is open, of the one that would be opened now."""
        return self.open.kind if self.open is not None else self.proposed_kind

    @property
    def proposed_kind(self) -> Kind:
        """What would be filed: the first application where nothing was granted yet, else a renewal.

        While the points hold and their renewal is not due, what the notice lacks comes first: the present employer,
        then a child that is to have the benefits.
        """
        if self.applicant.notice is None and approved(self.standing.applications) is None:
            return "new"
        if self.points in {"renew_due", "lapsed"}:
            return "renew"
        if changed_employer(self.applicant):
            return "change_employer"
        lacking = any(child.benefits and not on_notice(self.applicant, child) for child in self.applicant.child)
        return "add_child" if lacking and self.applicant.notice is not None else "renew"


def changed_employer(applicant: Applicant) -> bool:
    """Whether the notice names another employer than the present one (process 4 R26)."""
    notice, job = applicant.notice, applicant.employment
    return bool(notice and job and notice.employer and job.employer and notice.employer != job.employer)
