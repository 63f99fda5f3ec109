"""The columns of the list of cases: which there are, which are shown in which order, what each says of a case."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from datetime import date, timedelta
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from rich.cells import cell_len

from engine.policy import load
from engine.words import catalogue, word
from tui.kept_data import understood
from tui.text import text
from tui.widgets.table import GAP, MARK, Cell, Column

if TYPE_CHECKING:
    from models.rows import Row

NAME = 12  # cells a name has at least
STATUS = 14  # cells of a status, for which every one has a word that fits
SOON = timedelta(days=90)  # before a date runs out, it is marked
NAMED = 3  # cases that are named where very many are meant
NEARLY = 105  # hundredths of the 1x reference: what is less is lost when the reference rises
NEAR = timedelta(days=300)  # further off, a day is said by its month
BELOW = 12  # cells of the bar up to the threshold
BEYOND = 5
WIDTHS = (80, 120, 160)  # cells of a screen, for each of which a person has columns of their own

FIRST = "name"  # stands first and takes the room that the others leave
DEFAULT = (
    *("name", "status", "score", "bar", "gap", "proven", "waiting_on", "days", "next"),
    *("permit_until", "points_until", "consultant", "employer", "updated"),
)
# where there is less room, what stands last here goes first
MATTERS = (
    *("name", "status", "score", "gap", "waiting_on", "days", "next"),
    *("bar", "permit_until", "points_until", "consultant", "proven", "updated", "employer"),
)

Cells = Callable[["Row"], Sequence[Cell]]


class Shown(NamedTuple):
    """What the cells of a column depend on besides the row: language, day, the score asked for, their own room."""

    language: str
    today: date
    threshold: int
    room: int = 0


class Kind(NamedTuple):
    """A column there is: its cells, how it is drawn; a score stands at the right. `most` is how many cells its longest
    words take in a language: it grows so far before the client's does."""

    width: int
    cells: Callable[[Shown, Row], Sequence[Cell]]
    right: bool = False
    most: Callable[[str], int] | None = None


def shown_name(row: Row) -> str:
    """What a case is called in lists: the name, else what the client is called."""
    return row.name or row.called or f"#{row.id}"


def deadline_name(code: str, language: str) -> str:
    """What falls due on a deadline of that code, in a few words."""
    return text(f"calendar.{code}", language) if code in {"task", "fee"} else word(f"deadline.{code}", language)


def status_name(status: str, language: str, room: int = STATUS) -> str:
    """A status in so many cells: in a shorter word where its own has no room."""
    return _in(room, word(f"status.{status}", language), f"status_short.{status}", language)


def indicator_name(indicator: str, language: str, room: int) -> str:
    """An indicator in so many cells: in a shorter word where its own has no room."""
    return _in(room, word(f"indicator.{indicator}", language), f"indicator_short.{indicator}", language)


def _in(room: int, said: str, shorter: str, language: str) -> str:
    """What is said, where so many cells are enough for it, else the shorter word of a key there may be."""
    return said if cell_len(said) <= room else catalogue(language).get(shorter, said)


def short(day: date, today: date) -> str:
    """A day where there is little room: without its year where it is near, further off by its month."""
    return f"{day:%m-%d}" if abs(day - today) < NEAR else f"{day:%Y-%m}"


def columns(width: int, chosen: Sequence[str], language: str, today: date) -> list[Column[Row]]:
    """The columns for a table of this width: those `chosen`, in their order, else the usual ones; as many as fit."""
    threshold = load().threshold
    rooms = widths(width, fitting(width, chosen), language)
    return [
        Column(
            text(f"column.{name}", language), room, _cells(kind, Shown(language, today, threshold, room)), kind.right
        )
        for name, room in rooms.items()
        for kind in [KINDS[name]]
    ]


def widths(width: int, names: Sequence[str], language: str) -> dict[str, int]:
    """The cells of each of these columns in a table of this width: what they leave goes to those whose words are
    longer, in their order, before the client's takes the rest (0)."""
    rooms = {name: KINDS[name].width for name in names}
    left = width - len(MARK) - NAME - GAP - sum(room + GAP for room in rooms.values() if room)
    for name, room in rooms.items():
        most = KINDS[name].most
        if most is not None:
            more = max(min(most(language) - room, left), 0)
            rooms[name], left = room + more, left - more
    return rooms


