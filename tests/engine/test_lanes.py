"""Swimlanes: the facts side by side on one axis, cut where something overlaps, is missing or was paid by others."""

from datetime import date
from itertools import pairwise
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from strategies import applicants, law_days

from engine.document import validate
from engine.facts import Applicant
from engine.lanes import concerned, lanes
from engine.spans import DAY, MARKS, Lane, Span
from engine.words import LANGUAGES, say, word

ON = date(2026, 11, 22)
JIA, YI = "上海甲科技有限公司", "上海乙实业有限公司"


def lane(name: str, **facts: Any) -> tuple[Span, ...]:
    """One lane of an applicant."""
    return next(one.spans for one in lanes(validate(facts), ON) if one.id == name)


def told(spans: tuple[Span, ...]) -> list[str]:
    """Spans as text: the days, `?` at an end that is not known, the mark."""
    return [f"{s.first}{'' if s.begins else '?'} {s.last}{'' if s.ends else '?'} {s.mark}".rstrip() for s in spans]


def said(spans: tuple[Span, ...]) -> list[str]:
    return [say(span.label, "zh") for span in spans if span.label is not None]


# --- all of them


def test_the_lanes_stand_in_one_order_whatever_is_known() -> None:
    assert [one.id for one in lanes(Applicant(), ON)] == [
        "schooling", "work", "insurance", "contract", "tax", "permit", "marriage",
    ]  # fmt: skip
    assert [one.spans for one in lanes(Applicant(), ON)] == [()] * 7


def test_each_child_has_a_lane_of_its_own_with_its_name() -> None:
    made = lanes(validate({"child": [{"name": "小宝"}, {}, {"evidence": "rejected"}]}), ON)[7:]
    assert [(one.id, say(one.name, "zh")) for one in made] == [("child.0", "小宝"), ("child.1", "子女")]


# --- schooling


def test_a_bachelor_begun_before_the_college_ended_overlaps_in_both() -> None:
    college = {"level": "associate", "enrolled": "2008-09-01", "graduated": "2011-07-01"}
    bachelor = {"level": "bachelor", "enrolled": "2010-09-01", "graduated": "2013-07-01"}
    spans = lane("schooling", education=[college, bachelor])
    assert told(spans) == [
        "2008-09-01 2010-08-31",
        "2010-09-01 2011-07-01 overlap",
        "2010-09-01 2011-07-01 overlap",
        "2011-07-02 2013-07-01",
    ]
    assert said(spans) == ["大专", "大专", "本科", "本科"]


def test_stages_that_follow_one_another_do_not_overlap() -> None:
    college = {"level": "associate", "enrolled": "2008-09-01", "graduated": "2011-07-01"}
    for enrolled, marks in (("2011-07-01", ["", ""]), ("2011-06-30", ["", "overlap", "overlap", ""])):
        bachelor = {"level": "bachelor", "enrolled": enrolled, "graduated": "2013-07-01"}
        assert [span.mark for span in lane("schooling", education=[college, bachelor])] == marks


def test_of_a_stage_one_end_of_which_is_known_nothing_is_made_up() -> None:
    assert told(lane("schooling", education=[{"graduated": "2012-07-01"}])) == ["2012-07-01? 2012-07-01"]
    assert told(lane("schooling", education=[{"enrolled": "2024-09-01"}])) == ["2024-09-01 2026-11-22?"]
    assert lane("schooling", education=[{"level": "bachelor"}]) == ()


# --- work


def test_a_hole_between_jobs_is_a_gap_from_the_day_it_is_one_in_the_risks() -> None:
    first = {"unit": JIA, "from": "2020-01-01", "to": "2020-06-30"}
    assert told(lane("work", work=[first, {"unit": YI, "from": "2020-08-01"}])) == [
        "2020-01-01 2020-06-30",
        "2020-07-01 2020-07-31 gap",
        "2020-08-01 2026-11-22?",
    ]
    assert [s.mark for s in lane("work", work=[first, {"unit": YI, "from": "2020-07-31"}])] == ["", ""]


