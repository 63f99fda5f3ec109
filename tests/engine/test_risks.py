"""退件风险: of each risk facts that just raise it and facts that just do not, with its severity and its reason."""

from collections.abc import Mapping
from copy import deepcopy
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from strategies import applicants

from engine.document import validate
from engine.policy import load
from engine.risks import RISKS, SEVERITIES, Found, Risk, risks
from engine.words import LANGUAGES, say, word

ON = date(2026, 11, 22)
ID = "340104199003074516"
SOUND: dict[str, Any] = {
    "name": "王小明",
    "id_number": ID,
    "schooling_complete": True,
    "hukou": {"province": "安徽", "same_as_id_card": True},
    "permit": {
        "kind": "permit",
        "valid_until": "2027-05-09",
        "housing": "lease",
        "lease_registered_until": "2028-05-09",
    },
    "employment": {
        "employer": "上海甲有限公司",
        "uscc": "91310115MA1K3BXX0C",
        "kind": "company",
        "district": "浦东新区",
        "registered_in_shanghai": True,
        "points_account": "active",
        "contract_from": "2020-07-01",
        "contract_until": "2028-06-30",
        "hr": [{"name": "周敏", "id_number": "34010419950707451X"}],
    },
    "work": [{"unit": "上海甲有限公司", "place": "上海", "from": "2012-07-16"}],
    "education": [
        {
            "level": "bachelor",
            "degree": "bachelor",
            "form": "full_time",
            "place": "江苏",
            "enrolled": "2008-09-01",
            "graduated": "2012-07-01",
            "chsi": "found",
        }
    ],
    "insurance": [{"from": "2015-07", "base": 13000, "employer": "上海甲有限公司", "seen_until": "2026-10"}],
    "archive": {"location": "hukou_centre"},
    "notice": {"valid_until": "2027-05-09", "employer": "上海甲有限公司", "members": ["王小明", "王一"]},
    "child": [
        {"name": "王一", "birth_date": "2014-05-01", "entered_primary": 2020, "permit_valid_until": "2027-05-09"}
    ],
}


def changed(facts: Mapping[str, Any] | None = None, /, **sections: Any) -> dict[str, Any]:
    """The sound applicant with other facts by path; None takes one away."""
    document = deepcopy(SOUND)
    for path, value in {**(facts or {}), **sections}.items():
        *way, last = path.split(".")
        here: Any = document
        for step in way:
            here = here[int(step)] if step.isdigit() else here.setdefault(step, {})
        if value is None:
            here.pop(last, None)
        elif isinstance(here, list):
            here[int(last) : int(last) + 1] = [value]
        else:
            here[last] = value
    return document


def look(document: Mapping[str, Any], on: date = ON) -> Found:
    return risks(validate(document), load(), on)


def of(risk: str, document: Mapping[str, Any], on: date = ON) -> list[Risk]:
    return [found for found in look(document, on).risks if found.risk == risk]


def ago(days: int) -> str:
    return (ON - timedelta(days=days)).isoformat()


def ahead(days: int) -> str:
    return (ON + timedelta(days=days)).isoformat()


def test_who_has_all_in_order_has_no_risk_and_nothing_that_cannot_be_judged() -> None:
    found = look(changed())
    assert [risk.risk for risk in found.risks] == [] and found.unknown == ()


COLLEGE = {
    "level": "associate",
    "form": "full_time",
    "enrolled": "2005-09-01",
    "graduated": "2008-07-01",
    "chsi": "found",
}


def degree(**facts: Any) -> dict[str, Any]:
    """A bachelor's studied beside work after college."""
    row = {"level": "bachelor", "degree": "bachelor", "form": "open", "place": "上海", "chsi": "found"}
    return {**row, "enrolled": "2008-09-01", "graduated": "2011-07-01", **facts}


def studied(*rows: dict[str, Any], **facts: Any) -> dict[str, Any]:
    return changed({"education": list(rows), **facts})


def paid(*rows: dict[str, Any], **facts: Any) -> dict[str, Any]:
    return changed({"insurance": list(rows), **facts})


