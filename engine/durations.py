"""How long each step to a points notice takes, at best and at worst, and the limits the steps keep to.

`load` reads `engine/process/durations.toml`. A length is in the unit its source uses; five working days are a week.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, NamedTuple, Self

from engine.basis import Basis, basis_of
from engine.pack_lint import (
    GROUNDS,
    NOTE,
    Complaint,
    Pack,
    Shape,
    complaint,
    grounds_faults,
    shape_faults,
    sources_faults,
)
from engine.policy import BadPack, parse

UNITS = ("days", "working_days")

DURATIONS = (
    "permit_issue",
    "permit_data",
    "employer_registration",
    "degree_report",
    "overseas_degree",
    "archive_in_shanghai",
    "archive_elsewhere",
    "returned",
    "determination",
    "renewal_refresh",
    "renewal_paper",
    "renewal_result",
)

LIMITS = (
    "signing_opens_days",
    "signing_lapses_days",
    "auto_signing_days",
    "left_at_hand_in_months",
    "gaokao_permit_years",
)

_SECTIONS: Shape = {"sources": dict, "durations": dict, "limits": dict}
_DURATION: Shape = {"unit": str, "optimistic": int, "pessimistic": int, "article": str, **GROUNDS}
_LIMIT: Shape = {"value": int, "article": str, **GROUNDS}


class Length(NamedTuple):
    """A number of days of a unit (`UNITS`)."""

    amount: int
    unit: str

    @property
    def days(self) -> int:
        """In ordinary days: five working days are seven, a part of a day is a day."""
        return self.amount if self.unit == "days" else -(-self.amount * 7 // 5)

    @property
    def working_days(self) -> int:
        """In working days: seven days are five, a part of a day is a day."""
        return self.amount if self.unit == "working_days" else -(-self.amount * 5 // 7)


NOTHING = Length(0, "days")


class Duration(NamedTuple):
    """How long a step takes at best and at worst, and what that rests on."""

    optimistic: Length
    pessimistic: Length
    bases: tuple[Basis, ...]


@dataclass(frozen=True, slots=True)
class Durations:
    """The durations (`DURATIONS`) and limits (`LIMITS`: days, months or years, as the name says) by name."""

    durations: Mapping[str, Duration]
    limits: Mapping[str, int]
    limit_bases: Mapping[str, Basis]

    @classmethod
    def from_pack(cls, pack: Mapping[str, Any]) -> Self:
        """From a parsed pack. `BadPack` where it has faults."""
        if complaints := lint(pack):
            raise BadPack(complaints)
        sources = pack["sources"]
        return cls(
            {
                name: Duration(
                    Length(entry["optimistic"], entry["unit"]),
                    Length(entry["pessimistic"], entry["unit"]),
                    (basis_of(entry, sources),),
                )
                for name, entry in pack["durations"].items()
            },
            {name: entry["value"] for name, entry in pack["limits"].items()},
            {name: basis_of(entry, sources) for name, entry in pack["limits"].items()},
        )


@cache
def load() -> Durations:
    """The durations that come with the program. `BadPack` where they have faults."""
    return read(files("engine").joinpath("process", "durations.toml").read_text(encoding="utf-8"))


def read(text: str) -> Durations:
    """Durations from their text (TOML). `BadPack` where it cannot be parsed or has faults."""
    return Durations.from_pack(parse(text))


def lint(pack: Pack) -> list[Complaint]:
    """All complaints about a pack of durations; none for a good one."""
    return list(shape_faults(pack, "", _SECTIONS)) or [
        *sources_faults(pack["sources"]),
        *shape_faults(pack["durations"], "durations", dict.fromkeys(DURATIONS, dict)),
        *_entries(pack, "durations", _DURATION),
        *shape_faults(pack["limits"], "limits", dict.fromkeys(LIMITS, dict)),
        *_entries(pack, "limits", _LIMIT),
    ]


def _entries(pack: Pack, section: str, needed: Shape) -> Iterator[Complaint]:
    for name, entry in pack[section].items():
        if type(entry) is not dict:
            continue  # said by the shape of the section
        where = f"{section}.{name}"
        faults = list(shape_faults(entry, where, needed, NOTE))
        yield from faults
        if faults:
            continue
        yield from grounds_faults(entry, where, pack["sources"])
        if "unit" in entry and entry["unit"] not in UNITS:
            yield complaint("unknown_value", f"{where}.unit", value=entry["unit"], known=list(UNITS))
        numbers = [entry["optimistic"], entry["pessimistic"]] if "unit" in entry else [entry["value"]]
        if numbers[0] < 0 or numbers != sorted(numbers):
            yield complaint("process.not_growing", where, numbers=numbers)