def test_full_time_study_leaves_no_hole_and_the_last_school_begins_the_way() -> None:
    degree = {"form": "full_time", "enrolled": "2008-09-01", "graduated": "2012-06-30"}
    job = {"unit": JIA, "from": "2012-10-01"}
    assert told(lane("work", work=[job], education=[degree]))[0] == "2012-07-01 2012-09-30 gap"
    study = {"form": "full_time", "enrolled": "2014-01-01", "graduated": "2016-12-31"}
    jobs = [{"unit": JIA, "from": "2012-10-01", "to": "2013-12-31"}, {"unit": YI, "from": "2017-01-01"}]
    assert "gap" not in " ".join(told(lane("work", work=jobs, education=[study])))


def test_a_spell_without_work_is_told_as_that() -> None:
    assert said(lane("work", work=[{"unemployed": True, "from": "2020-01-01", "to": "2020-06-30"}])) == ["待业"]


# --- insurance


def test_months_that_no_row_names_are_a_gap_up_to_the_month_of_the_day() -> None:
    rows = [{"from": "2024-01", "to": "2024-03"}, {"from": "2024-06", "to": "2026-09"}]
    assert told(lane("insurance", insurance=rows)) == [
        "2024-01-01 2024-03-31",
        "2024-04-01 2024-05-31 gap",
        "2024-06-01 2026-09-30",
        "2026-10-01 2026-11-30 gap",
    ]


def test_what_is_still_paid_is_open_and_no_gap() -> None:
    assert told(lane("insurance", insurance=[{"from": "2024-01"}])) == ["2024-01-01 2026-11-30?"]


def test_months_of_another_province_are_marked_and_named_by_it() -> None:
    spans = lane("insurance", insurance=[{"from": "2020-01", "to": "2026-11", "province": "江苏", "employer": JIA}])
    assert told(spans) == ["2020-01-01 2026-11-30 elsewhere"] and said(spans) == ["江苏"]
    assert [s.mark for s in lane("insurance", insurance=[{"from": "2020-01", "province": "上海"}])] == [""]


def test_back_paid_and_what_the_facts_say_of_payer_and_tax_are_marked() -> None:
    for fact, mark in (
        ({"pay_kind": "back_paid"}, "back_paid"),
        ({"payer_matches_contract": False}, "other_payer"),
        ({"tax_matches": False}, "tax_differs"),
        ({"pay_kind": "topped_up", "payer_matches_contract": True, "tax_matches": True}, ""),
    ):
        assert [s.mark for s in lane("insurance", insurance=[{"from": "2024-01", **fact}])] == [mark]


def test_only_the_months_in_which_the_contract_is_with_another_unit_are_marked() -> None:
    job = {"employer": JIA, "contract_from": "2025-07-01", "contract_until": "2028-06-30"}
    rows = [{"from": "2025-01", "employer": YI}]
    assert told(lane("insurance", insurance=rows, employment=job)) == [
        "2025-01-01 2025-06-30",
        "2025-07-01 2026-11-30? other_payer",
    ]


def test_a_payer_with_a_contract_of_its_own_is_no_other_one() -> None:
    job = {"employer": JIA, "contract_from": "2025-07-01", "contract_until": "2028-06-30"}
    other = [{"employer": YI, "from": "2025-01-01", "to": "2026-12-31"}]
    rows = [{"from": "2025-01", "employer": YI}]
    assert [s.mark for s in lane("insurance", insurance=rows, employment=job, contract=other)] == [""]


def test_where_the_payer_is_said_to_match_or_a_contract_has_no_name_nothing_is_marked() -> None:
    job = {"employer": JIA, "contract_from": "2025-01-01", "contract_until": "2028-06-30"}
    rows = [{"from": "2025-01", "employer": YI}]
    agreed = [{**rows[0], "payer_matches_contract": True}]
    assert [s.mark for s in lane("insurance", insurance=agreed, employment=job)] == [""]
    assert [s.mark for s in lane("insurance", insurance=rows, employment={**job, "dispatched": True})] == [""]
    nameless = [{"from": "2025-01-01", "to": "2026-12-31"}]
    assert [s.mark for s in lane("insurance", insurance=rows, employment=job, contract=nameless)] == [""]


