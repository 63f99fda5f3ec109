"""The backward plan of an application: the last safe day of every step from the notice back to the permit."""

from typing import Any

import pytest
from backplans import ANYWHERE, IN_FORCE, READY, codes, day, days, plan, step

from engine.backward import chances
from engine.document import validate
from engine.exams import Exam, load

APPLICATION = ["archive", "determination", "hand_in", "notice", "returned"]


def zhongkao_2026() -> Exam:
    found = load().exam("zhongkao", 2026)
    assert found is not None
    return found


class TestTheTable:
    """The last safe day to hand in, for the first check, the end of group and of late registration of zhongkao 2026."""

    @pytest.mark.parametrize(
        ("need", "pessimistic", "optimistic"),
        [
            ("2025-12-02", "2025-08-16", "2025-10-21"),
            ("2026-01-30", "2025-10-14", "2025-12-19"),
            ("2026-05-07", "2026-01-19", "2026-03-26"),
        ],
    )
    def test_in_ordinary_days(self, need: str, pessimistic: str, optimistic: str) -> None:
        """At worst 60 days of archive check, 20 of a return, 28 of determination; at best 14 and 28."""
        assert days(plan(ANYWHERE, need, working=False), "hand_in") == (pessimistic, optimistic)

    # On working days: 43 (60 days), 15 (20 days) and 20 before the need day at worst, 10 (14 days) and 20 at best.
    # Counted by hand, each note from the later day back: how many of the days are reached at which date.
    @pytest.mark.parametrize(
        ("need", "determination", "returned", "pessimistic", "optimistic"),
        [
            # 1 Dec 1; 28-24 Nov 6; 21-17 11; 14-10 16; 7, 6, 5, 4 Nov 20.
            # At best 3 Nov 1; 31-27 Oct 6; 24, 23, 22, 21 Oct 10.
            # At worst 3 Nov 1; 31-27 Oct 6; 24-20 11; 17, 16, 15, 14 Oct 15; then 13 Oct 1; 11 (Saturday worked), 10,
            # 9 Oct 4; 8-1 off; 30, 29 Sep 6; 28 (Sunday worked) 7; 26-22 12; 19-15 17; 12-8 22; 5-1 27; 29-25 Aug 32;
            # 22-18 37; 15-11 42; 8 Aug 43
            ("2025-12-02", "2025-11-04", "2025-10-14", "2025-08-08", "2025-10-21"),
            # 29-26 Jan 4; 23-19 9; 16-12 14; 9-5 19; 4 Jan (Sunday worked) 20.
            # At best 3-1 off; 31-29 Dec 3; 26-22 8; 19, 18 Dec 10.
            # At worst 31-29 Dec 3; 26-22 8; 19-15 13; 12, 11 Dec 15; then 10-8 Dec 3; 5-1 8; 28-24 Nov 13; 21-17 18;
            # 14-10 23; 7-3 28; 31-27 Oct 33; 24-20 38; 17-13 Oct 43
            ("2026-01-30", "2026-01-04", "2025-12-11", "2025-10-13", "2025-12-18"),
            # 6 May 1; 5-1 off; 30-27 Apr 5; 24-20 10; 17-13 15; 10-7 19; 6 off; 3 Apr 20.
            # At best 2, 1 Apr, 31, 30 Mar 4; 27-23 9; 20 Mar 10.
            # At worst 2, 1 Apr, 31, 30 Mar 4; 27-23 9; 20-16 14; 13 Mar 15; then 12-9 Mar 4; 6-2 9; 28 Feb (Saturday
            # worked) 10; 27-24 14; 23-15 Spring Festival; 14 (Saturday worked) 15; 13-9 20; 6-2 25; 30-26 Jan 30;
            # 23-19 35; 16-12 40; 9, 8, 7 Jan 43
            ("2026-05-07", "2026-04-03", "2026-03-13", "2026-01-07", "2026-03-20"),
            # The first day after the Spring Festival: 14 Feb (Saturday worked) 1; 13-9 6; 6-2 11; 30-26 Jan 16; 23-20
            # Jan 20.
            # At best 19 Jan 1; 16-12 6; 9-6 Jan 10.
            # At worst 19 Jan 1; 16-12 6; 9-5 11; 4 (Sunday worked) 12; 3-1 off; 31, 30, 29 Dec 15; then 26-22 5; 19-15
            # 10; 12-8 15; 5-1 20; 28-24 Nov 25; 21-17 30; 14-10 35; 7-3 40; 31, 30, 29 Oct 43
            ("2026-02-24", "2026-01-20", "2025-12-29", "2025-10-29", "2026-01-06"),
        ],
    )
    def test_on_working_days(
        self, need: str, determination: str, returned: str, pessimistic: str, optimistic: str
    ) -> None:
        found = plan(ANYWHERE, need)
        assert days(found, "determination") == (determination, determination)
        assert days(found, "returned") == (returned, determination)
        assert days(found, "hand_in") == days(found, "archive") == (pessimistic, optimistic)


