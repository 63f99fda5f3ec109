"""Years of insurance in Shanghai (convention 3) and the contribution base (convention 4)."""

from collections.abc import Iterator
from datetime import date
from functools import cache
from typing import NamedTuple

from engine.indicators.windows import Need, Slack, slack, window_because, window_days
from engine.insured import OPEN, AtBase, Window, counts_from, last_month
from engine.months import Month
from engine.moved import Moved
from engine.outcome import Outcome, Where
from engine.policy import Law
from engine.reason import Reason
from engine.scope import Scope


class Band(NamedTuple):
    """A band of the contribution base: `points` for `months` of the last `window` at `tenths` / 10 of the reference.

    `below` is the multiple, in tenths, from which a month counts toward a higher band alone (`OPEN`: from none).
    """

    name: str
    points: int
    months: int
    window: int
    tenths: int
    below: int

    @property
    def figures(self) -> tuple[str, ...]:
        """Names of the policy's figures it is made of."""
        return tuple(f"{self.name}.{part}" for part in ("points", "months", "window", "tenths"))

    @property
    def need(self) -> Need:
        """The months it takes."""
        return Need(self.months, self.window, self.tenths, self.below)


@cache  # a law is a handful of objects that live as long as the program
def bands(law: Law) -> tuple[Band, ...]:
    """The bands a law has, from the best down."""
    found: list[Band] = []
    for name in ("band_3", "band_2", "band_1", "band_08"):
        points, months, window, tenths = (law.figures[f"{name}.{x}"] for x in ("points", "months", "window", "tenths"))
        if points:
            # open question: read to the letter, a month above a band would not count toward it
            letter = law.parameters["band.higher_counts"] != "yes" and found
            found.append(Band(name, points, months, window, tenths, found[-1].tenths if letter else OPEN))
    return tuple(found)


@cache
def longest_window(law: Law) -> int:
    """The months a base can matter for: the longest window of any band."""
    return max(band.window for band in bands(law))


def insurance_years(scope: Scope, law: Law, on: date) -> Outcome | None:
    """Points for each full year of good months, cumulative, without a cap."""
    spells = scope.insured.spells
    if not scope.insured.named:
        return None
    last = last_month(law, Month.of(on))
    months = scope.insured.months(0, last)
    per_year = law.figures["insurance_years.per_year"]
    years, over = divmod(months, 12)
    code = "line.insurance_years" if years else "line.insurance_years_none"
    lacks = Reason("lacks.insurance_months", {"more_months": 12 - over, "more": per_year})
    return Outcome(
        per_year * years,
        Reason(code, {"months": months, "years": years}),
        ("insurance_years.per_year",),
        (Where("insurance", lambda: [spell[3] for spell in spells if spell[0] <= last]),),
        (Where("insurance", lambda: [s[3] for s in spells if s[4] and s[0] <= last], "payer_matches_contract"),),
        lacks,
    )


def insurance_years_days(scope: Scope, law: Law, after: date, until: date) -> Iterator[date]:
    """First days of the months before which a year of good months is full."""
    first, last = (last_month(law, Month.of(day)) for day in (after, until))
    return (counts_from(law, month) for month in scope.insured.completing(12, first + 1, last))


def insurance_years_because(moved: Moved) -> Reason:
    """A month that completes a year."""
    return Reason("because.insurance_year", moved.values("years", "months"))


def contribution_base(scope: Scope, law: Law, on: date) -> Outcome | None:
    """Points of the best band whose months lie in its window; a month is compared exactly with its own reference."""
    if not scope.insured.named:
        return None
    seen = scope.insured.window(law, last_month(law, Month.of(on)), longest_window(law))
    counted = [(band, seen.reaching(band.tenths, band.window, band.below)) for band in bands(law)]
    won = max((c for c in counted if c[1].months >= c[0].months), key=_worth, default=None)
    near = _nearest([c for c in counted if won is None or c[0].points > won[0].points])
    band, count = won or near or counted[0]
    code = "line.contribution_base" if won else "line.contribution_base_none"
    return Outcome(
        won[0].points if won else 0,
        Reason(code, _told(band, count)),
        band.figures,
        *resting(seen, band.tenths, band.window),
        Reason("lacks.band_months", _told(*near)) if won and near else None,
        count.provisional,
    )


def resting(seen: Window, tenths: int, months: int) -> tuple[tuple[Where, ...], tuple[Where, ...]]:
    """Where the months at a multiple stand, and which of their qualifiers were left out."""
    return (Where("insurance", lambda: [spell[3] for spell in seen.resting(tenths, months)]),), (
        Where("insurance", lambda: [s[3] for s in seen.resting(tenths, months) if s[4]], "payer_matches_contract"),
        Where("insurance", lambda: [s[3] for s in seen.resting(tenths, months) if s[5]], "tax_matches"),
    )


def _worth(counted: tuple[Band, AtBase]) -> int:
    return counted[0].points


def _nearest(above: list[tuple[Band, AtBase]]) -> tuple[Band, AtBase] | None:
    """The band above with the fewest months lacking; where none has a month yet, the lowest."""
    begun = [(band, count) for band, count in above if count.months]
    if not begun:
        return above[-1] if above else None
    return min(begun, key=lambda c: (c[0].months - c[1].months, -c[0].points))


def _told(band: Band, count: AtBase) -> dict[str, object]:
    return {
        "band_word": f"band.{band.name}",
        "have": count.months,
        "need": band.months,
        "window": band.window,
        "points": band.points,
    }


def contribution_base_days(scope: Scope, law: Law, after: date, until: date) -> Iterator[date]:
    """First days of the months in which a band is reached or lost."""
    return window_days(scope, law, after, until, [band.need for band in bands(law)])


def contribution_base_because(moved: Moved) -> Reason:
    """The month that entered a band's window, or the one that left it."""
    return window_because(moved, "band", moved.values("band_word", "need", "window"))


def contribution_base_slack(held: Outcome, scope: Scope, law: Law, on: date) -> Slack | None:
    """The months that may still be missed before the band that is held is lost."""
    band = next((band for band in bands(law) if band.figures == held.figures), None)
    if band is None or not held.points:
        return None
    return slack(scope, law, on, band.need, "band", {"band_word": f"band.{band.name}"})
