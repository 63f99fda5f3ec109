"""A clock: where one of the four sides of a case stands on a day, and what comes next."""

from datetime import date
from typing import Any, NamedTuple

from engine.reason import Reason


class Clock(NamedTuple):
    """One clock (`code`: permit, employer, application, points) and its `state`, since when.

    `next` is the day on which something has to happen or will, `next_reason` what; `then` is what follows if nothing
    does. Days that are not known are None.
    """

    code: str
    state: str
    since: date | None
    next: date | None
    next_reason: Reason
    then: Reason


def said(clock: str, part: str, code: str, **values: Any) -> Reason:
    """A reason of the catalogue `reason.workflow.clock`."""
    return Reason(f"workflow.clock.{clock}.{part}.{code}", values)
