"""A line of the log as it is typed (记一笔): `已报价 6800，周四回 +12-03`; behind the last `+` stands its follow-up."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import NamedTuple

from engine.reason import Reason
from models.change import Change
from models.office import LONGEST_TASK
from models.paths import new_id
from tui.signs import clean

_DAY = r"\d{1,2}[-－./]\d{1,2}|\d{4}[-－./]\d{1,2}[-－./]\d{1,2}"
_FOLLOW_UP = re.compile(rf"[+＋]\s*(\d{{1,3}}|{_DAY})$")
_AHEAD = re.compile(rf"[+＋]\s*(?P<days>\d{{1,3}})|[+＋]?\s*(?P<day>{_DAY})")
YEARS = 8  # until a 29 February comes again, at most


class Logged(NamedTuple):
    """What was said or done, and the day on which it is to be followed up."""

    text: str
    follow_up: date | None

    def changes(self, note: str, by: str, today: date) -> list[Change]:
        """What is written: the line, with the id `note`, and the task that follows it up."""
        changes = [Change(f"notes.{note}", None, {"on": today.isoformat(), "by": by, "text": self.text})]
        if self.follow_up is not None:
            task = {"what": self.text[:LONGEST_TASK], "due": self.follow_up.isoformat(), "note": note, "owner": by}
            changes.append(Change(f"tasks.{new_id()}", None, task))
        return changes


def read(typed: str, today: date) -> Logged | Reason:
    """A line understood; `+3` is in three days, `+12-03` the next 3 December, a whole date itself."""
    text = clean(typed)
    found = _FOLLOW_UP.search(text)
    if found is None:
        return Logged(text, None) if text else Reason("nothing_typed", {})
    said = text[: found.start()].strip()
    if not said:
        return Reason("log_only_day", {})
    day = _day(found[1], today)
    return Reason("log_no_such_day", {"day": found[1]}) if day is None else Logged(said, day)


def ahead(typed: str, today: date) -> date | None:
    """A day still to come as it is typed where one is asked for: `+3`, `12-03`, `2027-01-15`; None for else."""
    found = _AHEAD.fullmatch(clean(typed))
    return None if found is None else _day(found["days"] or found["day"], today)


def _day(typed: str, today: date) -> date | None:
    if typed.isdigit():
        return today + timedelta(days=int(typed))
    *year, month, day = (int(part) for part in re.split(r"[-－./]", typed))
    years = year or range(today.year, today.year + YEARS + 1)
    for number in years:
        try:
            found = date(number, month, day)
        except ValueError:
            continue
        if year or found >= today:
            return found
    return None
