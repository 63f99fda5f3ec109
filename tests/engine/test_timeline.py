"""The timeline: each edge from the day before to the day itself, with its cause; and what follows from the steps."""

from datetime import date, timedelta
from typing import Any

import pytest
from assessing import POLICY, paid, points
from lives import answering

from engine.document import validate
from engine.policy import NoLaw, Policy
from engine.reason import Reason
from engine.timeline import Change, Timeline, first_reached, timeline
from engine.words import say

Document = dict[str, Any]
ONE_DAY = timedelta(days=1)


def between(document: Document, on: str, until: str, policy: Policy = POLICY) -> Timeline:
    return timeline(validate(document), policy, date.fromisoformat(on), date.fromisoformat(until))


def edge(document: Document, indicator: str, day: str, policy: Policy = POLICY) -> Change:
    """What moves the indicator on the day, seen from the day before; nothing moves on the day after."""
    on = date.fromisoformat(day)
    found = timeline(validate(document), policy, on - ONE_DAY, on + ONE_DAY)
    assert [step.day for step in found.steps] == [on - ONE_DAY, on]
    (change,) = (change for change in found.steps[1].changes if change.indicator == indicator)
    if policy is POLICY:
        assert points(document, indicator, str(on - ONE_DAY)) == change.before
        assert points(document, indicator, day) == change.after
    return change


def moved(document: Document, indicator: str, day: str, policy: Policy = POLICY) -> tuple[int, int, Reason]:
    change = edge(document, indicator, day, policy)
    return change.before, change.after, change.because


# Birthdays and anniversaries


@pytest.mark.parametrize(
    ("born", "day", "before", "after", "years"),
    [
        ("2008-03-07", "2026-03-07", 0, 30, 18),
        ("1983-03-07", "2027-03-07", 30, 29, 44),
        ("1983-03-07", "2028-03-07", 29, 27, 45),
        ("1971-03-07", "2027-03-07", 7, 5, 56),
        ("1966-03-07", "2027-03-07", 5, 0, 61),
    ],
)
def test_a_birthday(born: str, day: str, before: int, after: int, years: int) -> None:
    assert moved({"birth_date": born}, "age", day) == (before, after, Reason("because.birthday", {"years": years}))


def test_a_birthday_of_29_february_is_on_1_march_in_a_common_year() -> None:
    assert moved({"birth_date": "1984-02-29"}, "age", "2029-03-01")[2].values == {"years": 45}
    assert moved({"birth_date": "1984-02-29"}, "age", "2028-02-29")[2].values == {"years": 44}


def test_the_birthdays_that_change_nothing_are_no_steps() -> None:
    assert len(between({"birth_date": "1990-03-07"}, "2026-11-22", "2034-03-06").steps) == 1


def test_a_further_year_of_marriage_up_to_the_tenth() -> None:
    document = {"spouse": {"married": "2016-02-29", "shanghai_hukou": True}}
    assert moved(document, "spouse", "2026-03-01") == (36, 40, Reason("because.married", {"years": 10}))
    assert len(between(document, "2026-03-01", "2036-03-01").steps) == 1


def test_the_fifth_year_of_public_service() -> None:
    document = {"service": [{"kind": "public", "from": "2022-03-01"}]}
    assert moved(document, "public_service", "2027-03-01") == (0, 20, Reason("because.service", {"years": 5}))


def test_a_year_of_service_with_a_hole_is_full_by_so_many_days_later() -> None:
    """2022 and half of 2023, nothing for ten days, on: the fifth year is full ten days after the anniversary."""
    rows = [{"kind": "public", "from": "2022-01-01", "to": "2023-06-30"}, {"kind": "public", "from": "2023-07-11"}]
    assert moved({"service": rows}, "public_service", "2027-01-11")[:2] == (0, 20)


def test_a_year_of_service_is_full_on_the_day_after_the_last_one() -> None:
    rows = [{"kind": "suburb", "from": "2022-01-01", "to": "2026-12-31"}]
    before, after, because = moved({"service": rows}, "suburb", "2027-01-01")
    assert (before, after) == (0, 10)
    assert because == Reason("because.suburb", {"area_word": "value.service.kind.suburb", "years": 5})
    assert len(between({"service": rows}, "2027-01-01", "2047-01-01").steps) == 1


