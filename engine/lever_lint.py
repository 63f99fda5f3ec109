"""What is wrong with the levers of a pack, and with the ways it shuns; as `engine.policy_lint` does for its figures."""

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from engine import words
from engine.lever_pack import AREAS, KINDS, MULTIPLES, QUALIFICATIONS, SCHOOLS, STUDIES, SURE, WORK
from engine.pack_lint import Complaint, Pack, Shape, complaint, shape_faults, wrong_type

_PLANNING: Shape = {"years": int}
_LEVER: Shape = {"id": str, "kind": str, "basis": str, "sure": str, "cost": list}
_OF_KIND: Mapping[str, Shape] = {
    "pay": {},
    "base": {"figure": str, "rise": list},
    "study": {"level": str, "degree": str, "months": dict, "starts": list},
    "qualify": {"qualification": str, "months": int, "after": dict},
    "move": {"area": str, "months": int},
}
_BESIDE: Mapping[str, Shape] = {"qualify": {"schooling": str}}
_SHUNNED: Shape = {"id": str, "indicator": str, "basis": str}
_LONGEST = 600  # months
_FARTHEST = 50  # years


def lever_faults(pack: Pack) -> Iterator[Complaint]:
    """All complaints about `[planning]`, `[[levers]]` and `[[shunned]]`."""
    shape = list(shape_faults(pack["planning"], "planning", _PLANNING))
    yield from shape or _within(pack["planning"]["years"], "planning.years", 1, _FARTHEST)
    named: set[str] = set()
    for number, row in enumerate(pack["levers"], start=1):
        where = f"levers#{number}"
        faults = list(_row(row, where))
        yield from faults or _lever(row, where, pack["basis"], named)
    for number, row in enumerate(pack["shunned"], start=1):
        where = f"shunned#{number}"
        faults = list(shape_faults(row, where, _SHUNNED))
        yield from faults
        if not faults:
            yield from _name(row["id"], where, named, f"reason.plan.shunned.{row['id']}")
            yield from _known(row["indicator"], f"{where}.indicator", _indicators())
            yield from _basis(row["basis"], where, pack["basis"])


def _indicators() -> list[str]:
    return sorted(key.removeprefix("indicator.") for key in words.keys("zh") if key.startswith("indicator."))


def _row(row: object, where: str) -> Iterator[Complaint]:
    kind = row.get("kind") if isinstance(row, Mapping) else None
    if type(kind) is str and kind not in KINDS:
        yield from _known(kind, f"{where}.kind", KINDS)
        return
    of_kind = _OF_KIND.get(kind, {}) if type(kind) is str else {}
    yield from shape_faults(row, where, {**_LEVER, **of_kind}, _BESIDE.get(str(kind)))


def _lever(row: Pack, where: str, bases: Pack, named: set[str]) -> Iterator[Complaint]:
    yield from _name(row["id"], where, named)
    yield from _basis(row["basis"], where, bases)
    yield from _known(row["sure"], f"{where}.sure", SURE)
    yield from _range(row["cost"], f"{where}.cost")
    match row["kind"]:
        case "base":
            yield from _known(row["figure"], f"{where}.figure", MULTIPLES)
            yield from _range(row["rise"], f"{where}.rise")
        case "study":
            degrees = [degree for level, degree in STUDIES if level == row["level"]]
            yield from _known(row["level"], f"{where}.level", dict.fromkeys(level for level, _ in STUDIES))
            if degrees:
                yield from _known(row["degree"], f"{where}.degree", degrees)
            yield from _months(row["months"], f"{where}.months", SCHOOLS, 1)
            for month in row["starts"]:
                yield from _within(month, f"{where}.starts", 1, 12)
        case "qualify":
            yield from _known(row["qualification"], f"{where}.qualification", QUALIFICATIONS)
            yield from _within(row["months"], f"{where}.months", 1, _LONGEST)
            yield from _months(row["after"], f"{where}.after", (*SCHOOLS, *QUALIFICATIONS, WORK), 0)
            if "schooling" in row:
                yield from _known(row["schooling"], f"{where}.schooling", SCHOOLS)
        case "move":
            yield from _known(row["area"], f"{where}.area", AREAS)
            yield from _within(row["months"], f"{where}.months", 0, _LONGEST)


def _name(lever_id: str, where: str, named: set[str], *more: str) -> Iterator[Complaint]:
    """An id that is there twice, or that the words do not know."""
    if lever_id in named:
        yield complaint("lever_twice", f"{where}.id", id=lever_id)
    named.add(lever_id)
    for key in (f"lever.{lever_id}", *more):
        if key not in words.keys("zh"):
            yield complaint("lever_unnamed", f"{where}.id", key=key)


def _basis(basis: str, where: str, bases: Pack) -> Iterator[Complaint]:
    if basis not in bases:
        yield complaint("unknown_basis", f"{where}.basis", basis=basis)


def _known(value: str, where: str, choices: Collection[str]) -> Iterator[Complaint]:
    if value not in choices:
        yield complaint("unknown_value", where, value=value, known=list(choices))


def _within(value: Any, where: str, least: int, most: int) -> Iterator[Complaint]:
    if type(value) is not int:
        yield wrong_type(where, int)
    elif not least <= value <= most:
        yield complaint("out_of_range", where, value=value, least=least, most=most)


def _range(value: list[Any], where: str) -> Iterator[Complaint]:
    whole = len(value) == 2 and all(type(end) is int for end in value)
    if not whole or not 0 <= value[0] <= value[1]:
        yield complaint("not_a_range", where)


def _months(table: Pack, where: str, choices: Collection[str], least: int) -> Iterator[Complaint]:
    """So many months after each of some things; after one at the least."""
    if not table:
        yield complaint("missing", where)
    for what, months in table.items():
        yield from _known(what, where, choices)
        yield from _within(months, f"{where}.{what}", least, _LONGEST)
