"""A policy pack as the rules read it: for a day the law in force, its figures and where each was read.

`load` reads a pack of `engine/policies`; a pack with faults is refused with all of them (`engine.policy_lint`).
"""

from bisect import bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from hashlib import sha256
from importlib.resources import files
from typing import Any, NamedTuple, Self

import tomli

from engine import words
from engine.basis import Basis, Citation, basis_of
from engine.lever_pack import Planning, planning_of
from engine.pack_lint import Complaint
from engine.policy_lint import lint
from engine.policy_pack import figure_rows
from engine.reason import Reason
from engine.wages import Wages, wages_of


class BadPack(Exception):
    """A pack that is not there, cannot be read, or has faults: `complaints` holds every one."""

    def __init__(self, complaints: Iterable[Complaint]) -> None:
        self.complaints = tuple(complaints)
        super().__init__(*self.complaints)

    def said(self, language: str) -> list[str]:
        """The complaints, a sentence each."""
        return [words.say(complaint, language) for complaint in self.complaints]

    def __str__(self) -> str:
        return "\n".join(self.said("zh"))


class NoLaw(Exception):
    """`on` lies before `first`, the day from which the pack's first version is in force."""

    def __init__(self, on: date, first: date) -> None:
        super().__init__(on, first)
        self.on, self.first = on, first

    @property
    def reason(self) -> Reason:
        """What to tell, as a code and its values."""
        return Reason("pack.no_law", {"on": self.on.isoformat(), "first": self.first.isoformat()})

    def __str__(self) -> str:
        return words.say(self.reason, "zh")


class _Dated(NamedTuple):
    """A figure's value from a day on, until the next one."""

    value: int
    since: date
    basis: Basis


@dataclass(frozen=True, slots=True, eq=False)
class Law:
    """What holds from `from_` on, for a span of days in which no figure changes.

    After `provisional_after` (None: never) the text itself has ended and its figures go on until another is known.
    """

    version: str
    document: str
    from_: date
    provisional_after: date | None
    figures: Mapping[str, int]
    parameters: Mapping[str, str]
    wages: Wages
    _dated: Mapping[str, _Dated]

    def ended(self, on: date) -> bool:
        """Whether the text has ended by a day, so that its figures only go on until another is known."""
        return self.provisional_after is not None and on > self.provisional_after

    def citation(self, figure: str) -> Citation:
        """Article, document, source and grade of a figure (`age.cap`). `KeyError` for a figure that does not exist."""
        dated = self._dated[figure]
        return dated.basis.cite(self.document, dated.since, dated.value)


class Policy:
    """One city's rules through time."""

    def __init__(self, pack_id: str, laws: Iterable[Law], planning: Planning, edition: str) -> None:
        """`laws` in order of their days, at least one; `edition` is another one when any figure is."""
        self.id = pack_id
        self.edition = edition
        self.laws = tuple(laws)
        self.planning = planning
        self._starts = [law.from_ for law in self.laws]

    @classmethod
    def from_pack(cls, pack: Mapping[str, Any]) -> Self:
        """From a parsed pack. `BadPack` where it has faults."""
        if complaints := lint(pack):
            raise BadPack(complaints)
        return cls(pack["id"], _laws(pack), planning_of(pack), _edition(pack))

    @property
    def threshold(self) -> int:
        """The standard score (标准分值) of the latest law, in points; each law has its own figure `threshold`."""
        return self.laws[-1].figures["threshold"]

    def law(self, on: date) -> Law:
        """The law in force on a day. `NoLaw` before the first version."""
        at = bisect_right(self._starts, on)
        if at == 0:
            raise NoLaw(on, self._starts[0])
        return self.laws[at - 1]


@cache
def load(name: str = "shanghai") -> Policy:
    """The pack of this name that comes with the program. `BadPack` where it is not there or has faults."""
    packs = {file.name.removesuffix(".toml"): file for file in files("engine").joinpath("policies").iterdir()}
    if name not in packs:
        raise BadPack([Reason("pack.not_there", {"name": name, "known": sorted(packs)})])
    return read(packs[name].read_text(encoding="utf-8"))


def read(text: str) -> Policy:
    """A pack from its text (TOML). `BadPack` where it cannot be parsed or has faults."""
    return Policy.from_pack(parse(text))


def parse(text: str) -> dict[str, Any]:
    """The text (TOML) of any pack, as data. `BadPack` where it cannot be parsed."""
    try:
        return tomli.loads(text)
    except tomli.TOMLDecodeError as error:
        raise BadPack([Reason("pack.not_toml", {"message": str(error)})]) from error


def _edition(pack: Mapping[str, Any]) -> str:
    """A mark of all that scores depend on: whoever keeps a score can tell that it was counted by other figures."""
    counted_by = [pack[part] for part in ("versions", "figures", "parameters", "wages")]
    return sha256(repr(counted_by).encode()).hexdigest()[:8]


def _laws(pack: Mapping[str, Any]) -> list[Law]:
    """One law for each span in which nothing changes: a new one at every day from which a version or a figure holds."""
    bases = {name: basis_of(entry, pack["sources"]) for name, entry in pack["basis"].items()}
    history: dict[str, list[_Dated]] = {}
    for name, _, row, value in figure_rows(pack["figures"]):
        history.setdefault(name, []).append(_Dated(value, row["from"], bases[row["basis"]]))
    wages = wages_of(pack["wages"], bases)
    parameters = {name: entry["value"] for name, entry in pack["parameters"].items()}
    last = pack["versions"][-1]
    laws = []
    for day in sorted(
        {version["from"] for version in pack["versions"]} | {row.since for rows in history.values() for row in rows}
    ):
        version = next(version for version in reversed(pack["versions"]) if version["from"] <= day)
        dated = {name: _on(rows, day) for name, rows in history.items()}
        laws.append(
            Law(
                version=version["id"],
                document=f"《{version['title']}》（{version['number']}）",
                from_=day,
                provisional_after=last["to"] if version is last else None,
                figures={name: row.value for name, row in dated.items()},
                parameters=parameters,
                wages=wages,
                _dated=dated,
            )
        )
    return laws


def _on(rows: list[_Dated], day: date) -> _Dated:
    return next(row for row in reversed(rows) if row.since <= day)
