"""The stages as the pack `engine/process/stages.toml` has them: what follows what, who is waited for, how long.

`load` reads it; a pack with faults is refused with all of them (`engine.workflow.stage_lint`).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Literal, Self, cast

from engine.basis import Basis, basis_of
from engine.durations import Duration, Length
from engine.durations import load as load_durations
from engine.policy import BadPack, parse
from engine.workflow import STATUSES, Status
from engine.workflow.stage_lint import lint

Way = Literal["forward", "back", "aside"]
ARCHIVE = "archive"
"""What takes as long as the archive does, by where it is (`engine.application_steps`)."""


@dataclass(frozen=True, slots=True)
class Stage:
    """One stage.

    `ways` are the stages that may follow: forward in the order of likelihood, back (for a reason), aside.
    `application`: it is a stage of an application; `outcome` is what entering it gives one that is open. `resumes` is
    how the stage before a pause follows it. `asks` must be told with it, `asks_perhaps` may be. `takes` is its usual
    length, None where there is none or where the archive decides (`by_archive`); `legal` is what the law allows.
    `task` is what is to be done once it is entered.
    """

    code: Status
    waiting_on: str | None
    application: bool
    ways: Mapping[Way, tuple[Status, ...]]
    resumes: Way | None
    outcome: str | None
    asks: tuple[str, ...]
    asks_perhaps: tuple[str, ...]
    takes: Duration | None
    by_archive: bool
    legal: Duration | None
    task: str | None
    basis: Basis


@dataclass(frozen=True, slots=True)
class Guard:
    """A condition of entering one of `into` (from one of `from_`, where given, and for applications of kinds `only`).

    `values` are those its kind takes besides.
    """

    kind: str
    into: tuple[Status, ...]
    from_: tuple[Status, ...]
    only: tuple[str, ...]
    values: tuple[str, ...]
    basis: Basis


@dataclass(frozen=True, slots=True)
class Stages:
    """All stages, the guards in the order in which they are looked at, and limits in days."""

    stages: Mapping[Status, Stage]
    guards: tuple[Guard, ...]
    limits: Mapping[str, int]

    @classmethod
    def from_pack(cls, pack: Mapping[str, Any]) -> Self:
        """From a parsed pack. `BadPack` where it has faults."""
        known = load_durations().durations
        if complaints := lint(pack, known.keys()):
            raise BadPack(complaints)
        bases = {name: basis_of(entry, pack["sources"]) for name, entry in pack["basis"].items()}
        lengths = {**known, **{name: _own(entry, pack) for name, entry in pack["durations"].items()}}
        return cls(
            {code: _stage(code, pack["stages"][code], lengths, bases) for code in STATUSES},
            tuple(_guard(entry, bases) for entry in pack["guards"]),
            {name: entry["value"] for name, entry in pack["limits"].items()},
        )

    def guarding(self, here: Status, to: Status) -> list[Guard]:
        """The guards between two stages."""
        return [guard for guard in self.guards if to in guard.into and (not guard.from_ or here in guard.from_)]


@cache
def load() -> Stages:
    """The stages that come with the program. `BadPack` where they have faults."""
    return read(files("engine").joinpath("process", "stages.toml").read_text(encoding="utf-8"))


def read(text: str) -> Stages:
    """Stages from their text (TOML). `BadPack` where it cannot be parsed or has faults."""
    return Stages.from_pack(parse(text))


def _own(entry: Mapping[str, Any], pack: Mapping[str, Any]) -> Duration:
    length = Length(entry["amount"], entry["unit"])
    return Duration(length, length, (basis_of(entry, pack["sources"]),))


def _stage(
    code: Status, entry: Mapping[str, Any], lengths: Mapping[str, Duration], bases: Mapping[str, Basis]
) -> Stage:
    ways = {way: tuple(entry.get(way, ())) for way in ("forward", "back", "aside")}
    return Stage(
        code,
        entry.get("waiting_on"),
        entry.get("application", False),
        cast(Mapping[Way, tuple[Status, ...]], ways),
        entry.get("resumes"),
        entry.get("outcome"),
        tuple(entry.get("asks", ())),
        tuple(entry.get("asks_perhaps", ())),
        lengths.get(entry.get("takes", "")),
        entry.get("takes") == ARCHIVE,
        lengths.get(entry.get("legal", "")),
        entry.get("task"),
        bases[entry["basis"]],
    )


def _guard(entry: Mapping[str, Any], bases: Mapping[str, Basis]) -> Guard:
    values = entry.get("kinds") or entry.get("where") or ()
    return Guard(
        entry["kind"],
        tuple(entry["into"]),
        tuple(entry.get("from", ())),
        tuple(entry.get("only", ())),
        tuple(values),
        bases[entry["basis"]],
    )
