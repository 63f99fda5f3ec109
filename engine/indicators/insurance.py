"""Years of insurance in Shanghai (convention 3) and the contribution base (convention 4)."""

from datetime import date

from engine.insured import AtBase, Window, last_month, window
from engine.months import Month
from engine.outcome import Outcome, Where
from engine.policy import Law
from engine.reason import Reason
from engine.scope import Scope

# from the best down: the best band only is counted
BANDS = ("band_3", "band_2", "band_1", "band_08")


def longest_window(law: Law) -> int:
    """The months a base can matter for: the longest window of any band."""
    return max(law.figures[f"{band}.window"] for band in BANDS)


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
    rows = [spell.row for spell in spells if spell.first <= last]
    taken = [spell.row for spell in spells if spell.assumes_payer and spell.first <= last]
    return Outcome(
        per_year * years,
        Reason(code, {"months": months, "years": years}),
        ("insurance_years.per_year",),
        (Where("insurance", rows),),
        (Where("insurance", taken, "payer_matches_contract"),),
        lacks,
    )


def contribution_base(scope: Scope, law: Law, on: date) -> Outcome | None:
    """Points of the best band whose months lie in its window; a month is compared exactly with its own reference."""
    if not scope.insured.named:
        return None
    last = last_month(law, Month.of(on))
    bands = [band for band in BANDS if law.figures[f"{band}.points"]]
    widest = window(scope.insured, law, last, longest_window(law))
    counts = {band: _count(widest, law, bands, band) for band in bands}
    reached = [band for band in bands if counts[band].months >= law.figures[f"{band}.months"]]
    won = max(reached, key=lambda band: law.figures[f"{band}.points"], default=None)
    points = law.figures[f"{won}.points"] if won else 0
    near = _nearest(law, [b for b in bands if law.figures[f"{b}.points"] > points], counts)
    shown = won or near
    assert shown is not None  # a law without bands would be refused with its pack
    lacks = None if near is None else Reason("lacks.band_months", _told(law, near, counts[near]))
    if won:
        reason = Reason("line.contribution_base", _told(law, won, counts[won]))
    else:
        reason = Reason("line.contribution_base_none", _told(law, shown, counts[shown]))
    first = last - law.figures[f"{shown}.window"] + 1
    rows, no_payer, no_tax = _resting(scope, widest, law.figures[f"{shown}.tenths"], first)
    return Outcome(
        points,
        reason,
        tuple(f"{shown}.{part}" for part in ("points", "months", "window", "tenths")),
        (Where("insurance", rows),),
        (Where("insurance", no_payer, "payer_matches_contract"), Where("insurance", no_tax, "tax_matches")),
        lacks if won else None,
        counts[shown].provisional,
    )


def _count(widest: Window, law: Law, bands: list[str], band: str) -> AtBase:
    months, tenths = law.figures[f"{band}.window"], law.figures[f"{band}.tenths"]
    higher = [law.figures[f"{b}.tenths"] for b in bands if law.figures[f"{b}.tenths"] > tenths]
    below = None if law.parameters["band.higher_counts"] == "yes" or not higher else min(higher)
    return widest.last_months(months).reaching(tenths, below)


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


def _resting(scope: Scope, seen: Window, tenths: int, first: int) -> tuple[list[int], list[int], list[int]]:
    """The rows with a month that reaches the band in its window, and those whose payer or tax is taken as matching."""
    rows, no_payer, no_tax = [], [], []
    for start, end, base, row, assumes_payer, assumes_tax in scope.insured.spells:
        begin, stop = max(start, first), min(end, seen.last)
        if base and begin <= stop:
            ten = 10 * base
            if any(ten >= tenths * seen.references[m - seen.first] for m in range(begin, stop + 1)):
                rows.append(row)
                if assumes_payer:
                    no_payer.append(row)
                if assumes_tax:
                    no_tax.append(row)
    return rows, no_payer, no_tax
