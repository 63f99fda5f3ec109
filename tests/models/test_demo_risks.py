"""Of every risk that can be read off the facts, the demo has at least one case."""

from collections.abc import Callable
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

import pytest

from engine.assessment import assess
from engine.document import validate
from engine.months import Month, full_years
from engine.policy import load
from models.demo import DemoCase, applicants
from models.demo.insurance import limits
from models.demo.troubles import TROUBLES
from models.deriving import derive

POLICY = load()
TODAY = date(2026, 11, 22)
NOW = Month.of(TODAY)
Document = dict[str, Any]


def day(text: str) -> date:
    return date.fromisoformat(text)


def within(text: str | None, days: int) -> bool:
    return text is not None and day(text) <= TODAY + timedelta(days=days)


def rows(d: Document, section: str) -> list[Document]:
    found: list[Document] = d.get(section, [])
    return found


def part(d: Document, section: str) -> Document:
    found: Document = d.get(section, {})
    return found


def first(row: Document) -> Month:
    return Month.parse(row["from"])


def last(row: Document) -> Month:
    return Month.parse(row["to"]) if "to" in row else NOW


def here(d: Document) -> list[Document]:
    return sorted((row for row in rows(d, "insurance") if "base" in row), key=first)


def beside_work(d: Document) -> list[Document]:
    return [row for row in rows(d, "education") if row["form"] not in {"full_time", "overseas"}]


def total(d: Document, on: date) -> int:
    return assess(validate(d), load(), on).total


def nested_study(d: Document) -> bool:
    graduated = [row["graduated"] for row in rows(d, "education") if row["level"] == "associate"]
    return any(row["enrolled"] < end for row in beside_work(d) if "enrolled" in row for end in graduated)


def missing_prior_schooling(d: Document) -> bool:
    alone = len(rows(d, "education")) == 1 and bool(beside_work(d))
    return alone and bool(d.get("schooling_complete"))


def study_place_mismatch(d: Document) -> bool:
    lived = {part(d, "hukou").get("province"), "上海", *(row.get("province") for row in rows(d, "insurance"))}
    return any(row["place"] not in lived for row in beside_work(d) if "place" in row)


def education_unverified(d: Document) -> bool:
    return any(row.get("chsi") == "not_found" for row in rows(d, "education"))


def net_college_centre(d: Document) -> bool:
    return any("centre" in row and "上海" not in row["centre"] for row in rows(d, "education"))


def insurance_gap(d: Document) -> bool:
    paid = {m for row in here(d) for m in range(first(row), last(row) + 1)}
    return bool(paid) and any(m not in paid and m - 1 in paid for m in range(NOW - 12, NOW))


def base_dropped(d: Document) -> bool:
    wages = load().law(TODAY).wages
    found = here(d)
    return (
        len(found) > 2
        and found[-1]["base"] < wages.reference(NOW)[0]
        and any(row["base"] >= wages.reference(first(row))[0] for row in found[:-1])
    )


def base_out_of_limits(d: Document) -> bool:
    wages = load().law(TODAY).wages
    return any(row["base"] < limits(wages, first(row), last(row))[0] for row in here(d))


def below_at_renewal(d: Document) -> bool:
    until = part(d, "permit").get("valid_until")
    return until is not None and total(d, TODAY) >= 120 > total(d, day(until) + timedelta(days=1))


def overlapping_payers(d: Document) -> bool:
    elsewhere = [row for row in rows(d, "insurance") if "province" in row]
    return any(first(a) <= last(b) and first(b) <= last(a) for a in elsewhere for b in here(d))


def title_base_short(d: Document) -> bool:
    lines = assess(validate(d), load(), TODAY).lines
    held = [row for row in rows(d, "qualification") if row["level"] in {"intermediate", "senior"}]
    matching = all(row.get("matches_post", True) and row.get("while_in_shanghai", True) for row in held)
    return bool(held) and matching and any(ln.indicator == "title" and ln.points == 0 for ln in lines)


def title_mismatch(d: Document) -> bool:
    return any(False in (q.get("matches_post"), q.get("while_in_shanghai")) for q in rows(d, "qualification"))


def cv_gap(d: Document) -> bool:
    work = sorted(rows(d, "work"), key=lambda row: row["from"])
    return any((day(b["from"]) - day(a["to"])).days > 60 for a, b in pairwise(work) if "to" in a)


def wrong_district(d: Document) -> bool:
    districts = {"310101": "黄浦区", "310104": "徐汇区", "310105": "长宁区", "310106": "静安区", "310107": "普陀区"}
    districts |= {"310109": "虹口区", "310110": "杨浦区", "310112": "闵行区", "310113": "宝山区", "310114": "嘉定区"}
    districts |= {"310115": "浦东新区", "310116": "金山区", "310117": "松江区", "310118": "青浦区", "310120": "奉贤区"}
    job = part(d, "employment")
    return "uscc" in job and districts.get(job["uscc"][2:8]) not in {None, job["district"]}


