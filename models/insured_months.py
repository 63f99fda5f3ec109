"""Months of social insurance changed by range: rows are cut where a range ends, all other months stay as they are."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any, NamedTuple

from engine.months import Month
from models.change import Change
from models.paths import APPLICANT, Tree, copied, get, new_id, put

ROWS = f"{APPLICANT}.insurance"
OPEN = 10**6  # after every month: a row still being paid
APART = {"from", "to", "id", "seen_until"}  # what tells how rows are cut, not what they say of a month
Row = Mapping[str, Any]


class Edit(NamedTuple):
    """What months `first`..`last` say anew; None takes a fact away. Without `facts` the months are not paid at all."""

    first: int
    last: int
    facts: Mapping[str, Any] | None


def edited(rows: Sequence[Row], edits: Sequence[Edit]) -> list[dict[str, Any]]:
    """The rows after the edits, one after the other. A row keeps its `id` with its first months; the rest is new."""
    found = [dict(row) for row in rows]
    for edit in edits:
        found = _joined(list(_edited(found, edit)))
    return found


def _edited(rows: Sequence[Row], edit: Edit) -> Iterator[dict[str, Any]]:
    """The rows after one edit. Months that no row names get a row of their own."""
    named: set[int] = set()
    for row in rows:
        first, last = _span(row)
        if first is None or last < edit.first or first > edit.last:
            yield dict(row)
            continue
        low, high = max(first, edit.first), min(last, edit.last)
        named.update(range(low, high + 1))
        parts = []
        if first < low:
            parts.append(_part(row, first, low - 1))
        if edit.facts is not None:
            parts.append(_changed(_part(row, low, high), edit.facts))
        if last > high:
            parts.append(_part(row, high + 1, last))
        for number, part in enumerate(parts):
            if number:
                part.pop("id", None)
            yield part
    if edit.facts is not None:
        known = {key: value for key, value in edit.facts.items() if value is not None}
        for first, last in _runs(month for month in range(edit.first, edit.last + 1) if month not in named):
            yield {"from": str(Month(first)), "to": str(Month(last)), **known}


def _span(row: Row) -> tuple[int | None, int]:
    first, last = row.get("from"), row.get("to")
    return None if first is None else Month.parse(first), OPEN if last is None else Month.parse(last)


def _part(row: Row, first: int, last: int) -> dict[str, Any]:
    """The same row for fewer months; `seen_until` stays within them."""
    part = {**row, "from": str(Month(first))}
    part.pop("to", None)
    if last < OPEN:
        part["to"] = str(Month(last))
    seen = part.get("seen_until")
    if seen is not None and Month.parse(seen) < first:
        del part["seen_until"]
    elif seen is not None and last < OPEN and Month.parse(seen) > last:
        part["seen_until"] = str(Month(last))
    return part


def _changed(part: dict[str, Any], facts: Mapping[str, Any]) -> dict[str, Any]:
    """A part with other facts: what was verified of it is only received then."""
    changed = {key: value for key, value in {**part, **facts}.items() if value is not None}
    if changed != part and changed.get("evidence") == "verified" and "evidence" not in facts:
        changed["evidence"] = "received"
    return changed


def _runs(months: Iterator[int]) -> Iterator[tuple[int, int]]:
    """Months in order as spans."""
    start = end = None
    for month in months:
        if start is None or end is None or month != end + 1:
            if start is not None and end is not None:
                yield start, end
            start = month
        end = month
    if start is not None and end is not None:
        yield start, end


def _joined(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Rows that go on with the same facts made one; those of different ids are left apart."""
    found: list[dict[str, Any]] = []
    for row in sorted(rows, key=lambda each: _span(each)[0] or 0):
        before = found[-1] if found else None
        if before is not None and _goes_on(before, row):
            joined = {**before, **({"to": row["to"]} if "to" in row else {})}
            if "to" not in row:
                joined.pop("to", None)
            if "seen_until" in row:
                joined["seen_until"] = row["seen_until"]
            found[-1] = joined
        else:
            found.append(row)
    return found


def _goes_on(before: Row, row: Row) -> bool:
    alike = {k: v for k, v in before.items() if k not in APART} == {k: v for k, v in row.items() if k not in APART}
    first = _span(row)[0]
    touching = first is not None and _span(before)[1] + 1 == first
    # a span that is seen to its end goes on as seen; else what was seen would reach over months that were not
    seen = ("seen_until" in before) == ("seen_until" in row) and before.get(
        "seen_until", before.get("to")
    ) == before.get("to")
    return alike and touching and seen and "id" not in row


def changes(tree: Tree, edits: Sequence[Edit]) -> list[Change]:
    """The edits as changes of a case: rows by their id, so that what others change elsewhere stays."""
    before = {row["id"]: row for row in get(tree, ROWS) or ()}
    after = edited(list(before.values()), edits)
    found: list[Change] = []
    kept = {row["id"] for row in after if "id" in row}
    found += [Change(f"{ROWS}.{row_id}", row, None) for row_id, row in before.items() if row_id not in kept]
    for row in after:
        if "id" not in row:
            found.append(Change(f"{ROWS}.{new_id()}", None, row))
            continue
        old, path = before[row["id"]], f"{ROWS}.{row['id']}"
        differing = [key for key in dict.fromkeys([*old, *row]) if old.get(key) != row.get(key)]
        found += [Change(f"{path}.{key}", old.get(key), row.get(key)) for key in differing]
        if differing and old.get("evidence") == row.get("evidence") == "verified":
            # cut shorter it still says what was verified; said along, it stays so
            found.append(Change(f"{path}.evidence", "verified", "verified"))
    return found


def changed(tree: Tree, made: Sequence[Change]) -> list[tuple[int, int]]:
    """The spans of months that changes made of a case, `tree`, say anew, in order; a row still being paid reaches to
    `OPEN`. `models.paths.NoPlace` where the case is no longer what they made of it."""
    was = {APPLICANT: {"insurance": copied(get(tree, ROWS) or [])}}
    for change in made:
        if change.path.startswith(f"{ROWS}."):
            put(was, change.path, copied(change.before))
    before, after = get(was, ROWS), get(tree, ROWS) or []
    found: list[tuple[int, int]] = []
    for first, beyond in pairwise(sorted({cut for row in (*before, *after) for cut in _cuts(row)})):
        if _said(before, first) == _said(after, first):
            continue
        if found and found[-1][1] + 1 == first:
            first = found.pop()[0]
        found.append((first, beyond - 1))
    return found


def _cuts(row: Row) -> Iterator[int]:
    """The months from which a row says something else than of the month before."""
    first, last = _span(row)
    if first is not None and first <= last:
        yield from (first, last + 1)
        if first <= (seen := _seen(row)) < last:
            yield seen + 1


def _seen(row: Row) -> int:
    """The last month of a row that was seen on a statement."""
    return Month.parse(row["seen_until"]) if "seen_until" in row else 0


def _said(rows: Sequence[Row], month: int) -> list[str]:
    """What the rows say of a month, however they are cut and in whichever order."""
    found = []
    for row in rows:
        first, last = _span(row)
        if first is not None and first <= month <= last:
            facts = {key: value for key, value in row.items() if key not in APART}
            found.append(repr((month <= _seen(row), sorted(facts.items()))))
    return sorted(found)