def test_the_third_year_in_lingang() -> None:
    document = {"service": [{"kind": "lingang", "from": "2024-05-05"}]}
    assert moved(document, "suburb", "2027-05-05")[:2] == (0, 6)


# Months


def test_a_month_completes_a_year_of_insurance() -> None:
    """January 2020 to December 2026 are 84 months, counted from 1 January 2027 on."""
    because = moved({"insurance": [paid("2020-01", None)]}, "insurance_years", "2027-01-01")
    assert because == (18, 21, Reason("because.insurance_year", {"years": 7, "months": 84}))
    assert say(because[2], "zh") == "缴满第 7 年（累计 84 个月）"
    assert say(because[2], "en") == "year 7 of insurance is full (84 months)"


def test_months_with_a_hole_between_them_complete_a_year_together() -> None:
    rows = [paid("2025-01", "2025-07"), paid("2025-10", "2026-02")]
    assert moved({"insurance": rows}, "insurance_years", "2026-03-01")[:2] == (0, 3)
    assert len(between({"insurance": rows}, "2026-03-01", "2036-03-01").steps) == 1


def test_the_thirty_sixth_month_enters_the_window() -> None:
    """June 2023 to May 2026 at 1x: counted from 1 June 2026 on, with May the last."""
    before, after, because = moved({"insurance": [paid("2023-06", None, 11396)]}, "contribution_base", "2026-06-01")
    assert (before, after) == (0, 50)
    assert because == Reason(
        "because.band_reached", {"month": "2026-05", "band_word": "band.band_1", "need": 36, "window": 48}
    )
    assert say(because, "zh") == "2026-05 计入后，近 48 个月满 36 个月达到 1 倍"


def test_the_thirty_sixth_month_leaves_the_window() -> None:
    """June 2022 to May 2025: on 1 July 2026 the last 48 begin with July 2022."""
    before, after, because = moved(
        {"insurance": [paid("2022-06", "2025-05", 11396)]}, "contribution_base", "2026-07-01"
    )
    assert (before, after) == (50, 0)
    assert because == Reason(
        "because.band_lost", {"month": "2022-06", "band_word": "band.band_1", "need": 36, "window": 48}
    )
    assert say(because, "en") == "2022-06 leaves the last 48 months, fewer than 36 are at 1x"


def test_the_twenty_fourth_month_at_three_times() -> None:
    rows = [paid("2021-01", "2024-05", 11396), paid("2024-06", None, 34188)]
    before, after, because = moved({"insurance": rows}, "contribution_base", "2026-06-01")
    assert (before, after) == (50, 120)
    assert because.values == {"month": "2026-05", "band_word": "band.band_3", "need": 24, "window": 36}


def test_a_month_that_leaves_takes_one_band_and_leaves_the_one_below() -> None:
    """36 months at 2x, then 1x: the highest band falls to the next, for months above count below too."""
    rows = [paid("2022-06", "2025-05", 22792), paid("2025-06", None, 11396)]
    before, after, because = moved({"insurance": rows}, "contribution_base", "2026-07-01")
    assert (before, after) == (100, 50)
    assert because.values["band_word"] == "band.band_2"


SENIOR = {"kind": "title", "level": "senior", "obtained": "2020-01-01"}


def test_the_sixth_month_at_the_base_a_title_needs() -> None:
    document = {"qualification": [SENIOR], "insurance": [paid("2025-12", None, 11396)]}
    before, after, because = moved(document, "title", "2026-06-01")
    assert (before, after) == (0, 140)
    assert because == Reason(
        "because.title_base_reached",
        {"month": "2026-05", "grade_word": "grade.title.senior", "need": 6, "window": 12},
    )


def test_the_sixth_month_at_the_base_leaves_the_twelve() -> None:
    document = {"qualification": [SENIOR], "insurance": [paid("2025-06", "2025-11", 11396)]}
    before, after, because = moved(document, "title", "2026-07-01")
    assert (before, after) == (140, 0)
    assert (because.code, because.values["month"]) == ("because.title_base_lost", "2025-06")