def fitting(width: int, chosen: Sequence[str]) -> list[str]:
    """The names of the columns that fit. Of those a person has chosen the last ones give way, of the usual ones what
    matters less."""
    room = width - len(MARK) - NAME - GAP
    found = [FIRST]
    for name in chosen or MATTERS:
        if name != FIRST:
            room -= KINDS[name].width + GAP
            if room < 0:
                break
            found.append(name)
    return found if chosen else sorted(found, key=DEFAULT.index)


def of_width(width: int) -> int:
    """For which of the `WIDTHS` a screen's columns are chosen."""
    return max((least for least in WIDTHS if least <= width), default=WIDTHS[0])


def read(kept: str | None) -> dict[int, list[str]]:
    """A person's columns by the width of the screen, as `kept`; what is not understood is left out."""
    try:
        found = understood(kept) or {}
        return {least: known(found[str(least)]) for least in WIDTHS if found.get(str(least))}
    except (ValueError, TypeError, AttributeError):
        return {}


def known(names: Iterable[object]) -> list[str]:
    """Those that are names of columns, each once, the client's first."""
    return list(dict.fromkeys([FIRST, *(name for name in names if isinstance(name, str) and name in KINDS)]))


def kept(chosen: dict[int, list[str]]) -> str:
    """A person's columns as they are kept."""
    return json.dumps({str(least): names for least, names in chosen.items()})


def _cells(kind: Kind, shown: Shown) -> Cells:
    return lambda row: kind.cells(shown, row)


def _dash(said: str | None, style: str = "") -> Sequence[Cell]:
    return [Cell(said, style) if said else Cell("-", "table--dim")]


def _score(shown: Shown, row: Row) -> Sequence[Cell]:
    if row.score is None:
        return _dash(None)
    if row.vetoed:
        return [Cell(text("list.veto", shown.language), "table--over")]
    return [Cell(f"{'~' if row.stale else ''}{row.score}", "table--good" if row.reached else "")]


def _gap(shown: Shown, row: Row) -> Sequence[Cell]:
    if row.score is None or row.vetoed:
        return _dash(None)
    return _dash(f"{row.score - shown.threshold:+d}", "table--dim")


def _proven(shown: Shown, row: Row) -> Sequence[Cell]:
    return [Cell("-" if row.proven is None else str(row.proven), "table--proven")]


