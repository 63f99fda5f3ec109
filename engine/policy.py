"""A policy pack as the rules read it: for a day the law in force, its figures and where each was read.

`load` reads a pack of `engine/policies`; a pack with faults is refused with all of them (`engine.policy_lint`).
"""

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache, partial
from hashlib import sha256
from importlib.resources import files
from typing import Any, NamedTuple, Self

import tomli

from engine import words
from engine.basis import Basis, Citation, Note, basis_of, note_of
from engine.lever_pack import Planning, planning_of
from engine.pack_lint import Complaint
from engine.policy_lint import lint
from engine.policy_pack import PARAMETERS, figure_rows
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


class Version(NamedTuple):
    """A version of the law, from `since` to `to`, the day on which its text ends; `basis` says where that was read."""

    id: str
    document: str
    since: date
    to: date
    basis: Basis


class Question(NamedTuple):
    """What the law leaves open: the answer taken, those that might be, and what is open about it."""

    taken: str
    others: tuple[str, ...]
    note: Note


class Dated(NamedTuple):
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
    _dated: Mapping[str, Dated]

    def ended(self, on: date) -> bool:
        """Whether the text has ended by a day, so that its figures only go on until another is known."""
        return self.provisional_after is not None and on > self.provisional_after

    def citation(self, figure: str) -> Citation:
        """Article, document, source and grade of a figure (`age.cap`). `KeyError` for a figure that does not exist."""
        dated = self._dated[figure]
        return dated.basis.cite(self.document, dated.since, dated.value)


class Policy:
    """One city's rules through time.

    `versions`, `history` (each figure's values, one after the other) and `questions` (by the names of the parameters)
    are what the laws were made of, for whoever shows it (`engine.passages`).
    """

    def __init__(
        self,
        pack_id: str,
        laws: Iterable[Law],
        planning: Planning,
        edition: str,
        *,
        versions: Iterable[Version],
        history: Mapping[str, Sequence[Dated]],
        questions: Mapping[str, Question],
    ) -> None:
        """`laws` in order of their days, at least one; `edition` is another one when any figure is."""
        self.id = pack_id
        self.edition = edition
        self.laws = tuple(laws)
        self.planning = planning
        self.versions = tuple(versions)
        self.history = history
        self.questions = questions
        self._starts = [law.from_ for law in self.laws]

    @classmethod
    def from_pack(cls, pack: Mapping[str, Any]) -> Self:
        """From a parsed pack. `BadPack` where it has faults."""
        if complaints := lint(pack):
            raise BadPack(complaints)
        bases = {name: basis_of(entry, pack["sources"]) for name, entry in pack["basis"].items()}
        history = _history(pack, bases)
        return cls(
            pack["id"],
            _laws(pack, bases, history),
            planning_of(pack),
            _edition(pack),
            versions=map(partial(_version, sources=pack["sources"]), pack["versions"]),
            history=history,
            questions={name: _question(name, entry) for name, entry in pack["parameters"].items()},
        )

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
    counted_by = [_unsaid(pack[part]) for part in ("versions", "figures", "parameters", "wages")]
    return sha256(repr(counted_by).encode()).hexdigest()[:8]


def _unsaid(part: Any) -> Any:
    """A part of a pack without what is said of it in English: no score depends on that. (Nor on the notes in Chinese,
    but the mark has always had them: without them all that is kept would be counted anew.)"""
    if isinstance(part, list):
        return [_unsaid(each) for each in part]
    if isinstance(part, dict):
        return {key: _unsaid(value) for key, value in part.items() if key != "note_en"}
    return part


def _version(entry: Mapping[str, Any], sources: Mapping[str, str]) -> Version:
    basis = basis_of({**entry, "article": ""}, sources)
    return Version(entry["id"], _document(entry), entry["from"], entry["to"], basis)


def _document(version: Mapping[str, Any]) -> str:
    return f"《{version['title']}》（{version['number']}）"


def _question(name: str, entry: Mapping[str, Any]) -> Question:
    others = tuple(answer for answer in PARAMETERS[name] if answer != entry["value"])
    return Question(entry["value"], others, note_of(entry))


def _history(pack: Mapping[str, Any], bases: Mapping[str, Basis]) -> dict[str, list[Dated]]:
    """The values of each figure, one after the other."""
    history: dict[str, list[Dated]] = {}
    for name, _, row, value in figure_rows(pack["figures"]):
        history.setdefault(name, []).append(Dated(value, row["from"], bases[row["basis"]]))
    return history


def _laws(pack: Mapping[str, Any], bases: Mapping[str, Basis], history: Mapping[str, list[Dated]]) -> list[Law]:
    """One law for each span in which nothing changes: a new one at every day from which a version or a figure holds."""
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
                document=_document(version),
                from_=day,
                provisional_after=last["to"] if version is last else None,
                figures={name: row.value for name, row in dated.items()},
                parameters=parameters,
                wages=wages,
                _dated=dated,
            )
        )
    return laws


def _on(rows: list[Dated], day: date) -> Dated:
    return next(row for row in reversed(rows) if row.since <= day)