def test_where_the_month_of_the_day_counts_a_month_enters_on_its_first_day() -> None:
    same_month = answering("same_month")
    document = {"insurance": [paid("2023-07", None, 11396)]}
    before, after, because = moved(document, "contribution_base", "2026-06-01", same_month)
    assert (before, after, because.values["month"]) == (0, 50, "2026-06")
    assert moved(document, "insurance_years", "2026-06-01", same_month)[:2] == (6, 9)


def test_a_new_reference_is_told_where_all_months_are_compared_with_the_latest() -> None:
    """July 2023 counts from 1 August on: 11396 instead of 10338 for all months."""
    document = {"insurance": [paid("2020-01", None, 10338)]}
    before, after, because = moved(document, "contribution_base", "2023-08-01", answering("latest_month"))
    assert (before, after) == (50, 25)
    assert because == Reason("because.reference", {"month": "2023-07", "yuan": 11396})


# Days that are written in the facts

BACHELOR = {"level": "bachelor", "degree": "bachelor", "form": "full_time", "graduated": "2026-07-01"}


def test_a_diploma() -> None:
    because = Reason("because.graduates", {"schooling_word": "schooling.bachelor_degree"})
    assert moved({"education": [BACHELOR]}, "education", "2026-07-01") == (0, 90, because)
    assert say(because, "zh") == "毕业：本科和学士学位"


def test_the_diploma_of_a_shortage_major() -> None:
    document = {"education": [BACHELOR | {"shortage_major": True}], "employment": {}}
    because = Reason("because.shortage_graduates", {"level_word": "value.education.level.bachelor"})
    assert moved(document, "shortage_specialty", "2026-07-01") == (0, 30, because)


def test_the_june_of_a_fresh_graduate() -> None:
    """10 points from the graduation to 30 June of the next year; on 1 July no more."""
    document = {"education": [BACHELOR]}
    until = {"until": "2027-06-30"}
    assert moved(document, "fresh_graduate", "2026-07-01") == (0, 10, Reason("because.fresh_graduate_begins", until))
    assert moved(document, "fresh_graduate", "2027-07-01") == (10, 0, Reason("because.fresh_graduate_ends", until))


def test_a_skill_is_obtained() -> None:
    document = {"qualification": [{"kind": "skill", "level": "3", "obtained": "2026-05-05"}]}
    because = Reason("because.obtained", {"grade_word": "grade.skill.3"})
    assert moved(document, "title", "2026-05-05") == (0, 60, because)


def test_an_award_is_granted() -> None:
    document = {"award": [{"level": "provincial", "granted": "2026-05-05"}]}
    because = Reason("because.granted", {"level_word": "value.award.level.provincial"})
    assert moved(document, "award", "2026-05-05") == (0, 110, because)


def test_talent_begins_on_its_day_and_ends_on_the_day_after_its_last() -> None:
    document = {"talent": [{"kind": "entrepreneur", "from": "2025-01-01", "to": "2026-12-31"}]}
    kinds = {"kinds_word": ["value.talent.kind.entrepreneur"]}
    assert moved(document, "talent", "2025-01-01") == (0, 120, Reason("because.talent_begins", kinds))
    assert moved(document, "talent", "2027-01-01") == (120, 0, Reason("because.talent_ends", kinds))


def test_of_two_kinds_of_talent_the_one_that_ends_is_named() -> None:
    rows = [
        {"kind": "entrepreneur", "from": "2025-01-01"},
        {"kind": "intermediary", "from": "2025-01-01", "to": "2026-12-31"},
    ]
    before, after, because = moved({"talent": rows}, "talent", "2027-01-01")
    assert (before, after) == (240, 120)
    assert because.values == {"kinds_word": ["value.talent.kind.intermediary"]}


@pytest.mark.parametrize(
    ("kind", "worth", "years", "ends"),
    [
        ("false_materials", -150, 3, "2027-05-05"),
        ("detention", -50, 5, "2029-05-05"),
        ("sentence", -150, 5, "2029-05-05"),
    ],
)
def test_a_deduction_from_its_day_to_its_anniversary(kind: str, worth: int, years: int, ends: str) -> None:
    document = {"birth_date": "1990-03-07", "offence": [{"kind": kind, "date": "2024-05-05"}]}
    assert moved(document, kind, "2024-05-05") == (0, worth, Reason("because.deduction_begins", {}))
    assert moved(document, kind, ends) == (worth, 0, Reason("because.deduction_ends", {"years": years}))