def _bar(shown: Shown, row: Row) -> Sequence[Cell]:
    """Proven and claimed points as a bar with a mark at the threshold, which no cell reaches before the score does."""
    score = 0 if row.vetoed else row.score or 0
    proven = min(row.proven or 0, score)
    full = min(score * BELOW // shown.threshold, BELOW + BEYOND)
    sure = min(proven * BELOW // shown.threshold, full)
    marks = "▓" * sure + "▒" * (full - sure) + " " * (BELOW + BEYOND - full)
    style = "table--proven" if sure == full else "table--claimed"
    return [
        Cell(marks[:sure][:BELOW], "table--proven"),
        Cell(marks[sure:BELOW], style),
        Cell("│", "table--dim"),
        Cell(marks[BELOW:], style),
    ]


def _waiting(shown: Shown, row: Row) -> Sequence[Cell]:
    return _dash(word(f"waiting_on.{row.waiting_on}", shown.language) if row.waiting_on else None)


def _days(shown: Shown, row: Row) -> Sequence[Cell]:
    """Since when it is so, in days."""
    return [Cell(str(row.days_here(shown.today)))]


def _next(shown: Shown, row: Row) -> Sequence[Cell]:
    """What is due next, and when: this year's day, or the month of a later one."""
    if row.deadline is None or row.deadline_code is None:
        return _dash(None)
    day = date.fromisoformat(row.deadline)
    over = day < shown.today
    when = short(day, shown.today) + ("! " if over else "  ")
    whole = deadline_name(row.deadline_code, shown.language)
    what = _in(shown.room - len(when), whole, f"deadline_short.{row.deadline_code}", shown.language)
    return [Cell(when, "table--over" if over else ""), Cell(what)]


def _most_next(language: str) -> int:
    return len("2026-11! ") + _longest("deadline.", language)


def _status(shown: Shown, row: Row) -> Sequence[Cell]:
    return _dash(status_name(row.stage, shown.language, shown.room) if row.stage else None)


def _most_status(language: str) -> int:
    return _longest("status.", language)


@cache
def _longest(table: str, language: str) -> int:
    return max(cell_len(said) for key, said in catalogue(language).items() if key.startswith(table))


def _day(of: Callable[[Row], str | None]) -> Callable[[Shown, Row], Sequence[Cell]]:
    def cells(shown: Shown, row: Row) -> Sequence[Cell]:
        day = of(row)
        if day is None or day >= (shown.today + SOON).isoformat():
            return _dash(day)
        return [Cell(day + "!", "table--over" if day < shown.today.isoformat() else "table--warning")]

    return cells


def _plain(of: Callable[[Row], str | None], style: str = "") -> Callable[[Shown, Row], Sequence[Cell]]:
    return lambda shown, row: _dash(of(row), style)


def _named(table: str, of: Callable[[Row], str | None]) -> Callable[[Shown, Row], Sequence[Cell]]:
    return lambda shown, row: _dash(word(f"{table}.{of(row)}", shown.language) if of(row) else None)


def _owed(shown: Shown, row: Row) -> Sequence[Cell]:
    """How many papers are still to come."""
    return _dash(str(len(json.loads(row.owed))) if row.owed else None)


def _base(shown: Shown, row: Row) -> Sequence[Cell]:
    """The base of the last month paid, and what it is of the 1x reference."""
    if row.base is None or row.base_multiple is None:
        return _dash(None)
    whole, hundredths = divmod(row.base_multiple, 100)
    style = "" if row.base_multiple >= NEARLY else "table--warning"
    return [Cell(f"{row.base:>6}"), Cell(f" {whole}.{hundredths:02}x", style)]


def _risks(shown: Shown, row: Row) -> Sequence[Cell]:
    """How severe the severest risk is, and how many there are."""
    if not row.risks:
        return _dash(None)
    found = json.loads(row.risks)
    severity = found[0][0]
    style = {"block": "table--over", "high": "table--warning"}.get(severity, "")
    return [Cell(f"{word(f'severity.{severity}', shown.language)} {len(found)}", style)]


KINDS: dict[str, Kind] = {
    "name": Kind(0, _plain(shown_name)),
    "status": Kind(STATUS, _status, most=_most_status),
    "score": Kind(4, _score, right=True),
    "bar": Kind(BELOW + 1 + BEYOND, _bar),
    "gap": Kind(4, _gap, right=True),
    "proven": Kind(4, _proven, right=True),
    "waiting_on": Kind(8, _waiting),
    "days": Kind(4, _days, right=True),
    "next": Kind(17, _next, most=_most_next),
    "permit_until": Kind(11, _day(lambda row: row.permit_until)),
    "points_until": Kind(11, _day(lambda row: row.points_until)),
    "consultant": Kind(8, _plain(lambda row: row.consultant)),
    "employer": Kind(24, _plain(lambda row: row.employer, "table--dim")),
    "updated": Kind(10, _plain(lambda row: row.updated_at[:10], "table--dim")),
    "number": Kind(7, _plain(lambda row: str(row.id), "table--dim"), right=True),
    "kind": Kind(12, _named("application_kind", lambda row: row.kind)),
    "need_by": Kind(11, _day(lambda row: row.need_by)),
    "drops_on": Kind(11, _day(lambda row: row.drops_on)),
    "next_change": Kind(11, _day(lambda row: row.next_change)),
    "owed": Kind(4, _owed, right=True),
    "chased": Kind(10, _plain(lambda row: row.chased)),
    "base": Kind(12, _base),
    "risks": Kind(9, _risks),
    "district": Kind(8, _plain(lambda row: row.district, "table--dim")),
    "tags": Kind(14, _plain(lambda row: " ".join(row.tags))),
}