class TestTheChancesOfAnExamination:
    """The first check, and the end of each registration."""

    def test_each_has_its_own_last_day_to_hand_in(self) -> None:
        found = chances(validate(ANYWHERE), zhongkao_2026(), day("2025-06-02"))
        assert [
            (chance.event, chance.day.isoformat(), chance.hand_in.pessimistic.day.isoformat()) for chance in found
        ] == [
            ("document_check", "2025-12-02", "2025-08-08"),
            ("group_registration", "2026-01-30", "2025-10-13"),
            ("individual_registration", "2026-02-28", "2025-11-04"),
            ("late_registration", "2026-05-07", "2026-01-07"),
        ]

    def test_those_past_are_none_and_those_too_late_say_so(self) -> None:
        found = chances(validate(ANYWHERE), zhongkao_2026(), day("2026-02-02"))
        assert [(chance.event, chance.hand_in.state) for chance in found] == [
            ("individual_registration", "gone"),
            ("late_registration", "tight"),
        ]

    def test_points_in_force_need_none(self) -> None:
        assert chances(validate(IN_FORCE), zhongkao_2026(), day("2025-06-02")) == []


class TestWhatIsKnownOfTheCase:
    def test_a_case_that_is_ready_takes_the_application_and_nothing_else(self) -> None:
        found = plan(READY, "2026-05-07")
        assert (found.kind, codes(found), found.unknown) == ("new", APPLICATION, ())

    @pytest.mark.parametrize(
        ("archive", "reason", "pessimistic", "optimistic"),
        [
            # 13 March and 3 April, where the check must be through, less 10 working days (14 days)
            ({"location": "shanghai_centre"}, "archive_here", "2026-02-28", "2026-03-20"),
            # less 43 (60 days) and 22 (30 days)
            ({"location": "hukou_centre"}, "archive_elsewhere", "2026-01-07", "2026-03-04"),
            ({"location": "school"}, "archive_elsewhere", "2026-01-07", "2026-03-04"),
            ({"location": "self"}, "archive_self", "2026-01-07", "2026-03-04"),
            ({"location": "lost"}, "archive_lost", "2026-01-07", "2026-03-04"),
            ({"location": "unknown"}, "archive_unknown", "2026-01-07", "2026-03-20"),
            ({}, "archive_unknown", "2026-01-07", "2026-03-20"),
            # called in, and there since the day asked; a day later it is still on its way
            ({"location": "school", "arrived": "2025-06-02"}, "archive_here", "2026-02-28", "2026-03-20"),
            ({"location": "school", "arrived": "2025-06-03"}, "archive_elsewhere", "2026-01-07", "2026-03-04"),
        ],
    )
    def test_where_the_archive_is(self, archive: Any, reason: str, pessimistic: str, optimistic: str) -> None:
        found = plan(READY | {"archive": archive}, "2026-05-07")
        assert days(found, "archive") == (pessimistic, optimistic)
        assert step(found, "archive").reason.code == f"backward.{reason}"
        assert found.unknown == (("archive.location",) if reason == "archive_unknown" else ())

    @pytest.mark.parametrize(
        ("account", "reason", "pessimistic", "optimistic"),
        [
            # before the hand-in on 28 February and 20 March: 22 and 11 working days (30 and 15 days)
            ("unregistered", "employer_account", "2026-01-22", "2026-03-05"),
            ("registered", "employer_account", "2026-01-22", "2026-03-05"),
            ("locked", "employer_account", "2026-01-22", "2026-03-05"),
            ("not_eligible", "employer_not_eligible", "2026-01-22", "2026-03-05"),
            # perhaps there is one: at best nothing is to be done
            ("unknown", "employer_unknown", "2026-01-22", "2026-03-20"),
            (None, "employer_unknown", "2026-01-22", "2026-03-20"),
        ],
    )
    def test_whether_the_employer_has_an_account(
        self, account: str | None, reason: str, pessimistic: str, optimistic: str
    ) -> None:
        found = plan(READY | {"employment": {"points_account": account} if account else {}}, "2026-05-07")
        assert days(found, "employer_account") == (pessimistic, optimistic)
        assert step(found, "employer_account").reason.code == f"backward.{reason}"
        assert found.unknown == (("employment.points_account",) if reason == "employer_unknown" else ())

    def test_registration_and_permit_run_side_by_side_before_the_hand_in(self) -> None:
        found = plan(READY | {"employment": {"points_account": "unregistered"}, "permit": {}}, "2026-05-07")
        alone = plan(READY | {"employment": {"points_account": "unregistered"}}, "2026-05-07")
        assert days(found, "employer_account") == days(alone, "employer_account")

    @pytest.mark.parametrize("permit", [None, {"kind": "temporary", "valid_until": "2030-01-01"}])
    def test_without_a_permit_it_comes_first_and_its_data_take_three_working_days(self, permit: Any) -> None:
        document = {key: value for key, value in READY.items() if key != "permit"}
        found = plan(document | ({"permit": permit} if permit else {}), "2026-05-07")
        # the card three working days before 28 February and 20 March; 15 to 20 working days to be issued
        assert days(found, "permit_data") == ("2026-02-25", "2026-03-17")
        assert days(found, "permit") == ("2026-01-21", "2026-02-25")

    @pytest.mark.parametrize(
        ("on", "waits"),
        [
            # fetched on Friday 13 February: the 14th (worked), the 24th and the 25th are the three working days
            ("2026-02-13", True),
            ("2026-02-24", True),
            ("2026-02-25", False),
        ],
    )
    def test_a_card_just_fetched_waits_three_working_days(self, on: str, waits: bool) -> None:
        permit = {"valid_until": "2031-02-09", "collected": "2026-02-13"}
        found = plan(READY | {"permit": permit}, "2026-07-01", on=on)
        assert ("permit_data" in codes(found)) is waits
        if waits:
            assert step(found, "permit_data").reason.code == "backward.permit_data"

    @pytest.mark.parametrize(
        ("on", "steps", "reason"),
        [
            ("2025-06-01", [], None),  # its last day
            ("2025-06-02", ["permit_data", "permit_signing"], "late_signing"),
            ("2025-07-31", ["permit_data", "permit_signing"], "late_signing"),  # the 60th day
            ("2025-08-01", ["permit", "permit_data"], "permit_lapsed"),
        ],
    )
    def test_a_permit_that_has_ended_is_signed_late_or_got_anew(self, on: str, steps: list[str], reason: str) -> None:
        found = plan(READY | {"permit": {"valid_until": "2025-06-01"}}, "2026-02-26", on=on)
        before = [step for step in found.steps if step.serves == day("2026-02-26") and step.code not in APPLICATION]
        assert sorted(step.code for step in before) == steps
        assert [s.reason.code for s in before if s.code != "permit_data"] == ([f"backward.{reason}"] if reason else [])

    @pytest.mark.parametrize(
        ("education", "reason", "pessimistic", "optimistic"),
        [
            ({"chsi": "not_found"}, "degree_report", "2026-01-22", "2026-02-12"),
            ({"chsi": "not_checked"}, "degree_unknown", "2026-01-22", "2026-03-20"),
            ({}, "degree_unknown", "2026-01-22", "2026-03-20"),
            ({"form": "overseas"}, "overseas_degree", "2026-02-02", "2026-03-10"),
        ],
    )
    def test_how_the_degree_is_verified(self, education: Any, reason: str, pessimistic: str, optimistic: str) -> None:
        found = plan(READY | {"education": [{"level": "bachelor"} | education]}, "2026-05-07")
        assert days(found, "degree_report") == (pessimistic, optimistic)
        assert step(found, "degree_report").reason.code == f"backward.{reason}"
        assert found.unknown == (("education.0.chsi",) if reason == "degree_unknown" else ())

    @pytest.mark.parametrize(
        "document",
        [
            {"education": [{"level": "bachelor", "chsi": "found"}]},
            {"education": [{"level": "bachelor", "evidence": "verified"}]},
            {"education": [{"level": "bachelor", "chsi": "not_found", "report_valid_until": "2027-02-01"}]},
            {"education": [{"level": "bachelor", "chsi": "not_found", "evidence": "rejected"}]},
            {"education": [{"level": "high_school", "chsi": "not_found"}]},
            {"education": [{"level": "bachelor", "chsi": "not_found"}], "claims": ["age", "title"]},
            # the highest is what is put forward
            {"education": [{"level": "associate", "chsi": "not_found"}, {"level": "master", "chsi": "found"}]},
        ],
    )
    def test_when_no_degree_has_to_be_verified(self, document: Any) -> None:
        assert codes(plan(READY | document, "2026-05-07")) == APPLICATION

    def test_what_is_done_is_left_out_and_the_rest_keeps_its_days(self) -> None:
        whole, rest = plan(READY, "2026-05-07"), plan(READY, "2026-05-07", done={"hand_in", "archive"})
        assert rest.steps == tuple(s for s in whole.steps if s.code not in {"hand_in", "archive"})