def since(first: str, last: str | None = None, **facts: Any) -> dict[str, Any]:
    row = {"from": first, "base": 13000, "employer": "上海甲有限公司", **facts}
    return row if last is None else {**row, "to": last}


def job(**facts: Any) -> dict[str, Any]:
    return changed({f"employment.{name}": value for name, value in facts.items()})


def title(**facts: Any) -> dict[str, Any]:
    return {"kind": "title", "level": "intermediate", "obtained": "2018-11-01", **facts}


def child(**facts: Any) -> dict[str, Any]:
    return changed({f"child.0.{name}": value for name, value in facts.items()})


RAISED: list[tuple[str, str, str, dict[str, Any]]] = [
    # the risk, its severity, the code of its reason, facts that just raise it
    ("nested_study", "block", "risk.nested_study", studied(COLLEGE, degree(enrolled="2008-06-30"))),
    ("nested_study", "medium", "risk.nested_study_close", studied(COLLEGE, degree(graduated="2009-12-31"))),
    ("missing_prior_schooling", "block", "risk.missing_prior_schooling", studied(degree())),
    (
        "study_place_mismatch",
        "block",
        "risk.study_place_mismatch",
        studied(COLLEGE, degree(form="adult", place="吉林", enrolled="2016-03-01", graduated="2018-07-01")),
    ),
    (
        "study_place_mismatch",
        "high",
        "risk.study_place_mismatch_at_home",
        studied(COLLEGE, degree(form="adult", place="安徽", enrolled="2016-03-01", graduated="2018-07-01")),
    ),
    ("education_unverified", "high", "risk.education_unverified", changed({"education.0.chsi": "not_found"})),
    (
        "education_unverified",
        "medium",
        "risk.education_unverified_unchecked",
        changed({"education.0.chsi": "not_checked"}),
    ),
    (
        "education_unverified",
        "medium",
        "risk.education_unverified_report",
        changed({"education.0.report_valid_until": ago(1)}),
    ),
    (
        "net_college_centre",
        "high",
        "risk.net_college_centre",
        studied(COLLEGE, degree(form="online", centre="南昌学习中心")),
    ),
    ("payer_mismatch", "block", "risk.payer_mismatch", paid(since("2015-07", payer_matches_contract=False))),
    (
        "payer_mismatch",
        "high",
        "risk.payer_mismatch",
        paid(since("2015-07", "2026-09", payer_matches_contract=False), since("2026-10")),
    ),
    ("payer_mismatch", "high", "risk.payer_mismatch_named", paid(since("2015-07", employer="上海乙有限公司"))),
    (
        "payer_mismatch",
        "high",
        "risk.payer_mismatch_tax",
        changed(tax=[{"from": "2026-01", "to": "2026-10", "payer": "上海乙有限公司", "income": 13000}]),
    ),
    ("insurance_gap", "block", "risk.insurance_gap_now", paid(since("2015-07", "2026-10"))),
    ("insurance_gap", "block", "risk.insurance_gap_few", paid(since("2026-06"))),
    ("insurance_gap", "high", "risk.insurance_gap", paid(since("2015-07", "2025-10"), since("2025-12"))),
    ("insurance_gap", "medium", "risk.insurance_gap", paid(since("2015-07", "2025-09"), since("2025-11"))),
    (
        "back_paid",
        "high",
        "risk.back_paid",
        paid(since("2015-07", "2025-10"), since("2025-11", "2025-11", pay_kind="back_paid"), since("2025-12")),
    ),
    (
        "tax_mismatch",
        "high",
        "risk.tax_mismatch",
        paid(since("2015-07", "2026-09"), since("2026-10", tax_matches=False)),
    ),
    (
        "tax_mismatch",
        "medium",
        "risk.tax_mismatch_income",
        changed(tax=[{"from": "2026-01", "to": "2026-10", "payer": "上海甲有限公司", "income": 11699}]),
    ),
    ("base_dropped", "medium", "risk.base_dropped", paid(since("2015-07", "2026-03"), since("2026-04", base=8000))),
    (
        "base_out_of_limits",
        "medium",
        "risk.base_out_of_limits_low",
        paid(since("2015-07", "2026-05"), since("2026-06", "2026-06", base=7000), since("2026-07")),
    ),
    (
        "overlapping_payers",
        "high",
        "risk.overlapping_payers",
        changed({"insurance.1": since("2026-01", "2026-01", province="江苏")}),
    ),
    (
        "overlapping_payers",
        "high",
        "risk.overlapping_payers",
        changed({"insurance.1": since("2026-01", "2026-01", employer="上海乙有限公司")}),
    ),
    ("dispatched", "high", "risk.dispatched", job(dispatched=True)),
    ("nominal_employment", "high", "risk.nominal_employment_agency", job(kind="agency")),
    (
        "nominal_employment",
        "high",
        "risk.nominal_employment_zero",
        changed(tax=[{"from": "2026-08", "to": "2026-10", "payer": "上海甲有限公司", "filed": "zero"}]),
    ),
    (
        "nominal_employment",
        "block",
        "risk.nominal_employment_both",
        changed(
            {"employment.kind": "agency"},
            tax=[{"from": "2026-08", "to": "2026-10", "payer": "上海甲有限公司", "filed": "zero"}],
        ),
    ),
    ("employer_unfit", "block", "risk.employer_unfit_elsewhere", job(registered_in_shanghai=False)),
    ("employer_unfit", "block", "risk.employer_unfit_kind", job(kind="liaison_office")),
    ("employer_unfit", "high", "risk.employer_unfit_kind", job(kind="sole_trader")),
    ("employer_unfit", "block", "risk.employer_unfit_account", job(points_account="not_eligible")),
    ("employer_unfit", "high", "risk.employer_unfit_locked", job(points_account="locked")),
    ("wrong_district", "high", "risk.wrong_district", job(district="静安区")),
    (
        "title_base_short",
        "high",
        "risk.title_base_short",
        changed(
            {"qualification": [title()]},
            insurance=[since("2015-07", "2026-05", base=8000), since("2026-06")],
        ),
    ),
    ("title_mismatch", "high", "risk.title_mismatch_post", changed(qualification=[title(matches_post=False)])),
    (
        "title_mismatch",
        "high",
        "risk.title_mismatch_elsewhere",
        changed(qualification=[title(while_in_shanghai=False)]),
    ),
    ("archive_at_risk", "high", "risk.archive_at_risk", changed({"archive.location": "self"})),
    ("archive_at_risk", "high", "risk.archive_at_risk", changed({"archive.location": "lost"})),
    ("archive_at_risk", "medium", "risk.archive_at_risk", changed({"archive.location": "unknown"})),
    ("cv_gap", "medium", "risk.cv_gap", changed({"work.0.from": "2012-08-02"})),
    ("cv_gap", "high", "risk.cv_gap", changed({"work.0.from": "2013-01-02"})),
    ("cv_gap", "medium", "risk.cv_gap", changed({"work.0.to": ago(32)})),
    ("hukou_address_mismatch", "medium", "risk.hukou_address_mismatch", changed({"hukou.same_as_id_card": False})),
    ("permit_expiring", "high", "risk.permit_expiring", changed({"permit.valid_until": ahead(90)})),
    ("permit_expiring", "high", "risk.permit_expiring", changed({"permit.valid_until": ahead(0)})),
    ("permit_expiring", "block", "risk.permit_expiring_over", changed({"permit.valid_until": ago(1)})),
    ("permit_type", "block", "risk.permit_type", changed({"permit.kind": "temporary"})),
    ("permit_type", "block", "risk.permit_type", changed({"permit.kind": "registration_only"})),
    ("lease_ending", "medium", "risk.lease_ending", changed({"permit.lease_registered_until": ahead(90)})),
    ("lease_ending", "high", "risk.lease_ending_over", changed({"permit.lease_registered_until": ago(1)})),
    ("contract_expiring", "high", "risk.contract_expiring", job(contract_until=ahead(60))),
    ("contract_expiring", "block", "risk.contract_expiring_over", job(contract_until=ago(1))),
    (
        "contract_expiring",
        "high",
        "risk.contract_expiring_short",
        job(contract_from="2026-07-01", contract_until="2027-06-29"),
    ),
    ("points_expiring", "high", "risk.points_expiring", changed({"notice.valid_until": ahead(45)})),
    ("points_expiring", "high", "risk.points_expiring_over", changed({"notice.valid_until": ago(1)})),
    ("child_not_on_notice", "medium", "risk.child_not_on_notice", child(name="王二")),
    ("child_not_on_notice", "high", "risk.child_not_on_notice", child(name="王二", entered_primary=2018)),
    ("child_permit", "medium", "risk.child_permit", child(permit_valid_until=ahead(60))),
    ("child_permit", "high", "risk.child_permit_over", child(permit_valid_until=ago(1))),
    ("study_proof_missing", "high", "risk.study_proof_missing", child(birth_date="2010-11-22", entered_primary=2017)),
    (
        "study_proof_missing",
        "medium",
        "risk.study_proof_missing_ending",
        child(birth_date="2010-11-22", entered_primary=2017, study_proof_until=ahead(60)),
    ),
    (
        "study_proof_missing",
        "high",
        "risk.study_proof_missing_over",
        child(birth_date="2010-11-22", entered_primary=2017, study_proof_until=ago(1)),
    ),
    (
        "notice_employer_outdated",
        "medium",
        "risk.notice_employer_outdated",
        changed({"notice.employer": "上海乙有限公司"}),
    ),
    ("hr_is_applicant", "medium", "risk.hr_is_applicant", job(hr=[{"name": "王小明", "id_number": ID}])),
    ("hr_is_applicant", "medium", "risk.hr_is_applicant", job(hr=[{"name": "王小明"}])),
    ("offence", "high", "risk.offence", changed(offence=[{"kind": "false_materials", "date": "2023-11-23"}])),
    ("offence", "high", "risk.offence", changed(offence=[{"kind": "detention", "date": "2021-11-23"}])),
    ("offence", "block", "risk.offence_veto", changed(offence=[{"kind": "serious_crime", "date": "2001-01-01"}])),
]

