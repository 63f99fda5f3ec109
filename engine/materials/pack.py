"""The papers of an application as data: `engine/process/papers.toml`, checked when it is read."""

from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from typing import Any, Literal, NamedTuple, get_args

import tomli

from engine.application import KINDS, RETURN_REASONS
from engine.facts import Applicant, Indicator
from engine.pack_lint import Complaint, Shape, complaint, shape_faults
from engine.policy import BadPack

Supplier = Literal["client", "hr", "us", "system"]
SUPPLIERS: tuple[Supplier, ...] = get_args(Supplier)
CHANGED = "changed"
_NEEDED: Shape = {
    "code": str,
    "supplier": str,
    "original": bool,
    "copies": int,
    "kinds": list,
    "where": str,
    "from": str,
}
_MORE: Shape = {
    "section": str,
    "each": bool,
    "when": list,
    "shared": bool,
    "proves": list,
    "months": int,
    "must": str,
    "returned": list,
}


class PaperKind(NamedTuple):
    """One paper: who supplies it, where it is got, at which applications it is asked for, and what it proves.

    `shared`: one for all cases of the employer. `section` is the group of facts it is about, with `each` one for each
    of its rows. `months` are those of a tax list. `must` says what it must be like to do; `returned` are the reasons
    of a return for which it is asked for again.
    """

    code: str
    supplier: Supplier
    original: bool
    copies: int
    kinds: tuple[str, ...]
    where: str
    section: str | None
    each: bool
    shared: bool
    when: tuple[str, ...]
    proves: tuple[str, ...]
    months: int
    must: str | None
    returned: tuple[str, ...]
    source: str


@cache
def load() -> tuple[PaperKind, ...]:
    """All papers, in the order in which they are asked for. `BadPack` where the file is not as it should be."""
    text = files("engine").joinpath("process", "papers.toml").read_text(encoding="utf-8")
    return read(tomli.loads(text))


def read(found: Mapping[str, Any]) -> tuple[PaperKind, ...]:
    """The papers of a pack that was parsed."""
    wrong = list(_wrong(found.get("paper", [])))
    if wrong:
        raise BadPack(wrong)
    return tuple(_paper(row) for row in found["paper"])


def _paper(row: Mapping[str, Any]) -> PaperKind:
    return PaperKind(
        row["code"],
        row["supplier"],
        row["original"],
        row["copies"],
        tuple(row["kinds"]),
        row["where"],
        row.get("section"),
        row.get("each", False),
        row.get("shared", False),
        tuple(row.get("when", ())),
        tuple(row.get("proves", ())),
        row.get("months", 0),
        row.get("must"),
        tuple(row.get("returned", ())),
        row["from"],
    )


def _wrong(rows: list[Mapping[str, Any]]) -> Iterator[Complaint]:
    from engine.materials.conditions import OF_CASE, OF_ROW

    seen: set[str] = set()
    for n, row in enumerate(rows):
        where = f"paper.{row.get('code', f'#{n + 1}')}"
        faults = list(shape_faults(row, where, _NEEDED, _MORE))
        yield from faults
        if faults:
            continue
        if row["code"] in seen:
            yield complaint("materials.twice", where)
        seen.add(row["code"])
        known: tuple[tuple[str, list[str], tuple[str, ...]], ...] = (
            ("supplier", [row["supplier"]], SUPPLIERS),
            ("kinds", row["kinds"], (*KINDS, CHANGED)),
            ("section", [row["section"]] if "section" in row else [], tuple(Applicant.model_fields)),
            ("when", row.get("when", []), (*OF_CASE, *OF_ROW)),
            ("proves", row.get("proves", []), get_args(Indicator)),
            ("returned", row.get("returned", []), RETURN_REASONS),
        )
        for key, values, choices in known:
            for value in values:
                if value not in choices:
                    yield complaint("materials.unknown", f"{where}.{key}", value=value, known=list(choices))
