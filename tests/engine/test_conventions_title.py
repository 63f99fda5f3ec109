"""Conventions 6 and 7: title or skill, and the choice between it and education.

Asked on 15 June 2026 the last twelve months are June 2025 to May 2026, and their 1x reference is 11396.
"""

from typing import Any

import pytest
from assessing import LAWS, assessed, line, paid, points, proven

DAY = "2026-06-15"
SIX_MONTHS = paid("2025-12", None, 11396)  # December to May

GRADES = [
    ("title", "senior", 140),
    ("title", "intermediate", 100),
    ("title", "junior", 0),
    ("skill", "1", 140),
    ("skill", "2", 100),
    ("skill", "3", 60),
    ("skill", "4", 30),
    ("skill", "5", 15),
]
NEED_A_BASE = {"senior", "intermediate", "1", "2"}


def held(level: str, obtained: str | None = "2020-05-01", **more: Any) -> dict[str, Any]:
    kind = "skill" if level.isdigit() else "title"
    return {"kind": kind, "level": level} | ({"obtained": obtained} if obtained else {}) | more


def titled(
    *rows: dict[str, Any], insured: list[dict[str, Any]] | None = None, on: str = DAY, law: str | None = None
) -> int:
    document = {"qualification": list(rows), "insurance": [SIX_MONTHS] if insured is None else insured}
    return points(document, "title", on, law)


@pytest.mark.parametrize("law", LAWS.values(), ids=LAWS)
@pytest.mark.parametrize(("kind", "level", "worth"), GRADES)
def test_every_grade_under_every_law(kind: str, level: str, worth: int, law: str) -> None:
    assert titled({"kind": kind, "level": level, "obtained": "2020-05-01"}, law=law) == worth


@pytest.mark.parametrize("law", LAWS.values(), ids=LAWS)
@pytest.mark.parametrize(("kind", "level", "worth"), GRADES)
def test_the_higher_ones_need_six_months_at_the_reference(kind: str, level: str, worth: int, law: str) -> None:
    """Five months, January to May: senior, intermediate and skills 1 and 2 earn nothing, the others what they are."""
    found = titled(held(level), insured=[paid("2026-01", None, 11396)], law=law)
    assert found == (0 if level in NEED_A_BASE else worth)


def test_the_others_need_no_insurance_at_all() -> None:
    assert titled(held("3"), insured=[]) == 60
    assert titled(held("2"), insured=[]) == 0


def test_one_yuan_decides() -> None:
    assert titled(held("intermediate"), insured=[paid("2025-06", None, 11396)]) == 100
    assert titled(held("intermediate"), insured=[paid("2025-06", None, 11395)]) == 0


def test_any_six_of_the_last_twelve_months() -> None:
    """June to November 2025: six. May to October 2025: May has left the twelve, five remain."""
    assert titled(held("intermediate"), insured=[paid("2025-06", "2025-11", 11396)]) == 100
    assert titled(held("intermediate"), insured=[paid("2025-05", "2025-10", 11396)]) == 0


def test_the_month_of_the_day_is_not_among_them() -> None:
    """January to June 2026, asked in June: five months behind; asked on 1 July: six."""
    rows = [paid("2026-01", None, 11396)]
    assert titled(held("intermediate"), insured=rows, on="2026-06-30") == 0
    assert titled(held("intermediate"), insured=rows, on="2026-07-01") == 100


@pytest.mark.parametrize(
    "spoilt",
    [
        {"tax_matches": False},
        {"payer_matches_contract": False},
        {"pay_kind": "back_paid"},
        {"province": "安徽"},
        {"evidence": "rejected"},
    ],
)
def test_the_six_months_are_good_as_for_the_base(spoilt: dict[str, Any]) -> None:
    rest = paid("2026-01", None, 11396)
    assert titled(held("senior"), insured=[paid("2025-12", "2025-12", 11396), rest]) == 140
    assert titled(held("senior"), insured=[paid("2025-12", "2025-12", 11396, **spoilt), rest]) == 0


def test_it_counts_from_the_day_it_was_obtained() -> None:
    assert titled(held("3", "2026-06-15"), on="2026-06-14") == 0
    assert titled(held("3", "2026-06-15"), on="2026-06-15") == 60


def test_a_title_is_obtained_while_in_shanghai() -> None:
    assert titled(held("intermediate", while_in_shanghai=False)) == 0
    assert titled(held("intermediate", while_in_shanghai=True)) == 100


def test_a_skill_may_be_obtained_elsewhere() -> None:
    assert titled(held("2", while_in_shanghai=False)) == 100


@pytest.mark.parametrize(("level", "worth"), [("intermediate", 100), ("3", 60)])
def test_both_match_the_post(level: str, worth: int) -> None:
    assert titled(held(level, matches_post=True)) == worth
    assert titled(held(level, matches_post=False)) == 0


def test_the_best_of_those_that_pass() -> None:
    """A senior title from elsewhere, an intermediate one from Shanghai, a skill of grade 4."""
    rows = [held("senior", while_in_shanghai=False), held("4"), held("intermediate")]
    assert titled(*rows) == titled(*reversed(rows)) == 100