SILENT: list[tuple[str, dict[str, Any]]] = [
    # facts that just do not
    ("nested_study", studied(COLLEGE, degree(enrolled="2008-07-01", graduated="2010-01-01"))),
    ("missing_prior_schooling", studied(COLLEGE, degree())),
    ("missing_prior_schooling", studied({"level": "high_school"}, degree())),
    ("study_place_mismatch", studied(COLLEGE, degree(form="adult", place="上海"))),
    (
        "study_place_mismatch",
        studied(
            COLLEGE,
            degree(form="adult", place="江苏", enrolled="2010-03-01", graduated="2012-07-01"),
            work=[{"unit": "南京乙", "place": "江苏", "from": "2008-08-01", "to": "2012-07-01"}, *SOUND["work"]],
        ),
    ),
    ("education_unverified", changed({"education.0.report_valid_until": ahead(0)})),
    ("net_college_centre", studied(COLLEGE, degree(form="online", centre="上海学习中心"))),
    ("payer_mismatch", paid(since("2015-07", employer="上海乙有限公司"), **{"employment.dispatched": True})),
    ("payer_mismatch", paid(since("2015-07", employer="上海乙有限公司", payer_matches_contract=True))),
    ("payer_mismatch", paid(since("2010-07", "2022-10", payer_matches_contract=False), since("2022-11"))),
    ("insurance_gap", paid(since("2026-05"))),
    ("insurance_gap", paid(since("2010-07", "2022-09"), since("2022-11"))),
    (
        "back_paid",
        paid(since("2015-07", "2022-09"), since("2022-10", "2022-10", pay_kind="back_paid"), since("2022-11")),
    ),
    ("tax_mismatch", changed(tax=[{"from": "2026-01", "to": "2026-10", "payer": "上海甲有限公司", "income": 11700}])),
    ("base_dropped", paid(since("2015-07", "2026-10"))),
    ("base_out_of_limits", paid(since("2015-07", base=13000))),
    ("overlapping_payers", changed({"insurance.1": since("2026-01", "2026-01")})),
    ("dispatched", job(dispatched=False)),
    ("nominal_employment", job(kind="agency", dispatched=True)),
    (
        "nominal_employment",
        changed(tax=[{"from": "2026-09", "to": "2026-10", "payer": "上海甲有限公司", "filed": "zero"}]),
    ),
    ("employer_unfit", job(kind="branch")),
    ("wrong_district", job(district="浦东新")),
    (
        "title_base_short",
        changed(qualification=[title()], insurance=[since("2015-07", "2026-04", base=8000), since("2026-05")]),
    ),
    ("title_base_short", changed(qualification=[title(level="junior")], insurance=[since("2026-11")])),
    ("title_mismatch", changed(qualification=[title()])),
    ("archive_at_risk", changed({"archive.location": "school"})),
    ("cv_gap", changed({"work.0.from": "2012-08-01"})),
    ("cv_gap", changed({"work.0.to": ago(31)})),
    ("permit_expiring", changed({"permit.valid_until": ahead(91)})),
    ("permit_type", changed({"permit.kind": None})),
    ("lease_ending", changed({"permit.lease_registered_until": ahead(91)})),
    ("lease_ending", changed({"permit.housing": "own", "permit.lease_registered_until": ago(1)})),
    ("contract_expiring", job(contract_until=ahead(61))),
    ("contract_expiring", job(contract_until=ago(1), open_ended=True)),
    ("contract_expiring", job(contract_from="2026-07-01", contract_until="2027-06-30")),
    ("points_expiring", changed({"notice.valid_until": ahead(46)})),
    ("points_expiring", changed(notice=None)),
    ("child_not_on_notice", changed({"child.0.name": "王二"}, notice=None)),
    ("child_not_on_notice", child(name="王二", benefits=False)),
    ("child_not_on_notice", child(name="王二", entered_primary=2012)),
    ("child_permit", child(permit_valid_until=ahead(61))),
    ("study_proof_missing", child(birth_date="2010-11-23", entered_primary=2017)),
    ("study_proof_missing", child(birth_date="2010-11-22", entered_primary=2017, study_proof_until=ahead(61))),
    ("notice_employer_outdated", changed({"notice.employer": "上海甲有限公司"})),
    ("hr_is_applicant", job(hr=[{"name": "王小明", "id_number": "34010419950707451X"}])),
    ("offence", changed(offence=[{"kind": "false_materials", "date": "2023-11-22"}])),
    ("offence", changed(offence=[{"kind": "detention", "date": "2021-11-22"}])),
    ("offence", changed(offence=[{"kind": "sentence", "date": "2026-11-23"}])),
]


