"""Years of insurance in Shanghai (convention 3) and the contribution base (convention 4)."""

from datetime import date

from engine.insured import AtBase, Window, last_month
from engine.months import Month
from engine.outcome import Outcome, Where
from engine.policy import Law
from engine.reason import Reason
from engine.scope import Scope

# from the best down: the best band only is counted
BANDS = ("band_3", "band_2", "band_1", "band_08")


def longest_window(law: Law) -> int:
    """The months a base can matter for: the longest window of any band."""
    return max([law.figures[f"{band}.window"] for band in BANDS])


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


def contribution_base(scope: Scope, law: Law, on: date) -> Outcome | None:
    """Points of the best band whose months lie in its window; a month is compared exactly with its own reference."""
    if not scope.insured.named:
        return None
    last = last_month(law, Month.of(on))
    bands = [band for band in BANDS if law.figures[f"{band}.points"]]
    seen = scope.insured.window(law, last, longest_window(law))
    counts = {band: _count(seen, law, bands, band) for band in bands}
    reached = [band for band in bands if counts[band].months >= law.figures[f"{band}.months"]]
    won = max(reached, key=lambda band: law.figures[f"{band}.points"], default=None)
    points = law.figures[f"{won}.points"] if won else 0
    near = _nearest(law, [band for band in bands if law.figures[f"{band}.points"] > points], counts)
    shown = won or near or bands[0]
    code = "line.contribution_base" if won else "line.contribution_base_none"
    lacks = Reason("lacks.band_months", _told(law, near, counts[near])) if won and near else None
    return Outcome(
        points,
        Reason(code, _told(law, shown, counts[shown])),
        tuple(f"{shown}.{part}" for part in ("points", "months", "window", "tenths")),
        *resting(seen, law.figures[f"{shown}.tenths"], law.figures[f"{shown}.window"]),
        lacks,
        counts[shown].provisional,
    )


def resting(seen: Window, tenths: int, months: int) -> tuple[tuple[Where, ...], tuple[Where, ...]]:
    """Where the months at a multiple stand, and which of their qualifiers were left out."""
    return (Where("insurance", lambda: [spell[3] for spell in seen.resting(tenths, months)]),), (
        Where("insurance", lambda: [s[3] for s in seen.resting(tenths, months) if s[4]], "payer_matches_contract"),
        Where("insurance", lambda: [s[3] for s in seen.resting(tenths, months) if s[5]], "tax_matches"),
    )


def _count(seen: Window, law: Law, bands: list[str], band: str) -> AtBase:
    months, tenths = law.figures[f"{band}.window"], law.figures[f"{band}.tenths"]
    if law.parameters["band.higher_counts"] == "yes":
        return seen.reaching(tenths, months)
    # open question: read to the letter, a month above a band would not count toward it
    higher = [law.figures[f"{b}.tenths"] for b in bands if law.figures[f"{b}.tenths"] > tenths]
    return seen.reaching(tenths, months, min(higher)) if higher else seen.reaching(tenths, months)


def _nearest(law: Law, above: list[str], counts: dict[str, AtBase]) -> str | None:
    """The band above with the fewest months lacking; where none has a month yet, the lowest."""
    begun = [band for band in above if counts[band].months]
    if not begun:
        return above[-1] if above else None
    return min(begun, key=lambda b: (law.figures[f"{b}.months"] - counts[b].months, -law.figures[f"{b}.points"]))


def _told(law: Law, band: str, count: AtBase) -> dict[str, object]:
    figures = law.figures
    return {
        "band_word": f"band.{band}",
        "have": count.months,
        "need": figures[f"{band}.months"],
        "window": figures[f"{band}.window"],
        "points": figures[f"{band}.points"],
    }