def test_without_the_base_a_lesser_skill_is_left() -> None:
    """An intermediate title without its six months, and a skill of grade 4 that needs none."""
    assert titled(held("intermediate"), held("4"), insured=[]) == 30


def test_a_rejected_title_counts_for_nothing() -> None:
    assert titled(held("senior", evidence="rejected")) == 0
    assert titled(held("senior", evidence="received")) == 140


@pytest.mark.parametrize("left_out", ["obtained", "kind", "level"])
def test_without_date_kind_or_level_it_earns_nothing_and_is_missed(left_out: str) -> None:
    row = {key: value for key, value in held("3").items() if key != left_out}
    document = {"birth_date": "1990-01-01", "qualification": [row]}
    assert points(document, "title", DAY) == 0
    assert assessed(document, DAY).missing == [f"qualification.0.{left_out}"]


def test_what_falls_short_says_by_how_much() -> None:
    found = line({"qualification": [held("senior")], "insurance": [paid("2026-01", None, 11396)]}, "title", DAY)
    assert found.points == 0
    assert (found.reason.values["have"], found.reason.values["need"]) == (5, 6)


def test_the_line_is_provisional_where_its_six_months_are() -> None:
    """Asked in August 2026, July 2026 has no published reference: a skill of grade 3 does not ask for it."""
    document = {"insurance": [paid("2026-02", None, 11396)], "qualification": [held("intermediate")]}
    assert line(document, "title", "2026-07-15").provisional is False  # five months, to June: falls short
    august = line(document, "title", "2026-08-15")
    assert (august.points, august.provisional) == (100, True)
    skilled = document | {"qualification": [held("3")]}
    assert line(skilled, "title", "2026-08-15").provisional is False


def test_what_was_assumed_is_named() -> None:
    title = {"qualification": [held("intermediate")], "insurance": [SIX_MONTHS]}
    assert sorted(line(title, "title", DAY).assumed) == [
        "insurance.0.payer_matches_contract",
        "insurance.0.tax_matches",
        "qualification.0.matches_post",
        "qualification.0.while_in_shanghai",
    ]
    skill = {"qualification": [held("3")], "insurance": [SIX_MONTHS]}
    assert line(skill, "title", DAY).assumed == ["qualification.0.matches_post"]
    said = held("3", matches_post=True)
    assert line({"qualification": [said]}, "title", DAY).assumed == []


def test_the_six_months_are_proven_with_the_title() -> None:
    """A verified title over months that are only spoken of is not proven, nor one spoken of over verified months."""
    spoken, seen = held("intermediate"), held("intermediate", evidence="verified")
    months = paid("2025-06", "2026-05", 11396, evidence="verified")
    assert proven({"qualification": [seen], "insurance": [months]}, "title", DAY) == 100
    assert proven({"qualification": [seen], "insurance": [SIX_MONTHS]}, "title", DAY) == 0
    assert proven({"qualification": [spoken], "insurance": [months]}, "title", DAY) == 0


# Convention 7: education or title

DEGREES = {
    50: ("associate", "none"),
    90: ("bachelor", "bachelor"),
    100: ("master", "master"),
    110: ("doctor", "doctor"),
}


@pytest.mark.parametrize(
    ("schooling", "level", "taken"),
    [
        (90, "intermediate", "title"),
        (100, "intermediate", "education"),
        (110, "intermediate", "education"),
        (50, "3", "title"),
        (90, "3", "education"),
        (110, "senior", "title"),
    ],
)
def test_the_higher_of_the_two_and_when_equal_education(schooling: int, level: str, taken: str) -> None:
    studied, degree = DEGREES[schooling]
    education = [{"level": studied, "degree": degree, "graduated": "2012-07-01"}]
    document = {"education": education, "qualification": [held(level)], "insurance": [SIX_MONTHS]}
    lines = {found.indicator: found for found in assessed(document, DAY).lines}
    assert [name for name in ("education", "title") if lines[name].counted] == [taken]
    assert lines["education"].points == schooling
    worth = {grade: points for _, grade, points in GRADES}
    assert lines["title"].points == worth[level]
    # nothing else earns here: six months are no year, and too few for a band
    assert assessed(document, DAY).total == max(schooling, worth[level])


def test_what_is_proven_makes_its_own_choice() -> None:
    """Title 100 against education 90: the title is counted. Only the education is proven: 90 of it are."""
    document = {
        "education": [{"level": "bachelor", "degree": "bachelor", "graduated": "2012-07-01", "evidence": "verified"}],
        "qualification": [held("intermediate")],
        "insurance": [SIX_MONTHS],
    }
    lines = {found.indicator: found for found in assessed(document, DAY).lines}
    assert (lines["title"].counted, lines["title"].proven) == (True, 0)
    assert (lines["education"].counted, lines["education"].proven) == (False, 90)
    assert assessed(document, DAY).proven == 90


def test_where_both_are_proven_one_of_them_is() -> None:
    document = {
        "education": [{"level": "associate", "graduated": "2012-07-01", "evidence": "verified"}],
        "qualification": [held("3", evidence="verified")],
    }
    lines = {found.indicator: found for found in assessed(document, DAY).lines}
    assert (lines["education"].proven, lines["title"].proven) == (0, 60)
    assert assessed(document, DAY).proven == 60