@pytest.mark.parametrize(("risk", "severity", "code", "document"), RAISED)
def test_just_raised(risk: str, severity: str, code: str, document: dict[str, Any]) -> None:
    assert [(found.severity, found.reason.code) for found in of(risk, document)] == [(severity, code)]


@pytest.mark.parametrize(("risk", "document"), SILENT)
def test_just_not_raised(risk: str, document: dict[str, Any]) -> None:
    assert of(risk, document) == []


def test_every_risk_is_raised_here_and_not_raised_here() -> None:
    assert {risk for risk, *_ in RAISED} | {"below_at_renewal"} == set(RISKS)
    named = {risk for risk, _ in SILENT} | {"below_at_renewal", "hukou_address_mismatch"}
    assert named == set(RISKS)


class TestBelowAtRenewal:
    """Enough today, and not on the day the points have to be renewed."""

    @staticmethod
    def ends(day: str) -> dict[str, Any]:
        # 1x counts for as long as 36 of the last 48 months have it: from the thirteenth month without it no more
        rows = [since("2015-07", "2025-11"), since("2025-12", base=8000)]
        return paid(*rows, **{"permit.valid_until": day, "notice.valid_until": day, "education": [COLLEGE]})

    def test_from_the_day_on_which_it_falls(self) -> None:
        [found] = of("below_at_renewal", self.ends("2027-01-01"))
        assert (found.severity, found.day, found.paths) == ("high", date(2027, 1, 1), ("notice.valid_until",))
        assert found.points > 0

    def test_not_the_day_before(self) -> None:
        assert of("below_at_renewal", self.ends("2026-12-31")) == []


