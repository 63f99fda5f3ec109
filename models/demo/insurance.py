"""Made-up insurance: a row a year from July on, at a base inside the limits of that year; the tax beside it."""

from collections.abc import Iterator
from dataclasses import dataclass
from random import Random
from typing import Any

from engine.months import Month
from engine.wages import Wages
from models.demo.routes import Wage

_JULY = 6  # in a month counted from January = 0


@dataclass(frozen=True, slots=True)
class Stint:
    """Work for one employer, with the months it is insured; `last` None goes on."""

    employer: str
    first: Month
    last: Month | None
    province: str = "上海"


def insurance(rng: Random, stints: list[Stint], pattern: Wage, wages: Wages, current: Month) -> list[dict[str, Any]]:
    """The rows of all stints. Months elsewhere have no base: a Shanghai consultant does not know it."""
    bases = _Bases(rng, pattern, wages)
    rows: list[dict[str, Any]] = []
    for stint in stints:
        if stint.province != "上海":
            rows.append(_row(stint, stint.first, stint.last) | {"province": stint.province})
            continue
        for first, last in insurance_years(stint.first, stint.last or current):
            ends = last if stint.last is not None or last < current else None
            row = _row(stint, first, ends) | {"base": bases.at(first, last)}
            if rows and all(rows[-1].get(key) == row[key] for key in ("base", "employer")):
                # where the limits stood still in July the base did: one row
                row["from"] = rows.pop()["from"]
            rows.append(row)
    return rows


def insurance_years(first: Month, last: Month) -> Iterator[tuple[Month, Month]]:
    """The spans from July to June between two months, both included."""
    while first <= last:
        june = Month(first + (_JULY - 1 - first % 12) % 12)
        yield first, min(june, last)
        first = Month(june + 1)


def limits(wages: Wages, first: Month, last: Month) -> tuple[int, int]:
    """The lowest and highest base (yuan a month) that was lawful in every month of a span.

    Months for which no limits are published are held to the latest that are.
    """
    known = [found for month in range(first, last + 1) if (found := _published(wages, Month(month)))]
    return max(lower for _, _, lower in known), min(upper for _, upper, _ in known)


def _published(wages: Wages, month: Month) -> tuple[int, int, int] | None:
    for back in range(month + 1):
        if found := wages.contribution(Month(month - back)):
            return found
    return None


class _Bases:
    """The base of each year by a pattern: it moves each July, up where the limits let it."""

    def __init__(self, rng: Random, pattern: Wage, wages: Wages) -> None:
        self._rng, self._pattern, self._wages = rng, pattern, wages
        self._start = {
            "round": rng.randrange(13, 25) * 500,
            "eight": rng.randrange(805, 850),
            "one": rng.randrange(1005, 1400),
            "two": rng.randrange(2010, 2500),
        }.get(pattern, 0)
        self._year = 0
        self._base = 0

    def at(self, first: Month, last: Month) -> int:
        """The base (yuan a month) from `first` to `last`, both of one year from July to June."""
        year = (first - _JULY) // 12
        lower, upper = limits(self._wages, first, last)
        if year != self._year:
            self._base = self._next(first, last, lower, upper)
            self._year = year
        return max(lower, min(upper, self._base))

    def _next(self, first: Month, last: Month, lower: int, upper: int) -> int:
        # a year half past is reckoned to its end, so that the base holds when the reference moves within it
        reference = max(self._wages.reference(Month(month))[0] for month in range(first, last + 1))
        match self._pattern:
            case "floor":
                return lower
            case "ceiling":
                return upper
            case "one_yuan_short":
                return reference - 1
            case "round":
                if not self._base:
                    return max(self._start, -(-lower // 500) * 500)
                return max(self._base + self._rng.choice((500, 500, 1000, 1500)), -(-lower // 500) * 500)
            case _:
                tops = {"eight": 980, "one": 1900, "two": 2900}
                self._start = min(self._start + 8, tops[self._pattern])
                wanted = -(-reference * self._start // 100_000) * 100
                return max(wanted, min(self._base + 100, reference * tops[self._pattern] // 1000))


def _row(stint: Stint, first: Month, last: Month | None) -> dict[str, Any]:
    ends = {} if last is None else {"to": str(last)}
    return {"from": str(first)} | ends | {"employer": stint.employer}


def tax(rows: list[dict[str, Any]], since: Month) -> list[dict[str, Any]]:
    """Income tax as declared beside the insurance in Shanghai, from a month on: the same payer, the same wage."""
    declared = []
    for row in rows:
        if "base" in row and ("to" not in row or Month.parse(row["to"]) >= since):
            first = max(Month.parse(row["from"]), since)
            declared.append(
                {"from": str(first)}
                | ({"to": row["to"]} if "to" in row else {})
                | {"payer": row["employer"], "income": row["base"], "filed": "normal"}
            )
    return declared
