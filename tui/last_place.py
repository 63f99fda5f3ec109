"""Where a consultant was last: the filter, the case under the cursor, the case that was open and at which part."""

from __future__ import annotations

import json
from typing import NamedTuple

from tui.kept_data import understood

LONGEST_LINE = 1000  # of a longer one nothing is kept: half a line would be another one


class Place(NamedTuple):
    """`case` is under the cursor of the list, `opened` the one that was open, at its `part`."""

    line: str = ""
    case: int | None = None
    opened: int | None = None
    part: str = ""


NOWHERE = Place()


def read(kept: str | None) -> Place:
    """A place as it was `kept`; nowhere where there was none, or it cannot be understood."""
    try:
        line, case, opened, part = understood(kept)
        ids_are_right = all(one is None or (type(one) is int and 0 < one < 2**63) for one in (case, opened))
    except (ValueError, TypeError):
        return NOWHERE
    return Place(str(line), case, opened, str(part)) if ids_are_right else NOWHERE


def kept(place: Place) -> str:
    """A place as it is kept."""
    line = place.line if len(place.line) <= LONGEST_LINE else ""
    return json.dumps([line, *place[1:]], ensure_ascii=False)