@pytest.mark.parametrize(
    ("risk", "facts", "paths"),
    [
        ("nested_study", studied(COLLEGE, degree(enrolled=None)), ("education.1.enrolled",)),
        ("missing_prior_schooling", studied(degree(), schooling_complete=None), ("schooling_complete",)),
        ("education_unverified", changed({"education.0.chsi": None}), ("education.0.chsi",)),
        ("net_college_centre", studied(COLLEGE, degree(form="online")), ("education.1.centre",)),
        ("insurance_gap", changed(insurance=None), ("insurance",)),
        ("employer_unfit", job(points_account="unknown"), ("employment.points_account",)),
        ("wrong_district", job(uscc=None), ("employment.uscc",)),
        ("contract_expiring", job(contract_until=None), ("employment.contract_until",)),
        ("archive_at_risk", changed(archive=None), ("archive.location",)),
        ("cv_gap", changed(work=None), ("work",)),
        ("permit_expiring", changed(permit=None), ("permit",)),
        ("lease_ending", changed({"permit.lease_registered_until": None}), ("permit.lease_registered_until",)),
        ("points_expiring", changed({"notice.valid_until": None}), ("notice.valid_until",)),
        ("child_permit", child(permit_valid_until=None), ("child.0.permit_valid_until",)),
    ],
)
def test_what_cannot_be_judged_is_silent_and_named(risk: str, facts: dict[str, Any], paths: tuple[str, ...]) -> None:
    document = {key: value for key, value in facts.items() if value is not None}
    document["education"] = [{k: v for k, v in row.items() if v is not None} for row in document["education"]]
    found = look(document)
    assert [unknown.paths for unknown in found.unknown if unknown.risk == risk] == [paths]
    assert [one.risk for one in found.risks if one.risk == risk] == []


