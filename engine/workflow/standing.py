"""Where a case stands: what the questions about its way are asked of."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from engine.application import Application, Step, open_application
from engine.facts import Applicant
from engine.paper import Paper
from engine.workflow import Status

HANDED_IN: frozenset[Status] = frozenset({"accepted", "verifying", "review"})
"""Stages in which the authority has the papers."""


class Standing(NamedTuple):
    """The facts of a case, its stage (`status`), and the rows the office keeps, each list in the order of its days."""

    applicant: Applicant
    status: Status
    applications: Sequence[Application]
    steps: Sequence[Step]
    papers: Sequence[Paper]

    @property
    def open(self) -> Application | None:
        """The application that has no outcome yet."""
        return open_application(self.applications)

    @property
    def last_step(self) -> Step | None:
        """The step the case took last."""
        return self.steps[-1] if self.steps else None

    @property
    def handed_in(self) -> bool:
        """Whether the papers of the open application are with the authority, or were when it was returned."""
        filing = self.open
        if filing is None:
            return False
        here = self.before_pause if self.status == "paused" else self.status
        return here in HANDED_IN or any(row.where == "review" for row in filing.returns)

    @property
    def before_pause(self) -> Status | None:
        """The stage before the case was paused or closed; None where no step tells it."""
        return next((step.stage for step in reversed(self.steps) if step.stage not in {"paused", "closed"}), None)


def began(standing: Standing) -> date | None:
    """The day before which no further step can lie: that of the last one, or of the open application."""
    days = [row.opened for row in (standing.open,) if row is not None]
    days += [step.on for step in (standing.last_step,) if step is not None]
    return max(days, default=None)
