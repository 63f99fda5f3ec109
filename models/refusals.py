"""Why a command was not carried out; nothing was written then."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from engine.reason import Reason
from engine.words import say


class Clash(NamedTuple):
    """One field that no longer holds what the editor saw: what that was, what is there, who put it there and when."""

    path: str
    saw: Any
    now: Any
    who: str | None
    at: str | None  # UTC


class Conflict(Exception):
    """Somebody else changed the same fields meanwhile."""

    def __init__(self, items: Sequence[Clash]) -> None:
        super().__init__("; ".join(f"{c.path}: saw {c.saw!r}, is {c.now!r} ({c.who}, {c.at})" for c in items))
        self.items = tuple(items)


class Refused(Exception):
    """The command cannot be carried out; `reason` says why."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(say(reason, "en"))
        self.reason = reason


def refused(code: str, **values: Any) -> Refused:
    """A refusal of the `reason.write.*` catalogue."""
    return Refused(Reason(f"write.{code}", values))