def test_a_college_that_does_not_count_does_not_block() -> None:
    better = {**SOUND["education"][0], "level": "master", "degree": "master", "graduated": "2015-07-01"}
    [found] = of("nested_study", studied(COLLEGE, degree(enrolled="2008-06-30"), better))
    assert (found.severity, found.points) == ("high", 0)


def test_the_points_at_stake_are_those_of_the_line() -> None:
    [found] = of("nested_study", studied(COLLEGE, degree(enrolled="2008-06-30")))
    assert (found.indicator, found.points) == ("education", 90)


def test_the_severest_stands_first_and_of_those_what_takes_effect_first() -> None:
    document = changed(
        {"permit.valid_until": ahead(80), "notice.valid_until": ahead(40), "archive.location": "unknown"}
    )
    found = look({**document, "offence": [{"kind": "serious_crime", "date": "2001-01-01"}]}).risks
    assert [risk.risk for risk in found[:3]] == ["offence", "points_expiring", "permit_expiring"]
    ranks = [SEVERITIES.index(risk.severity) for risk in found]
    assert ranks == sorted(ranks)


def test_days_are_counted_to_the_day_it_takes_effect() -> None:
    [found] = of("permit_expiring", changed({"permit.valid_until": ahead(12)}))
    assert found.days(ON) == 12


@given(applicant=applicants())
def test_whatever_is_known_of_an_applicant_it_is_looked_at_and_can_be_said(applicant: Any) -> None:
    found = risks(applicant, load(), ON)
    for risk in found.risks:
        assert risk.risk in RISKS and risk.severity in SEVERITIES and risk.paths
        for language in LANGUAGES:
            assert say(risk.reason, language) and say(risk.remedy, language) and word(f"risk.{risk.risk}", language)
