"""An indicator on a day on which it moves, as the one who tells the cause sees it."""

from datetime import date
from typing import NamedTuple

from engine.outcome import Outcome
from engine.policy import Law
from engine.scope import Scope


class Moved(NamedTuple):
    """What an indicator said before `day` and what it says from it on. The points differ; None: it says nothing."""

    scope: Scope
    law: Law
    day: date
    before: Outcome | None
    after: Outcome | None

    @property
    def rises(self) -> bool:
        """Whether there are more points from the day on."""
        return points(self.after) > points(self.before)

    def values(self, *names: str) -> dict[str, object]:
        """Values of the reason for the points, by name: of those there are from now on, else of those there were."""
        outcome = self.after if self.rises else self.before
        assert outcome is not None  # there are fewer points than it had, or more: it is there
        return {name: outcome.reason.values[name] for name in names}


def points(outcome: Outcome | None) -> int:
    """The points of an outcome; where the facts name nothing, none."""
    return outcome.points if outcome is not None else 0
