"""What is wrong with a policy pack, all of it, each as a reason that names the place and what to do.

A pack that passes has every figure and both wage series without gap or overlap, each number with its article, source,
grade and the day someone last checked it. Places are the pack's own keys; `#2` is the second row of a list.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from itertools import pairwise
from typing import Any, NamedTuple, TypeAlias

from engine.months import Month
from engine.policy_pack import FIGURES, GRADES, PARAMETERS, ROW_KEYS, figure_rows
from engine.reason import Reason

Complaint: TypeAlias = Reason
Pack: TypeAlias = Mapping[str, Any]
Shape: TypeAlias = Mapping[str, type]

_SECTIONS: Shape = {
    "id": str, "versions": list, "sources": dict, "basis": dict, "figures": dict, "parameters": dict, "wages": dict,
    "planning": dict, "levers": list, "shunned": list,
}  # fmt: skip
_GROUNDS: Shape = {"source": list, "grade": str, "checked": date}
_VERSION: Shape = {"id": str, "title": str, "number": str, "from": date, "to": date, **_GROUNDS}
_BASIS: Shape = {"article": str, **_GROUNDS}
_NOTE: Shape = {"note": str}
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
    return list(_shape(pack, "", _SECTIONS)) or [
        *_sources(pack["sources"]),
        *_bases(pack["basis"], pack["sources"]),
        *_versions(pack["versions"], pack["sources"]),
        *_figures(pack),
        *_parameters(pack["parameters"]),
        *_wages(pack["wages"], pack["basis"]),
    ]


def _complaint(code: str, where: str, **values: object) -> Complaint:
    return Reason(f"pack.{code}", {"where": where, **values})


def _shape(table: object, where: str, needed: Shape, optional: Shape | None = None) -> Iterator[Complaint]:
    """Keys that are unknown, missing or of the wrong type. Exactly the type: true is no number, a time no day."""
    if not isinstance(table, Mapping):
        yield _wrong_type(where, dict)
        return
    known = {**needed, **(optional or {})}
    prefix = f"{where}." if where else ""
    for key in table:
        if key not in known:
            yield _complaint("unknown_key", prefix + key, known=list(known))
    for key, kind in known.items():
        if key in needed and table.get(key) in (None, "", []):
            yield _complaint(f"no_{key}" if key in _BASIS or key == "basis" else "missing", prefix + key)
        elif key in table and type(table[key]) is not kind:
            yield _wrong_type(prefix + key, kind)


def _wrong_type(where: str, kind: type) -> Complaint:
    return _complaint("wrong_type", where, kind=Reason(f"pack.kind.{kind.__name__}", {}))


def _sources(sources: Pack) -> Iterator[Complaint]:
    yield from _shape(sources, "sources", dict.fromkeys(sources, str))


def _grounds(entry: Pack, where: str, sources: Pack) -> Iterator[Complaint]:
    """A source that is not listed, a grade that does not exist."""
    for source in entry["source"]:
        if type(source) is not str:
            yield _wrong_type(f"{where}.source", str)
        elif source not in sources:
            yield _complaint("unknown_source", f"{where}.source", source=source)
    if entry["grade"] not in GRADES:
        yield _complaint("unknown_grade", f"{where}.grade", grade=entry["grade"], known=list(GRADES))


def _bases(bases: Pack, sources: Pack) -> Iterator[Complaint]:
    for name, basis in bases.items():
        where = f"basis.{name}"
        yield from list(_shape(basis, where, _BASIS, _NOTE)) or _grounds(basis, where, sources)


def _versions(versions: list[Any], sources: Pack) -> Iterator[Complaint]:
    broken = False
    for number, version in enumerate(versions, start=1):
        where = f"versions#{number}"
        shape = list(_shape(version, where, _VERSION, _NOTE))
        broken = broken or bool(shape)
        yield from shape or _grounds(version, where, sources)
    if not broken:
        yield from _twice(version["id"] for version in versions)
        yield from _chain("versions", [_days(version) for version in versions], _show_day)


def _twice(ids: Iterable[str]) -> Iterator[Complaint]:
    seen: set[str] = set()
    for name in ids:
        if name in seen:
            yield _complaint("version_twice", "versions", id=name)
        seen.add(name)


def _figures(pack: Pack) -> Iterator[Complaint]:
    """Each figure by itself: known, whole, dated from the first version's first day to this day and on."""
    sound: dict[str, list[Pack]] = {}
    for group, rows in pack["figures"].items():
        if type(rows) is not list:
            yield _wrong_type(f"figures.{group}", list)
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
            yield _wrong_type(f"{where}.{name.rpartition('.')[2]}", int)
        spans.setdefault(name, []).append(_days(row))
    start = _first_day(pack["versions"])
    for name in FIGURES:
        if name.partition(".")[0] in doubted:
            continue  # the row that was complained of may be the one that is missing
        if name in spans:
            yield from _chain(f"figures.{name}", spans[name], _show_day, start=start, endless=True)
        else:
            yield _complaint("missing_figure", f"figures.{name}")
    for name in spans.keys() - set(FIGURES):
        yield _complaint("unknown_figure", f"figures.{name}")


def _figure_row(row: object, where: str, bases: Pack) -> Iterator[Complaint]:
    if not isinstance(row, Mapping):
        yield _wrong_type(where, dict)
        return
    dated = {key: row[key] for key in ROW_KEYS if key in row}
    yield from list(_shape(dated, where, {"from": date, "basis": str}, {"to": date})) or _basis_known(row, where, bases)


def _basis_known(row: Pack, where: str, bases: Pack) -> Iterator[Complaint]:
    for key in ("basis", *_LIMIT_BASES):
        if key in row and row[key] not in bases:
            yield _complaint("unknown_basis", f"{where}.{key}", basis=row[key])


def _parameters(parameters: Pack) -> Iterator[Complaint]:
    for name, choices in PARAMETERS.items():
        where = f"parameters.{name}"
        if name not in parameters:
            yield _complaint("missing", where)
            continue
        shape = list(_shape(parameters[name], where, {"value": str, **_NOTE}))
        yield from shape
        if not shape and parameters[name]["value"] not in choices:
            yield _complaint("unknown_value", where, value=parameters[name]["value"], known=list(choices))
    for name in parameters.keys() - PARAMETERS.keys():
        yield _complaint("unknown_parameter", f"parameters.{name}", known=list(PARAMETERS))


def _wages(wages: Pack, bases: Pack) -> Iterator[Complaint]:
    shape = list(_shape(wages, "wages", _WAGES))
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
            wrong = list(_shape(row, where, needed, optional)) or list(_basis_known(row, where, bases))
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
        return 0, [_complaint("not_a_month", where, value=text)]


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
        yield _complaint("ends_before_start", where, first=show(first), last=show(last or 0))
    for span in unordered:
        yield _complaint("not_in_order", where, first=show(span.first))
    if backwards or unordered:
        return
    if start is not None and spans[0].first != start:
        yield _complaint("wrong_start", where, first=show(spans[0].first), expected=show(start))
    for earlier, later in pairwise(spans):
        if earlier.last is None or later.first <= earlier.last:
            yield _complaint("overlap", where, first=show(later.first))
        elif later.first > earlier.last + 1:
            yield _complaint("gap", where, first=show(earlier.last + 1), last=show(later.first - 1))
    if endless and spans[-1].last is not None:
        yield _complaint("ends", where, last=show(spans[-1].last))
