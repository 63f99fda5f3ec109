"""What is wrong with a policy pack, all of it, each as a reason that names the place and what to do.

A pack that passes has every figure and both wage series without gap or overlap, each number with its article, source,
grade and the day someone last checked it. Places are the pack's own keys; `#2` is the second row of a list.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from itertools import pairwise
from typing import Any, NamedTuple

from engine.lever_lint import lever_faults
from engine.months import Month
from engine.pack_lint import (
    GROUNDS,
    NOTE,
    Complaint,
    Pack,
    Shape,
    bases_faults,
    complaint,
    grounds_faults,
    shape_faults,
    sources_faults,
    wrong_type,
)
from engine.policy_pack import FIGURES, PARAMETERS, ROW_KEYS, figure_rows

_SECTIONS: Shape = {
    "id": str, "versions": list, "sources": dict, "basis": dict, "figures": dict, "parameters": dict, "wages": dict,
    "planning": dict, "levers": list, "shunned": list,
}  # fmt: skip
_VERSION: Shape = {"id": str, "title": str, "number": str, "from": date, "to": date, **GROUNDS}
_WAGES: Shape = {"from": str, "reference": list, "contribution": list}
_REFERENCE: Shape = {"from": str, "to": str, "value": int, "basis": str}
_CONTRIBUTION: Shape = {"from": str, "to": str, "average": int, "upper": int, "lower": int, "basis": str}
_LIMIT_BASES: Shape = {"upper_basis": str, "lower_basis": str}


class _Span(NamedTuple):
    """Days (as ordinals) or months from `first` to `last`, both in it; None: without end."""

    first: int
    last: int | None


def lint(pack: Pack) -> list[Complaint]:
    """All complaints about a pack; none for a good one. Where a whole section is not there, only that is said."""
    return list(shape_faults(pack, "", _SECTIONS)) or [
        *sources_faults(pack["sources"]),
        *bases_faults(pack["basis"], pack["sources"]),
        *_versions(pack["versions"], pack["sources"]),
        *_figures(pack),
        *_parameters(pack["parameters"]),
        *_wages(pack["wages"], pack["basis"]),
        *lever_faults(pack),
    ]


def _versions(versions: list[Any], sources: Pack) -> Iterator[Complaint]:
    broken = False
    for number, version in enumerate(versions, start=1):
        where = f"versions#{number}"
        shape = list(shape_faults(version, where, _VERSION, NOTE))
        broken = broken or bool(shape)
        yield from shape or grounds_faults(version, where, sources)
    if not broken:
        yield from _twice(version["id"] for version in versions)
        yield from _chain("versions", [_days(version) for version in versions], _show_day)


def _twice(ids: Iterable[str]) -> Iterator[Complaint]:
    seen: set[str] = set()
    for name in ids:
        if name in seen:
            yield complaint("version_twice", "versions", id=name)
        seen.add(name)


def _figures(pack: Pack) -> Iterator[Complaint]:
    """Each figure by itself: known, whole, dated from the first version's first day to this day and on."""
    sound: dict[str, list[Pack]] = {}
    for group, rows in pack["figures"].items():
        if type(rows) is not list:
            yield wrong_type(f"figures.{group}", list)
            continue
        sound[group] = []
        for number, row in enumerate(rows, start=1):
            complaints = list(_figure_row(row, f"figures.{group}#{number}", pack["basis"]))
            yield from complaints
            sound[group].append({} if complaints else row)
    doubted = {group for group, rows in sound.items() if {} in rows} | (pack["figures"].keys() - sound.keys())

    spans: dict[str, list[_Span]] = {}
    for name, where, row, value in figure_rows(sound):
        if type(value) is not int:
            yield wrong_type(f"{where}.{name.rpartition('.')[2]}", int)
        spans.setdefault(name, []).append(_days(row))
    start = _first_day(pack["versions"])
    for name in FIGURES:
        if name.partition(".")[0] in doubted:
            continue  # the row that was complained of may be the one that is missing
        if name in spans:
            yield from _chain(f"figures.{name}", spans[name], _show_day, start=start, endless=True)
        else:
            yield complaint("missing_figure", f"figures.{name}")
    for name in spans.keys() - set(FIGURES):
        yield complaint("unknown_figure", f"figures.{name}")