def test_three_other_years_of_investment_from_1_january_on() -> None:
    rows = [{"company": "甲", "year": year, "tax_paid": 1_000_000} for year in (2024, 2025, 2026)]
    assert moved({"investment": rows}, "investment", "2027-01-01") == (
        0,
        100,
        Reason("because.calendar_year", {"first": 2024, "last": 2026}),
    )
    assert moved({"investment": rows}, "investment", "2028-01-01")[:2] == (100, 0)


# A veto, and the law


def test_a_veto_takes_the_verdict_and_leaves_the_total() -> None:
    document = {
        "birth_date": "1990-03-07",
        "education": [BACHELOR],
        "offence": [{"kind": "serious_crime", "date": "2026-08-08"}],
    }
    found = between(document, "2026-08-07", "2026-08-09")
    before, after = found.steps
    assert (after.day, before.total, after.total) == (date(2026, 8, 8), 130, 130)
    assert (before.reached, after.reached, after.vetoed, after.changes) == (True, False, True, ())
    assert after.because == Reason("because.veto", {"kinds_word": ["veto.serious_crime"]})
    assert found.first_lost == date(2026, 8, 8)


def test_a_veto_of_whoever_has_not_reached_the_threshold_is_no_step_of_its_own() -> None:
    document = {"birth_date": "1990-03-07", "offence": [{"kind": "serious_crime", "date": "2026-08-08"}]}
    found = between(document, "2026-08-01", "2034-03-07")
    assert [(step.day, step.vetoed) for step in found.steps] == [(date(2026, 8, 1), False), (date(2034, 3, 7), True)]


def test_a_new_version_of_the_law() -> None:
    """Three years in Lingang count since 2023; talent, and 3x, since July 2015."""
    document = {"service": [{"kind": "lingang", "from": "2019-05-05"}]}
    before, after, because = moved(document, "suburb", "2023-01-01")
    assert (before, after, because.code, because.values["version"]) == (0, 6, "because.law", "2023")
    talent = {"talent": [{"kind": "entrepreneur", "from": "2015-01-01"}]}
    assert moved(talent, "talent", "2015-07-01")[2].values["version"] == "2015"


def test_what_happens_on_the_day_of_a_new_law_and_would_have_under_the_old_one_is_told_as_ever() -> None:
    document = {"insurance": [paid("2020-01", None)], "talent": [{"kind": "entrepreneur", "from": "2015-07-01"}]}
    assert moved(document, "insurance_years", "2023-01-01")[2].code == "because.insurance_year"
    assert moved(document, "talent", "2015-07-01")[2].code == "because.law"  # there was no such item before


def test_other_figures_within_a_version_are_no_new_version() -> None:
    document = {"birth_date": "1990-03-07", "insurance": [paid("2010-01", None)]}
    found = between(document, "2021-06-30", "2021-07-01", answering("figures"))
    (change,) = found.steps[1].changes
    assert (change.before, change.after, change.because.code) == (33, 44, "because.figures")
    assert found.steps[1].because == change.because  # the threshold is another one as well


# Education or title


def test_a_title_that_is_worth_more_takes_the_place_of_the_education() -> None:
    skill = {"kind": "skill", "level": "2", "obtained": "2026-08-08"}
    document = {"education": [BACHELOR], "qualification": [skill], "insurance": [paid("2024-01", None, 20000)]}
    found = between(document, "2026-08-07", "2026-08-08")
    assert [(c.indicator, c.before, c.after, c.because.code) for c in found.steps[1].changes] == [
        ("education", 90, 0, "because.not_taken"),
        ("title", 0, 100, "because.obtained"),
    ]
    assert say(found.steps[1].changes[0].because, "zh") == "职称/技能分更高，改计那一项"


def test_the_education_takes_its_place_again_when_the_title_loses_its_base() -> None:
    skill = {"kind": "skill", "level": "2", "obtained": "2020-08-08"}
    document = {"education": [BACHELOR], "qualification": [skill], "insurance": [paid("2026-01", "2026-12", 20000)]}
    found = between(document, "2027-07-31", "2027-08-01")
    assert [(c.indicator, c.before, c.after, c.because.code) for c in found.steps[1].changes] == [
        ("education", 0, 90, "because.taken"),
        ("title", 100, 0, "because.title_base_lost"),
    ]


