"""A slow and plain recount, month by month and day by day, from the words of the conventions: the engine agrees."""

from datetime import date, timedelta
from typing import Any

from assessing import LAWS, POLICY
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.assessment import Assessment, assess
from engine.document import validate
from engine.months import Month

Row = dict[str, Any]
many = settings(max_examples=250, deadline=None)
laws = st.sampled_from(list(LAWS.values())).map(date.fromisoformat)


def assessed(document: dict[str, Any], on: date, law_on: date) -> Assessment:
    return assess(validate(document), POLICY, on, law_on)


def worth(found: Assessment, indicator: str) -> tuple[int, int]:
    """Points and proven points of an indicator; without a line it is worth nothing."""
    return next(((line.points, line.proven) for line in found.lines if line.indicator == indicator), (0, 0))


# Insurance

BASES = [None, 0, 7460, 8270, 8271, 9116, 9117, 10338, 11395, 11396, 20676, 22792, 31014, 34188]


@st.composite
def insured(draw: st.DrawFn) -> list[Row]:
    """Rows of insurance about the years 2021 to 2027, good ones for the most part, often overlapping."""
    rows = []
    for _ in range(draw(st.integers(1, 6))):
        first = Month.parse("2021-01") + draw(st.integers(0, 70))
        row: Row = {"from": str(Month(first))}
        if draw(st.booleans()):
            row["to"] = str(Month(first + draw(st.integers(0, 50))))
        base = draw(st.sampled_from(BASES))
        if base is not None:
            row["base"] = base
        spoilt = draw(st.sampled_from([{}] * 6 + [{"tax_matches": False}, {"payer_matches_contract": False}]))
        kind = draw(st.sampled_from(["normal"] * 4 + ["topped_up", "back_paid"]))
        evidence = draw(st.sampled_from(["verified"] * 3 + ["claimed", "received", "rejected"]))
        row |= spoilt | {"pay_kind": kind, "evidence": evidence}
        if draw(st.integers(0, 5)) == 0:
            row["province"] = "江苏"
        if draw(st.booleans()):
            row["seen_until"] = str(Month(first + draw(st.integers(-3, 60))))
        rows.append(row)
    return rows


def covers(row: Row, month: int) -> bool:
    return Month.parse(row["from"]) <= month and ("to" not in row or month <= Month.parse(row["to"]))


def paid(row: Row, month: int) -> bool:
    """In Shanghai, not back-paid, not rejected."""
    return (
        covers(row, month)
        and row.get("province", "上海") == "上海"
        and row["pay_kind"] != "back_paid"
        and row["evidence"] != "rejected"
    )


def good(row: Row, month: int) -> bool:
    """Good for insurance years."""
    return paid(row, month) and row.get("payer_matches_contract", True)


def shown(rows: list[Row], month: int) -> list[Row]:
    """The rows that prove the month."""
    seen = [row for row in rows if row["evidence"] == "verified" and ("seen_until" in row or "to" in row)]
    return [row for row in seen if "seen_until" not in row or month <= Month.parse(row["seen_until"])]


def base(rows: list[Row], month: int) -> int:
    """The month's base: the highest of the rows in which it is good for the bands; 0 where there is none."""
    bases = [row.get("base", 0) for row in rows if good(row, month) and row.get("tax_matches", True)]
    return max(bases, default=0)


BANDS = {  # points, months, window, tenths of the reference
    "2013": [(100, 36, 36, 20), (50, 36, 36, 10), (25, 36, 36, 8)],
    "later": [(120, 24, 36, 30), (100, 36, 48, 20), (50, 36, 48, 10), (25, 36, 48, 8)],
}


def reference(month: int) -> int:
    """The 1x reference for points, as the notices give it: 10338 to June 2023, 11396 since."""
    if month < Month.parse("2020-07"):
        return 8211
    if month < Month.parse("2021-07"):
        return 9339
    return 10338 if month < Month.parse("2023-07") else 11396