def test_a_month_paid_in_two_places_or_by_two_units_overlaps_in_both() -> None:
    here = {"from": "2025-01", "to": "2025-06", "employer": JIA}
    for other in ({"province": "江苏"}, {"employer": YI}):
        spans = lane("insurance", insurance=[here, {"from": "2025-05", "to": "2026-11", **other}])
        assert [one for one in told(spans) if one.endswith("overlap")] == ["2025-05-01 2025-06-30 overlap"] * 2
    again = {"from": "2025-05", "to": "2026-11", "employer": JIA}
    assert "overlap" not in [s.mark for s in lane("insurance", insurance=[here, again])]


# --- contract, tax


def test_between_two_contracts_and_after_the_last_one_there_are_gaps() -> None:
    job = {"employer": JIA, "contract_from": "2024-01-01", "contract_until": "2026-09-30"}
    before = [{"employer": YI, "from": "2020-01-01", "to": "2023-11-30"}]
    assert told(lane("contract", employment=job, contract=before)) == [
        "2020-01-01 2023-11-30",
        "2023-12-01 2023-12-31 gap",
        "2024-01-01 2026-09-30",
        "2026-10-01 2026-11-22 gap",
    ]


def test_a_contract_without_a_term_goes_on_whatever_day_was_written() -> None:
    job = {"contract_from": "2024-01-01", "contract_until": "2026-09-30", "open_ended": True}
    assert told(lane("contract", employment=job)) == ["2024-01-01 2026-11-22?"]


def test_two_contracts_at_once_overlap_where_they_are_of_two_units() -> None:
    job = {"employer": JIA, "contract_from": "2024-01-01", "contract_until": "2028-06-30"}
    same = [{"employer": JIA, "from": "2024-01-01", "to": "2028-06-30"}]
    assert [s.mark for s in lane("contract", employment=job, contract=same)] == ["", ""]
    other = [{"employer": YI, "from": "2026-01-01", "to": "2028-06-30"}]
    assert [s.mark for s in lane("contract", employment=job, contract=other)] == ["", "overlap", "overlap"]


def test_tax_declared_by_another_unit_than_the_one_that_paid_the_insurance_is_marked() -> None:
    rows = [{"from": "2026-01", "employer": JIA}]
    assert [s.mark for s in lane("tax", insurance=rows, tax=[{"from": "2026-01", "payer": YI}])] == ["other_payer"]
    assert [s.mark for s in lane("tax", insurance=rows, tax=[{"from": "2026-01", "payer": JIA}])] == [""]
    assert [s.mark for s in lane("tax", insurance=[{"from": "2026-01"}], tax=[{"from": "2026-01", "payer": YI}])] == [
        ""
    ]


def test_tax_declared_at_nothing_and_months_without_any_are_marked() -> None:
    rows = [{"from": "2026-01", "to": "2026-03", "filed": "zero"}, {"from": "2026-05", "to": "2026-06", "income": 0}]
    assert [s.mark for s in lane("tax", tax=rows)] == ["zero_filed", "gap", "zero_filed"]


# --- permit, marriage, children


def test_days_since_the_permit_ended_are_a_gap_and_on_its_last_day_there_is_none() -> None:
    def term(until: str) -> list[str]:
        return told(lane("permit", permit={"issued": "2025-11-22", "valid_until": until}))

    assert term("2026-11-22") == ["2025-11-22 2026-11-22"]
    assert term("2026-11-21") == ["2025-11-22 2026-11-21", "2026-11-22 2026-11-22 gap"]


def test_the_lease_counts_only_for_who_lives_on_one() -> None:
    permit = {"lease_registered_until": "2027-08-31"}
    assert told(lane("permit", permit={"housing": "lease", **permit})) == ["2026-11-22? 2027-08-31"]
    assert lane("permit", permit={"housing": "own", **permit}) == ()