def test_an_equal_education_is_counted_in_place_of_the_title_though_the_total_stays() -> None:
    master = {"level": "master", "degree": "master", "graduated": "2026-07-01"}
    skill = {"kind": "skill", "level": "2", "obtained": "2020-08-08"}
    document = {"education": [master], "qualification": [skill], "insurance": [paid("2024-01", None, 20000)]}
    found = between(document, "2026-06-30", "2026-07-01")
    before, after = found.steps
    assert before.total == after.total
    assert [(c.indicator, c.before, c.after) for c in after.changes] == [("education", 0, 100), ("title", 100, 0)]


# What follows from the steps

LATE = {"birth_date": "1984-06-30", "education": [BACHELOR], "insurance": [paid("2026-01", "2028-12")]}


def test_first_day_in_first_day_out() -> None:
    """30, 90 and 10 from graduation on; at 48 still 21, 90 and 9 for three years of insurance; at 49 118."""
    found = between(LATE, "2026-06-01", "2036-06-01")
    assert found.first_reached == date(2026, 7, 1)
    assert found.first_lost == date(2033, 6, 30)
    assert found.next_change == date(2026, 7, 1)
    assert first_reached(validate(LATE), POLICY, date(2026, 6, 1), date(2036, 6, 1)) == date(2026, 7, 1)


def test_whoever_has_reached_it_has_on_the_day_itself() -> None:
    assert between(LATE, "2026-08-01", "2026-08-01").first_reached == date(2026, 8, 1)


def test_whoever_never_reaches_it_loses_nothing() -> None:
    found = between({"birth_date": "1990-03-07"}, "2026-11-22", "2066-11-22")
    assert (found.first_reached, found.first_lost, found.carried_by) == (None, None, ())
    assert first_reached(validate({}), POLICY, date(2026, 11, 22), date(2066, 11, 22)) is None


def test_the_lines_that_carry_it() -> None:
    """30, 90 and 6: without the months it is still 120."""
    document = {"birth_date": "1990-03-07", "education": [BACHELOR], "insurance": [paid("2024-08", None)]}
    assert between(document, "2026-11-22", "2026-11-22").carried_by == ("age", "education")


def test_a_title_does_not_carry_where_the_education_would_do() -> None:
    skill = {"kind": "skill", "level": "2", "obtained": "2020-08-08"}
    document = {"birth_date": "1990-03-07", "education": [BACHELOR], "qualification": [skill]}
    document["insurance"] = [paid("2026-04", None, 20000)]
    assert between(document, "2026-11-22", "2026-11-22").carried_by == ("age",)


def test_nothing_carries_what_is_vetoed() -> None:
    document = LATE | {"offence": [{"kind": "serious_crime", "date": "2020-01-01"}]}
    assert between(document, "2026-11-22", "2026-11-22").carried_by == ()


@pytest.mark.parametrize(
    ("rows", "months", "lost_on"),
    [
        ([paid("2022-06", None, 11396)], 12, "2027-07-01"),  # 48 of 48: twelve may be missed
        ([paid("2023-06", None, 11396)], 12, "2027-07-01"),  # 36 of the last 36: the twelve before them leave first
        ([paid("2022-06", "2025-05", 11396)], 0, "2026-07-01"),  # 36, then twelve missed: the next one costs the band
        ([paid("2022-01", "2025-12", 11396)], 7, "2027-02-01"),
        ([paid("2024-01", None, 34188)], 12, "2027-07-01"),  # 3x: 24 of 36
    ],
)
def test_months_that_may_still_be_missed(rows: list[Document], months: int, lost_on: str) -> None:
    slack = between({"insurance": rows}, "2026-06-15", "2026-06-15").slack["contribution_base"]
    assert (slack.months, slack.lost_on) == (months, date.fromisoformat(lost_on))


def test_the_months_to_spare_in_words() -> None:
    slack = between({"insurance": [paid("2022-06", None, 11396)]}, "2026-06-15", "2026-06-15").slack
    assert say(slack["contribution_base"].reason, "zh") == "1 倍还可缺 12 个月；再缺，2027-07-01 起失去"
    none = between({"insurance": [paid("2022-06", "2025-05", 11396)]}, "2026-06-15", "2026-06-15").slack
    assert (
        say(none["contribution_base"].reason, "en")
        == "1x: no month may be missed; without 2026-06 it is lost on 2026-07-01"
    )


