"""A policy pack as the rules read it: for a day the law in force, its figures, where each was read, and the wages.

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
from engine.lever_pack import Planning, planning_of
from engine.months import Month
from engine.pack_lint import Complaint
from engine.policy_lint import lint
from engine.policy_pack import figure_rows
from engine.reason import Reason


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


@dataclass(frozen=True, slots=True)
class Citation:
    """Why a figure is what it is.

    `article` of `document` (a wage: `article` is the notice and `document` empty), as read at `source`; `grade` says
    how good that source is (`engine.policy_pack.GRADES`); `checked` is the day someone last looked; `value` holds
    since the day `since`; `note` is what is open about it, in Chinese, or empty.
    """

    article: str
    document: str
    source: str
    grade: str
    checked: date
    since: date
    value: int
    note: str = ""


class Basis(NamedTuple):
    """What a figure of a pack rests on; the same words as in `Citation`."""

    article: str
    source: str
    grade: str
    checked: date
    note: str

    def cite(self, document: str, since: date, value: int) -> Citation:
        return Citation(self.article, document, self.source, self.grade, self.checked, since, value, self.note)


class _Dated(NamedTuple):
    """A figure's value from a day on, until the next one."""

    value: int
    since: date
    basis: Basis


class _Reference(NamedTuple):
    yuan: int
    since: Month
    to: Month
    doubtful: bool
    basis: Basis


class Wages:
    """The two wage series, in yuan a month: the 1x reference for points, the average behind the limits."""

    __slots__ = ("_before", "_beyond", "_contribution", "_first", "_published", "_rows", "_yuan")

    def __init__(self, reference: Iterable[_Reference], contribution: Mapping[Month, tuple[int, int, int]]) -> None:
        """`reference` is without gap, in order of months."""
        self._rows = [row for row in reference for _ in range(row.since, row.to + 1)]  # one entry a month
        self._first = int(self._rows[0].since)
        self._yuan = [row.yuan for row in self._rows]
        self._published = [(yuan, True) for yuan in self._yuan]
        self._before = (self._rows[0].yuan, False)
        self._beyond = (self._rows[-1].yuan, False)
        self._contribution = contribution

    def reference(self, month: int) -> tuple[int, bool]:
        """The 1x reference for points of a month, and whether one is published for it.

        A month after the last takes the latest, one before the first takes the first. A doubtful entry is published.
        """
        at = month - self._first
        if at < 0:
            return self._before
        return self._published[at] if at < len(self._published) else self._beyond

    def references(self, first: int, last: int) -> tuple[list[int], list[bool]]:
        """The 1x references of the months `first` to `last`, and for each whether one is published for it."""
        at, after, size = first - self._first, last + 1 - self._first, len(self._yuan)
        before, beyond = max(min(after, 0) - min(at, 0), 0), max(after, size) - max(at, size)
        yuan = self._yuan[max(at, 0) : max(after, 0)]
        published = [False] * before + [True] * len(yuan) + [False] * beyond
        return [self._yuan[0]] * before + yuan + [self._yuan[-1]] * beyond, published

    @property
    def latest(self) -> int:
        """The latest 1x reference published, in yuan a month."""
        return self._yuan[-1]

    @property
    def limits(self) -> tuple[int, int]:
        """The latest lower and upper limit of the contribution base published, in yuan a month."""
        _, upper, lower = self._contribution[max(self._contribution)]
        return lower, upper

    def doubtful(self, month: int) -> bool:
        """Is the reference of this month in the pack, but no notice of the authority was found for it?"""
        row = self._row(month)
        return row is not None and row.doubtful

    def citation(self, month: int) -> Citation | None:
        """Where the reference of this month was read; None where none is published."""
        row = self._row(month)
        return row and row.basis.cite("", row.since.first_day(), row.yuan)

    def contribution(self, month: Month) -> tuple[int, int, int] | None:
        """Average wage, upper and lower limit of the contribution base; None where none is published."""
        return self._contribution.get(month)

    def _row(self, month: int) -> _Reference | None:
        at = month - self._first
        return self._rows[at] if 0 <= at < len(self._rows) else None


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


def basis_of(entry: Mapping[str, Any], sources: Mapping[str, str]) -> Basis:
    """The grounds that an entry of a pack gives, its sources by their addresses."""
    return Basis(
        entry["article"],
        "；".join(sources[source] for source in entry["source"]),
        entry["grade"],
        entry["checked"],
        entry.get("note", ""),
    )


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
    wages = _wages(pack["wages"], bases)
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


def _wages(wages: Mapping[str, Any], bases: Mapping[str, Basis]) -> Wages:
    reference = [
        _Reference(
            row["value"],
            Month.parse(row["from"]),
            Month.parse(row["to"]),
            row.get("doubtful", False),
            bases[row["basis"]],
        )
        for row in wages["reference"]
    ]
    contribution = {
        Month(month): (row["average"], row["upper"], row["lower"])
        for row in wages["contribution"]
        for month in range(Month.parse(row["from"]), Month.parse(row["to"]) + 1)
    }
    return Wages(reference, contribution)
