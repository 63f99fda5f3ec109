"""The clock, for the outermost layer alone: what day it is, and what moment."""

import re
from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta, timezone

from engine.reason import Reason
from engine.words import say

# China keeps UTC+8 without summer time since 1991: no time-zone database is needed, which a small machine may lack
SHANGHAI = timezone(timedelta(hours=8))
_ISO_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


class WrongDay(ValueError):
    """`$DABIAO_TODAY` is not a day."""

    def __init__(self, value: str) -> None:
        self.reason = Reason("workspace.today", {"value": value})
        super().__init__(say(self.reason, "en"))


def today(environ: Mapping[str, str]) -> date:
    """The day in Shanghai, or the one `$DABIAO_TODAY` names; `WrongDay` where that is not a day."""
    given = environ.get("DABIAO_TODAY", "").strip()
    if not given:
        return datetime.now(SHANGHAI).date()
    if not _ISO_DAY.fullmatch(given):
        raise WrongDay(given)
    try:
        return date.fromisoformat(given)
    except ValueError:
        raise WrongDay(given) from None


def moment() -> str:
    """This moment in UTC with milliseconds, as the store keeps it: `2026-11-22T03:04:05.678Z`."""
    return datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def local(at: str) -> str:
    """A stored moment as people here read it, to the minute: `2026-11-22 11:04`."""
    return datetime.fromisoformat(at).astimezone(SHANGHAI).strftime("%Y-%m-%d %H:%M")


def local_day(at: str) -> str:
    """The day on which a stored moment fell here: `2026-11-22`."""
    return datetime.fromisoformat(at).astimezone(SHANGHAI).date().isoformat()


def in_a_name() -> str:
    """This moment as it stands in the name of a file, to the second: `2026-11-22-110405`."""
    return datetime.now(SHANGHAI).strftime("%Y-%m-%d-%H%M%S")