def test_the_months_of_a_title_that_may_still_be_missed() -> None:
    document = {"qualification": [SENIOR], "insurance": [paid("2025-06", None, 11396)]}
    slack = between(document, "2026-06-15", "2026-06-15").slack
    assert list(slack) == ["title"]
    assert (slack["title"].months, slack["title"].lost_on) == (6, date(2027, 1, 1))


@pytest.mark.parametrize(
    "document",
    [
        {},
        {"insurance": [paid("2025-06", None, 11396)]},  # no band yet
        {"qualification": [{"kind": "skill", "level": "3", "obtained": "2020-01-01"}]},  # needs no base
        {"qualification": [SENIOR]},  # has no base
    ],
)
def test_nothing_to_spare_where_nothing_is_held_by_months(document: Document) -> None:
    assert between(document, "2026-06-15", "2026-06-15").slack == {}


def test_where_it_stands_on_the_day_by_which_the_points_must_be_renewed() -> None:
    """The last day of the notice, else of the permit; on that day itself, the 44th birthday."""
    document = {"birth_date": "1983-05-09", "permit": {"valid_until": "2027-05-09"}}
    renewal = between(document, "2026-11-22", "2026-11-22").renewal
    assert renewal is not None
    assert (renewal.day, renewal.total, renewal.reached) == (date(2027, 5, 9), 29, False)
    noticed = between(document | {"notice": {"valid_until": "2027-05-08"}}, "2026-11-22", "2026-11-22").renewal
    assert noticed is not None
    assert (noticed.day, noticed.total) == (date(2027, 5, 8), 30)
    on_the_day = between(document, "2027-05-09", "2027-05-09").renewal
    assert on_the_day is not None
    assert on_the_day.day == date(2027, 5, 9)


def test_a_renewal_that_is_past_or_unknown_is_not_told() -> None:
    assert between({"permit": {"valid_until": "2026-11-21"}}, "2026-11-22", "2026-11-22").renewal is None
    assert between({}, "2026-11-22", "2026-11-22").renewal is None


def test_after_the_text_of_the_law_has_ended_every_step_is_provisional() -> None:
    found = between({"birth_date": "1983-11-22"}, "2026-11-22", "2029-11-22")
    assert [(str(step.day), step.provisional) for step in found.steps] == [
        ("2026-11-22", False),
        ("2027-11-22", False),
        ("2028-11-22", True),
        ("2029-11-22", True),
    ]
    assert found.steps[2].changes[0].provisional


# Spans


def test_the_first_step_is_the_day_asked_about_and_the_last_day_counts() -> None:
    document = {"birth_date": "1982-11-22"}
    assert [step.changes for step in between(document, "2026-11-22", "2026-11-22").steps] == [()]
    assert len(between(document, "2026-11-21", "2026-11-21").steps) == 1
    assert len(between(document, "2026-11-21", "2026-11-22").steps) == 2


def test_a_day_before_the_first_law_is_an_error() -> None:
    with pytest.raises(NoLaw):
        between({}, "2013-06-30", "2026-11-22")
    with pytest.raises(NoLaw):
        first_reached(validate({}), POLICY, date(2013, 6, 30), date(2026, 11, 22))


def test_a_span_that_ends_before_it_begins_is_an_error() -> None:
    with pytest.raises(ValueError, match="before"):
        between({}, "2026-11-22", "2026-11-21")


def test_to_the_end_of_the_calendar() -> None:
    document = {
        "birth_date": "2190-02-28",
        "insurance": [paid("2190-01", None, 11396)],
        "qualification": [SENIOR],
        "service": [
            {"kind": "public", "from": "2020-01-01", "to": "2021-12-30"},
            {"kind": "public", "from": "2190-01-01"},
        ],
        "spouse": {"married": "2199-12-31", "shanghai_hukou": True},
        "talent": [{"kind": "entrepreneur", "from": "2199-12-31", "to": "2199-12-31"}],
    }
    found = between(document, "9950-01-01", "9999-12-31")
    assert found.steps[-1].day == date(9999, 1, 2)