def _figure_row(row: object, where: str, bases: Pack) -> Iterator[Complaint]:
    if not isinstance(row, Mapping):
        yield wrong_type(where, dict)
        return
    dated = {key: row[key] for key in ROW_KEYS if key in row}
    yield from list(shape_faults(dated, where, {"from": date, "basis": str}, {"to": date})) or _basis_known(
        row, where, bases
    )


def _basis_known(row: Pack, where: str, bases: Pack) -> Iterator[Complaint]:
    for key in ("basis", *_LIMIT_BASES):
        if key in row and row[key] not in bases:
            yield complaint("unknown_basis", f"{where}.{key}", basis=row[key])


def _parameters(parameters: Pack) -> Iterator[Complaint]:
    for name, choices in PARAMETERS.items():
        where = f"parameters.{name}"
        if name not in parameters:
            yield complaint("missing", where)
            continue
        shape = list(shape_faults(parameters[name], where, {"value": str, **NOTE}))
        yield from shape
        if not shape and parameters[name]["value"] not in choices:
            yield complaint("unknown_value", where, value=parameters[name]["value"], known=list(choices))
    for name in parameters.keys() - PARAMETERS.keys():
        yield complaint("unknown_parameter", f"parameters.{name}", known=list(PARAMETERS))


def _wages(wages: Pack, bases: Pack) -> Iterator[Complaint]:
    shape = list(shape_faults(wages, "wages", _WAGES))
    yield from shape
    if shape:
        return
    start, complaints = _month(wages["from"], "wages.from")
    yield from complaints
    for series, needed, optional in (
        ("reference", _REFERENCE, {"doubtful": bool}),
        ("contribution", _CONTRIBUTION, _LIMIT_BASES),
    ):
        spans: list[_Span] = []
        broken = False
        for number, row in enumerate(wages[series], start=1):
            where = f"wages.{series}#{number}"
            wrong = list(shape_faults(row, where, needed, optional)) or list(_basis_known(row, where, bases))
            if not wrong:
                first, wrong_first = _month(row["from"], f"{where}.from")
                last, wrong_last = _month(row["to"], f"{where}.to")
                wrong = wrong_first + wrong_last
                spans.append(_Span(first, last))
            yield from wrong
            broken = broken or bool(wrong)
        if not broken and not complaints:
            yield from _chain(f"wages.{series}", spans, _show_month, start=start)


def _month(text: str, where: str) -> tuple[int, list[Complaint]]:
    try:
        return Month.parse(text), []
    except ValueError:
        return 0, [complaint("not_a_month", where, value=text)]


def _days(row: Pack) -> _Span:
    return _Span(row["from"].toordinal(), row["to"].toordinal() if "to" in row else None)


def _first_day(versions: list[Any]) -> int | None:
    """The day from which every figure must hold; None where the versions themselves are broken."""
    try:
        return min(_days(version).first for version in versions)
    except (KeyError, TypeError, AttributeError):
        return None


def _show_day(ordinal: int) -> str:
    return date.fromordinal(ordinal).isoformat()


def _show_month(number: int) -> str:
    return str(Month(number))


def _chain(
    where: str, spans: list[_Span], show: Callable[[int], str], *, start: int | None = None, endless: bool = False
) -> Iterator[Complaint]:
    """Spans that do not follow one another: backwards, out of order, a gap, an overlap, the wrong start or end."""
    backwards = [span for span in spans if span.last is not None and span.last < span.first]
    unordered = [later for earlier, later in pairwise(spans) if later.first < earlier.first]
    for first, last in backwards:
        yield complaint("ends_before_start", where, first=show(first), last=show(last or 0))
    for span in unordered:
        yield complaint("not_in_order", where, first=show(span.first))
    if backwards or unordered:
        return
    if start is not None and spans[0].first != start:
        yield complaint("wrong_start", where, first=show(spans[0].first), expected=show(start))
    for earlier, later in pairwise(spans):
        if earlier.last is None or later.first <= earlier.last:
            yield complaint("overlap", where, first=show(later.first))
        elif later.first > earlier.last + 1:
            yield complaint("gap", where, first=show(earlier.last + 1), last=show(later.first - 1))
    if endless and spans[-1].last is not None:
        yield complaint("ends", where, last=show(spans[-1].last))
