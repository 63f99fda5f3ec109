"""The mark that derived columns carry: the rules and figures they were derived by, the version in force, the day.

`2/shanghai@1f2e3d4c/2023/2026-11-22`. Plain text: lists tell by it what still holds, without loading the rules.
"""

from typing import NamedTuple

from models.query_terms import prefix


class Which(NamedTuple):
    """A condition on the table of cases, in SQL, and its values."""

    sql: str
    values: tuple[str, ...]


def by_rules(stamp: str) -> tuple[str, str]:
    """The bounds between which the stamps lie that were made by the same rules and figures, on whatever day."""
    return prefix(stamp.rsplit("/", 2)[0] + "/")


def day_of(stamp: str) -> str:
    """The day it was made for, as ISO text."""
    return stamp.rsplit("/", 1)[-1]


def holds(stamp: str, due: str | None, now: str) -> bool:
    """Whether what was derived by a stamp, and falls due on a day (None: never), still holds by the stamp of now."""
    first, last = by_rules(now)
    day = day_of(now)
    return first <= stamp < last and day_of(stamp) <= day and (due is None or day < due)


def falling_due(now: str, *, back: bool = False) -> Which:
    """The cases to be derived anew by the stamp of now; `back`: those of a later day as well.

    Ranges of indexes rather than "not equal", which would look at every case.
    """
    which = Which("stamp < ? OR stamp >= ? OR due <= ?", (*by_rules(now), day_of(now)))
    if not back:
        return which
    return Which(f"{which.sql} OR substr(stamp, -10) > ?", (*which.values, day_of(now)))
