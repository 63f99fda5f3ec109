"""What is looked for in every pack: keys and types, grounds (source, grade, day of the last check).

Each fault is a reason that names the place and what to do. Places are the pack's own keys; `#2` is the second row of a
list.
"""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, TypeAlias

from engine.policy_pack import GRADES
from engine.reason import Reason

Complaint: TypeAlias = Reason
Pack: TypeAlias = Mapping[str, Any]
Shape: TypeAlias = Mapping[str, type]

GROUNDS: Shape = {"source": list, "grade": str, "checked": date}
NOTE: Shape = {"note": str, "note_en": str}
"""What is open about an entry, in Chinese and in English: one is not there without the other."""
_BASIS: Shape = {"article": str, **GROUNDS}


def complaint(code: str, where: str, **values: object) -> Complaint:
    """A fault of the catalogue `reason.pack` at a place."""
    return Reason(f"pack.{code}", {"where": where, **values})


def shape_faults(table: object, where: str, needed: Shape, optional: Shape | None = None) -> Iterator[Complaint]:
    """Keys that are unknown, missing or of the wrong type. Exactly the type: true is no number, a time no day."""
    if not isinstance(table, Mapping):
        yield wrong_type(where, dict)
        return
    known = {**needed, **(optional or {})}
    prefix = f"{where}." if where else ""
    for key in table:
        if key not in known:
            yield complaint("unknown_key", prefix + key, known=list(known))
    for key, kind in known.items():
        if key in needed and table.get(key) in (None, "", []):
            yield complaint(f"no_{key}" if key in _BASIS or key == "basis" else "missing", prefix + key)
        elif key in table and type(table[key]) is not kind:
            yield wrong_type(prefix + key, kind)
        elif key in NOTE and not table.get(key) and any(table.get(other) for other in NOTE):
            yield complaint("missing", prefix + key)


def wrong_type(where: str, kind: type) -> Complaint:
    """What stands there is not of the kind it must be."""
    return complaint("wrong_type", where, kind=Reason(f"pack.kind.{kind.__name__}", {}))


def sources_faults(sources: Pack) -> Iterator[Complaint]:
    """`[sources]`: an address for each id."""
    yield from shape_faults(sources, "sources", dict.fromkeys(sources, str))


def grounds_faults(entry: Pack, where: str, sources: Pack) -> Iterator[Complaint]:
    """A source that is not listed, a grade that does not exist."""
    for source in entry["source"]:
        if type(source) is not str:
            yield wrong_type(f"{where}.source", str)
        elif source not in sources:
            yield complaint("unknown_source", f"{where}.source", source=source)
    if entry["grade"] not in GRADES:
        yield complaint("unknown_grade", f"{where}.grade", grade=entry["grade"], known=list(GRADES))


def bases_faults(bases: Pack, sources: Pack) -> Iterator[Complaint]:
    """`[basis]`: what figures rest on."""
    for name, basis in bases.items():
        where = f"basis.{name}"
        yield from list(shape_faults(basis, where, _BASIS, {**NOTE, "open": bool})) or grounds_faults(
            basis, where, sources
        )