class TestWhatHasToBeFiled:
    def test_with_points_in_force_and_the_child_on_the_notice_nothing(self) -> None:
        found = plan(IN_FORCE, "2025-12-02", "2026-05-07", child=0)
        assert (found.kind, found.steps, found.state) == ("none", (), "safe")

    def test_a_child_that_is_not_on_the_notice_takes_an_application(self) -> None:
        found = plan(IN_FORCE, "2025-12-02", "2026-05-07", child=1)
        assert (found.kind, codes(found)) == ("add_child", APPLICATION)

    def test_a_degree_that_was_verified_once_is_not_verified_again(self) -> None:
        document = IN_FORCE | {"education": [{"level": "bachelor", "chsi": "not_found"}]}
        assert "degree_report" not in codes(plan(document, "2026-05-07", child=1))
        assert "degree_report" in codes(plan(READY | {"education": document["education"]}, "2026-05-07"))

    def test_a_child_without_a_name_is_not_known_to_be_on_it(self) -> None:
        found = plan(IN_FORCE | {"child": [{"permit_valid_until": "2031-05-09"}]}, "2026-05-07", child=0)
        assert (found.kind, found.unknown) == ("add_child", ("child.0.name",))

    @pytest.mark.parametrize(
        ("on", "kind"),
        # points ended on 1 June: renewed late until the 60th day after
        [("2025-06-01", "renew"), ("2025-07-31", "renew"), ("2025-08-01", "new")],
    )
    def test_points_that_have_ended_are_renewed_for_sixty_days(self, on: str, kind: str) -> None:
        notice = {"valid_until": "2025-06-01", "members": []}
        assert plan(IN_FORCE | {"notice": notice}, "2026-05-07", on=on).kind == kind