def test_the_points_stand_beside_the_permit() -> None:
    notice = {"issued": "2026-05-20", "valid_until": "2027-05-09"}
    assert said(lane("permit", permit={"valid_until": "2027-05-09"}, notice=notice)) == ["积分", "居住证"]


def test_a_marriage_lasts_and_one_whose_day_is_not_known_is_not_drawn() -> None:
    assert told(lane("marriage", spouse={"married": "2016-10-01"})) == ["2016-10-01 2026-11-22?"]
    assert lane("marriage", spouse={"name": "李某"}) == ()


def test_a_child_goes_through_school_and_its_own_papers_run_out() -> None:
    child = {"entered_primary": 2018, "permit_valid_until": "2026-10-31", "study_proof_until": "2027-06-30"}
    spans = lane("child.0", child=[child])
    assert told(spans) == [
        "2018-09-01 2023-08-31",
        "2023-09-01 2027-08-31",
        "2026-10-31? 2026-10-31",
        "2026-11-01 2026-11-22 gap",
        "2026-11-22? 2027-06-30",
        "2027-09-01 2030-08-31",
    ]
    assert said(spans) == ["小学", "初中", "居住证", "在读证明", "高中"]


# --- what a risk rests on


def test_a_risk_rests_on_the_spans_of_its_facts_within_the_days_it_names() -> None:
    rows = [{"from": "2024-01", "to": "2024-03"}, {"from": "2024-06", "to": "2026-11"}]
    made = lanes(validate({"insurance": rows, "permit": {"valid_until": "2027-01-31"}}), ON)
    gap = concerned(made, ["insurance"], {"first": "2024-04", "last": "2024-05"})
    assert told(tuple(gap)) == ["2024-04-01 2024-05-31 gap"]
    assert [span.paths for span in concerned(made, ["insurance.1"], {})] == [("insurance.1",)]
    assert [span.paths for span in concerned(made, ["insurance.1.base"], {"month": "2026-01"})] == [("insurance.1",)]
    assert [span.last for span in concerned(made, ["permit.valid_until"], {})] == [date(2027, 1, 31)]
    assert concerned(made, ["archive.location"], {}) == []
    assert concerned(made, ["insurance.10"], {}) == []


# --- whatever the facts


@given(applicants(), law_days)
def test_spans_are_whole_and_their_words_can_be_said(applicant: Applicant, on: date) -> None:
    made = lanes(applicant, on)
    for one in made:
        for span in one.spans:
            assert span.first <= span.last
            assert span.mark == "" or span.mark in MARKS
            assert span.paths
            for language in LANGUAGES:
                assert span.label is None or say(span.label, language)
                assert say(one.name, language)


@given(applicants(), law_days, st.sampled_from(["insurance", "contract", "tax"]))
def test_no_day_of_a_gap_is_in_any_span_and_pieces_of_a_row_do_not_meet(
    applicant: Applicant, on: date, name: str
) -> None:
    spans = next(one.spans for one in lanes(applicant, on) if one.id == name)
    for n, one in enumerate(spans):
        for other in spans[n + 1 :]:
            if "gap" in (one.mark, other.mark) or one.paths == other.paths:
                assert not one.meets(other.first, other.last)


@given(applicants(), law_days)
def test_cutting_loses_no_day_of_a_row(applicant: Applicant, on: date) -> None:
    insured: Lane = lanes(applicant, on)[2]
    for n, row in enumerate(applicant.insurance):
        pieces = [span for span in insured.spans if span.paths == (f"insurance.{n}",) and span.mark != "gap"]
        if row.evidence == "rejected" or row.from_ is None or row.to is None:
            continue
        assert (pieces[0].first, pieces[-1].last) == (row.from_.first_day(), row.to.last_day())
        assert all(later.first == one.last + DAY for one, later in pairwise(pieces))


def test_every_mark_has_a_word() -> None:
    for language in LANGUAGES:
        assert len({word(f"mark.{mark}", language) for mark in MARKS}) == len(MARKS)