def child_not_on_notice(d: Document) -> bool:
    notice = part(d, "notice")
    return bool(notice) and any(row["name"] not in notice["members"] for row in rows(d, "child"))


def study_proof_missing(d: Document) -> bool:
    grown = [row for row in rows(d, "child") if full_years(day(row["birth_date"]), TODAY) >= 16]
    return bool(part(d, "notice")) and any("study_proof_until" not in row for row in grown)


def notice_employer_outdated(d: Document) -> bool:
    return bool(part(d, "notice")) and part(d, "notice")["employer"] != part(d, "employment")["employer"]


def hr_is_applicant(d: Document) -> bool:
    contacts = part(d, "employment").get("hr", [])
    return "id_number" in d and any(c["id_number"] == d["id_number"] for c in contacts)


def nominal_employment(d: Document) -> bool:
    unpaid = any(row["filed"] == "zero" for row in rows(d, "tax"))
    return part(d, "employment").get("kind") == "agency" and unpaid


RISKS: dict[str, Callable[[Document], bool]] = {
    "nested_study": nested_study,
    "missing_prior_schooling": missing_prior_schooling,
    "study_place_mismatch": study_place_mismatch,
    "education_unverified": education_unverified,
    "net_college_centre": net_college_centre,
    "payer_mismatch": lambda d: any(row.get("payer_matches_contract") is False for row in here(d)),
    "insurance_gap": insurance_gap,
    "back_paid": lambda d: any(row.get("pay_kind") == "back_paid" for row in here(d)),
    "tax_mismatch": lambda d: any(row.get("tax_matches") is False for row in here(d)),
    "base_dropped": base_dropped,
    "base_out_of_limits": base_out_of_limits,
    "below_at_renewal": below_at_renewal,
    "overlapping_payers": overlapping_payers,
    "dispatched": lambda d: bool(part(d, "employment").get("dispatched")),
    "nominal_employment": nominal_employment,
    "employer_unfit": lambda d: part(d, "employment").get("points_account") == "not_eligible",
    "wrong_district": wrong_district,
    "title_base_short": title_base_short,
    "title_mismatch": title_mismatch,
    "archive_at_risk": lambda d: part(d, "archive").get("location") in {"self", "lost", "unknown"},
    "cv_gap": cv_gap,
    "hukou_address_mismatch": lambda d: part(d, "hukou").get("same_as_id_card") is False,
    "permit_expiring": lambda d: within(part(d, "permit").get("valid_until"), 90),
    "permit_type": lambda d: part(d, "permit").get("kind") in {"temporary", "registration_only"},
    "lease_ending": lambda d: within(part(d, "permit").get("lease_registered_until"), 90),
    "contract_expiring": lambda d: within(part(d, "employment").get("contract_until"), 60),
    "points_expiring": lambda d: within(part(d, "notice").get("valid_until"), 45),
    "child_not_on_notice": child_not_on_notice,
    "child_permit": lambda d: any(within(row.get("permit_valid_until"), 60) for row in rows(d, "child")),
    "study_proof_missing": study_proof_missing,
    "notice_employer_outdated": notice_employer_outdated,
    "hr_is_applicant": hr_is_applicant,
    "offence": lambda d: bool(rows(d, "offence")),
}


@pytest.fixture(scope="module")
def cases() -> list[DemoCase]:
    return list(applicants(200, 120, TODAY))


@pytest.mark.parametrize("risk", RISKS)
def test_the_demo_shows_every_risk_and_none_everywhere(risk: str, cases: list[DemoCase]) -> None:
    shown = [case for case in cases if RISKS[risk](case.document)]
    assert 1 <= len(shown) <= 60


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_so_it_does_from_another_seed(seed: int) -> None:
    documents = [case.document for case in applicants(200, seed, TODAY)]
    assert [risk for risk, shows in RISKS.items() if not any(map(shows, documents))] == []


def test_nothing_goes_wrong_in_the_demo_that_no_risk_names() -> None:
    assert {trouble.risk for trouble in TROUBLES} == {*RISKS, "veto"}


@pytest.mark.parametrize("n", range(0, 200, 9))
def test_what_lists_say_of_risks_and_base_holds_until_the_case_falls_due(n: int, cases: list[DemoCase]) -> None:
    case = cases[n]
    first = derive(case.document, case.status, POLICY, TODAY)
    for later in range(1, min((day(first.due) - TODAY).days, 120), 3):
        then = derive(case.document, case.status, POLICY, TODAY + timedelta(days=later))
        assert (then.risks, then.base, then.base_multiple) == (first.risks, first.base, first.base_multiple), later