class TestSlack:
    """On the last safe day the slack is 0; the day after it is gone."""

    @pytest.mark.parametrize(
        ("on", "slack", "state"),
        [
            ("2026-01-06", (1, 73), "safe"),
            ("2026-01-07", (0, 72), "safe"),
            ("2026-01-08", (-1, 71), "tight"),
            ("2026-03-20", (-72, 0), "tight"),
            ("2026-03-21", (-73, -1), "gone"),
        ],
    )
    def test_of_the_hand_in_with_an_archive_nobody_knows_of(self, on: str, slack: tuple[int, int], state: str) -> None:
        archive = step(plan(ANYWHERE, "2026-05-07", on=on), "archive")
        assert (archive.pessimistic.slack, archive.optimistic.slack) == slack
        assert (archive.state, archive.red) == (state, state == "gone")
        assert archive.reason.code == "backward.archive_unknown"

    def test_a_plan_is_as_bad_as_its_worst_step(self) -> None:
        assert [plan(ANYWHERE, "2026-05-07", on=on).state for on in ("2026-01-07", "2026-01-08", "2026-03-21")] == [
            "safe",
            "tight",
            "gone",
        ]

    def test_the_most_pressing_step_comes_first(self) -> None:
        found = plan(ANYWHERE | {"employment": {"points_account": "unregistered"}}, "2026-05-07")
        assert found.steps[0].code == "employer_account"
        assert found.steps[-1].code == "notice"

    def test_once_the_span_has_begun_the_last_day_is_the_last_chance(self) -> None:
        first, last = "2025-12-02", "2026-05-07"
        assert plan(READY, first, last, on="2025-12-02").target == day(first)
        begun = plan(READY, first, last, on="2025-12-03")
        assert begun.target == day(last)
        assert days(begun, "hand_in") == days(plan(READY, last), "hand_in")

    def test_on_its_last_day_the_span_is_still_there_and_the_day_after_it_is_over(self) -> None:
        first, last = "2025-12-02", "2026-05-07"
        on_it, after = plan(READY, first, last, on="2026-05-07"), plan(READY, first, last, on="2026-05-08")
        assert (on_it.over, on_it.state, codes(on_it)) == (False, "gone", APPLICATION)
        assert (after.over, after.steps) == (True, ())


class TestForecast:
    def test_days_off_that_are_not_arranged_make_the_days_provisional(self) -> None:
        found = plan(READY, "2060-05-07", on="2059-06-02")
        assert step(found, "hand_in").provisional
        assert found.forecast_years == (2060,)

    def test_a_step_that_reaches_back_into_the_year_before_names_both(self) -> None:
        assert plan(ANYWHERE, "2060-01-30", on="2059-06-02").forecast_years == (2059, 2060)

    def test_arranged_years_are_certain(self) -> None:
        found = plan(READY, "2026-05-07")
        assert not any(step.provisional for step in found.steps)
        assert found.forecast_years == ()

    def test_ordinary_days_need_no_calendar(self) -> None:
        assert plan(READY, "2060-05-07", on="2059-06-02", working=False).forecast_years == ()