def recounted(rows: list[Row], now: int, version: str, prove: bool) -> tuple[int, int, int]:
    """Points for years and for the base, and the months of the last twelve at 1x."""

    def at(month: int) -> list[Row]:
        return shown(rows, month) if prove else rows

    behind = range(Month.parse("2019-01"), now)
    months = [month for month in behind if any(good(row, month) for row in at(month))]
    multiples = {month: 10 * base(at(month), month) / reference(month) for month in range(now - 48, now)}
    band = 0
    for points, needed, window, tenths in BANDS["2013" if version == "2013" else "later"]:
        if sum(multiples[month] >= tenths for month in range(now - window, now)) >= needed:
            band = points
            break
    return 3 * (len(months) // 12), band, sum(multiples[month] >= 10 for month in range(now - 12, now))


@many
@given(insured(), st.integers(0, 23), laws)
def test_months_counted_one_by_one(rows: list[Row], months: int, law_on: date) -> None:
    now = Month(Month.parse("2025-06") + months)
    title = {"kind": "title", "level": "senior", "obtained": "2020-01-01", "evidence": "verified"}
    found = assessed({"insurance": rows, "qualification": [title]}, now.first_day(), law_on)
    years, band, at_reference = recounted(rows, now, found.version, prove=False)
    years_proven, band_proven, seen = recounted(rows, now, found.version, prove=True)
    assert worth(found, "insurance_years") == (years, years_proven)
    assert worth(found, "contribution_base") == (band, band_proven)
    assert worth(found, "title") == (140 if at_reference >= 6 else 0, 140 if seen >= 6 else 0)


@many
@given(insured(), st.integers(0, 23))
def test_who_pays_now_and_paid_six_of_twelve_months(rows: list[Row], months: int) -> None:
    now = Month(Month.parse("2025-06") + months)
    because = assessed({"insurance": rows}, now.last_day(), now.last_day()).ineligible_because
    months_before = sum(any(good(row, month) for row in rows) for month in range(now - 12, now))
    assert ("paying_now" in because) is not any(paid(row, now) for row in rows)
    assert ("six_of_twelve" in because) is (months_before < 6)


# Service


@st.composite
def served(draw: st.DrawFn) -> list[Row]:
    """Spells of service about the years 2010 to 2027."""
    rows = []
    for _ in range(draw(st.integers(1, 5))):
        first = date(2010, 1, 1) + timedelta(days=draw(st.integers(0, 6200)))
        row: Row = {"kind": draw(st.sampled_from(["public", "suburb", "lingang"])), "from": first.isoformat()}
        if draw(st.integers(0, 3)):
            row["to"] = (first + timedelta(days=draw(st.integers(0, 2500)))).isoformat()
        if draw(st.integers(0, 4)) == 0:
            row["lives_there"] = False
        rows.append(row)
    return rows


def full_years(rows: list[Row], on: date) -> int:
    """The days served, laid end to end from the first row's beginning; the calendar years in that stretch."""
    days = set()
    for row in rows:
        end = min(on, date.fromisoformat(row["to"]) + timedelta(days=1)) if "to" in row else on
        first = date.fromisoformat(row["from"])
        days |= {first + timedelta(days=n) for n in range((end - first).days)}
    begin = min(date.fromisoformat(row["from"]) for row in rows)
    reach = begin + timedelta(days=len(days))
    years = 0
    while True:
        year = begin.year + years + 1
        leap_day_is_missing = (begin.month, begin.day) == (2, 29) and (date(year, 3, 1) - date(year, 2, 28)).days == 1
        if reach < (date(year, 3, 1) if leap_day_is_missing else begin.replace(year=year)):
            return years
        years += 1


@many
@given(served(), st.dates(date(2014, 1, 1), date(2028, 12, 31)), laws)
def test_days_of_service_counted_one_by_one(rows: list[Row], on: date, law_on: date) -> None:
    found = assessed({"service": rows}, on, law_on)
    years = {}
    for kind in ("public", "suburb", "lingang"):
        counted = [row for row in rows if row["kind"] == kind and date.fromisoformat(row["from"]) <= on]
        counted = [row for row in counted if kind == "public" or row.get("lives_there", True)]
        years[kind] = full_years(counted, on) if counted else 0
    lingang_from = 3 if found.version == "2023" else 5
    suburb = 2 * years["suburb"] if years["suburb"] >= 5 else 0
    lingang = 2 * years["lingang"] if years["lingang"] >= lingang_from else 0
    assert worth(found, "public_service")[0] == (4 * years["public"] if years["public"] >= 5 else 0)
    assert worth(found, "suburb")[0] == min(20, max(suburb, lingang))
