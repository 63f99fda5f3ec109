"""The four clocks: where each stands on the days on which it turns, and what it says comes next."""

from typing import Any

import pytest
from casesteps import IN_FORCE, READY, day, facts, filing, standing

from engine.application import Application
from engine.document import dump
from engine.words import LANGUAGES, say, word
from engine.workflow.clocks import Clock, clocks, renewal
from engine.workflow.since import since, usual_until
from engine.workflow.standing import Standing


def clock(case: Standing, code: str, on: str) -> Clock:
    """One of the four; all of them can be said in both languages."""
    found = clocks(case, day(on))
    assert [each.code for each in found] == ["permit", "employer", "application", "points"]
    assert all(say(reason, lang) for each in found for reason in (each.next_reason, each.then) for lang in LANGUAGES)
    (one,) = (each for each in found if each.code == code)
    return one


def turns(case: Standing, code: str, on: str) -> tuple[str, str | None, str]:
    """State, next day, and what comes then."""
    found = clock(case, code, on)
    return found.state, str(found.next) if found.next else None, found.next_reason.code.rpartition(".")[2]


LEASE = {"housing": "lease", "valid_until": "2027-01-20"}


class TestThePermit:
    @pytest.mark.parametrize(
        ("on", "expected"),
        [
            ("2026-10-21", ("valid", "2026-10-22", "lease")),  # 90 days before
            ("2026-10-22", ("valid", "2026-12-21", "opens")),
            ("2026-12-20", ("valid", "2026-12-21", "opens")),
            ("2026-12-21", ("signing", "2027-01-20", "counter")),  # the lease ends before the permit
            ("2027-01-20", ("signing", "2027-01-20", "counter")),
            ("2027-01-21", ("lapsed", "2027-03-21", "lapsed")),
            ("2027-03-21", ("lapsed", "2027-03-21", "lapsed")),  # the sixtieth day
            ("2027-03-22", ("lapsed_long", None, "lapsed_long")),
        ],
    )
    def test_it_turns_on_its_days(self, on: str, expected: Any) -> None:
        case = standing("lead", permit={**LEASE, "lease_registered_until": "2027-01-10"})
        assert turns(case, "permit", on) == expected

    def test_an_own_home_is_signed_automatically_until_the_message_fails_to_come(self) -> None:
        case = standing("lead", permit={"valid_until": "2027-01-20"})
        assert turns(case, "permit", "2026-12-25") == ("signing", "2027-01-05", "automatic")
        assert clock(case, "permit", "2026-12-25").next_reason.values == {"first": "2026-12-31", "last": "2027-01-05"}
        assert turns(case, "permit", "2027-01-05") == ("signing", "2027-01-05", "automatic")
        assert turns(case, "permit", "2027-01-06") == ("signing", "2027-01-20", "no_message")

    def test_so_is_a_lease_registered_beyond_the_term(self) -> None:
        case = standing("lead", permit={**LEASE, "lease_registered_until": "2027-08-31"})
        assert turns(case, "permit", "2026-12-25")[2] == "automatic"

    def test_a_lease_of_which_nothing_is_known_is_not_taken_as_registered(self) -> None:
        assert turns(standing("lead", permit=LEASE), "permit", "2026-12-25")[2] == "housing_unknown"

    def test_when_it_ends_as_schools_ask_for_it_it_is_signed_early(self) -> None:
        case = standing("lead", child=[{"name": "王一"}])  # until 9 May 2027
        assert turns(case, "permit", "2027-03-01") == ("valid", "2027-04-09", "early")
        assert turns(case, "permit", "2027-04-12") == ("signing", "2027-05-09", "early")
        assert turns(standing("lead"), "permit", "2027-03-01")[2] == "opens"

    @pytest.mark.parametrize(
        ("permit", "state"),
        [
            (None, "unknown"),
            ({"valid_until": None}, "unknown"),
            ({"kind": "temporary"}, "temporary"),
            ({"kind": "registration_only"}, "registered"),
            ({"issued": "2026-12-01"}, "not_yet"),
        ],
    )
    def test_what_is_not_a_permit_or_not_known(self, permit: Any, state: str) -> None:
        assert clock(standing("lead", permit=permit), "permit", "2026-11-26").state == state


class TestThePoints:
    @pytest.mark.parametrize(
        ("on", "expected"),
        [
            ("2027-03-24", ("valid", "2027-03-25", "running")),
            ("2027-03-25", ("renew_due", "2027-05-09", "sign_first")),
            ("2027-05-09", ("renew_due", "2027-05-09", "sign_first")),
            ("2027-05-10", ("lapsed", "2027-07-08", "lapsed")),
            ("2027-07-08", ("lapsed", "2027-07-08", "lapsed")),
            ("2027-07-09", ("lapsed", None, "lapsed_long")),
        ],
    )
    def test_they_turn_on_their_days(self, on: str, expected: Any) -> None:
        assert turns(standing("in_force", IN_FORCE), "points", on) == expected

    def test_once_the_permit_is_signed_they_can_be_renewed_two_working_days_later(self) -> None:
        signed = {"issued": "2027-04-15", "valid_until": "2028-05-09"}  # a Thursday
        case = standing("in_force", IN_FORCE, permit=signed)
        assert turns(case, "points", "2027-04-16") == ("renew_due", "2027-04-19", "refresh")
        assert turns(case, "points", "2027-04-19") == ("renew_due", "2027-05-09", "renew")

    def test_a_signing_of_an_unknown_day(self) -> None:
        case = standing("in_force", IN_FORCE, permit={"issued": None, "valid_until": "2028-05-09"})
        assert turns(case, "points", "2027-04-16")[2] == "renew_unknown"

    def test_below_the_standard_they_run_and_will_not_be_renewed(self) -> None:
        case = standing("in_force", IN_FORCE, education=[], insurance=[])
        assert clock(case, "points", "2026-11-26").state == "below"

    def test_none_yet(self) -> None:
        assert turns(standing("lead"), "points", "2026-11-26") == ("none", None, "none")


class TestTheEmployer:
    @pytest.mark.parametrize("account", ["unregistered", "registered", "active", "locked", "not_eligible", "unknown"])
    def test_as_the_facts_have_its_account(self, account: str) -> None:
        case = standing("lead", employment={"points_account": account})
        assert clock(case, "employer", "2026-11-26").state == account

    def test_nothing_known(self) -> None:
        assert clock(standing("lead", employment={"points_account": None}), "employer", "2026-11-26").state == "unknown"
        assert clock(standing("lead", employment=None), "employer", "2026-11-26").state == "none"

    def test_while_it_registers_it_has_a_usual_end(self) -> None:
        found = clock(filing("employer_setup", "2026-11-01"), "employer", "2026-11-26")
        assert (str(found.since), str(found.next)) == ("2026-11-01", "2026-12-01")


class TestTheApplication:
    @pytest.mark.parametrize(
        ("status", "began", "usual", "legal"),
        [
            # counted by hand: 27 Nov 1; 30 Nov-4 Dec 6; 7-11 11; 14-18 16; 21-24 20
            ("review", "2026-11-26", "2026-12-24", "2026-12-24"),
            # 13 Feb 1; 14 (Saturday worked) 2; 15-23 off; 24-27 6; 28 (Saturday worked) 7; 2-6 Mar 12; 13 17; 18 20
            ("review", "2026-02-12", "2026-03-18", "2026-03-18"),
            ("net_sign", "2026-11-26", "2026-12-01", None),
            ("verifying", "2026-11-26", "2026-12-10", None),  # the archive is in Shanghai: two weeks
            ("returned", "2026-11-26", "2026-12-16", None),
        ],
    )
    def test_each_stage_has_its_usual_end(self, status: Any, began: str, usual: str, legal: str | None) -> None:
        expected = usual_until(filing(status, began))
        assert expected is not None
        assert (str(expected.usual), str(expected.legal) if expected.legal else None) == (usual, legal)

    def test_an_archive_elsewhere_takes_two_months(self) -> None:
        expected = usual_until(filing("verifying", "2026-11-26", READY | {"archive": {"location": "hukou_centre"}}))
        assert expected is not None
        assert str(expected.usual) == "2027-01-25"

    def test_beyond_it_the_clock_says_how_long(self) -> None:
        case = filing("net_sign", "2026-11-20", kind="renew")  # until the 25th
        assert turns(case, "application", "2026-11-25")[2] == "usual"
        found = clock(case, "application", "2026-11-26")
        assert (found.next_reason.code.rpartition(".")[2], found.next_reason.values["days"]) == ("late", 6)

    def test_a_year_whose_days_off_are_not_arranged_is_marked(self) -> None:
        expected = usual_until(filing("review", "2031-11-26"))
        assert expected is not None
        assert expected.provisional

    def test_without_a_row_nobody_knows_since_when(self) -> None:
        assert since(standing("review")) is None
        assert usual_until(standing("review")) is None
        assert since(filing("form", "2026-11-20")._replace(steps=[])) == day("2026-11-20")


class TestRenewal:
    def granted(self, now: dict[str, Any], filed: dict[str, Any] | None) -> Standing:
        row = {"id": "a1", "kind": "new", "opened": "2026-05-20", "outcome": "approved", "filed": filed}
        return Standing(facts(now), "in_force", [Application.model_validate(row)], [], [])

    @pytest.mark.parametrize(
        ("permit", "on", "opened"),
        [
            ({}, "2027-03-24", None),
            ({}, "2027-03-25", "2027-03-25"),
            ({"issued": "2027-01-15", "valid_until": "2028-05-09"}, "2027-01-14", None),
            ({"issued": "2027-01-15", "valid_until": "2028-05-09"}, "2027-01-15", "2027-01-15"),
            ({}, "2027-05-10", "2027-05-10"),
            ({}, "2028-01-01", "2027-05-10"),
        ],
    )
    def test_it_opens_by_itself(self, permit: Any, on: str, opened: str | None) -> None:
        found = renewal(standing("in_force", IN_FORCE, permit=permit), day(on))
        assert (None if found is None else str(found.since)) == opened
        assert found is None or all(say(found.because, language) for language in LANGUAGES)

    def test_what_was_filed_is_held_against_what_is(self) -> None:
        filed = dump(facts(READY))
        now = IN_FORCE | {
            "permit": READY["permit"] | {"address": "静安区", "valid_until": "2028-05-09"},
            "insurance": [{"id": "i1", "from": "2015-07", "base": 13000, "evidence": "verified"}],
            "education": [*READY["education"], {"id": "e2", "level": "master", "degree": "master"}],
            "contact": {"phone": "13800000000"},
            "marital_status": "married",
        }
        found = renewal(self.granted(now, filed), day("2027-04-01"))
        assert found is not None
        assert found.compared
        assert {each.path: (each.before, each.after) for each in found.differences} == {
            "permit.address": (None, "静安区"),
            "permit.valid_until": ("2027-05-09", "2028-05-09"),
            "insurance.i1.base": (12500, 13000),
            "education.e2": (None, {"id": "e2", "level": "master", "degree": "master"}),
            "marital_status": (None, "married"),
        }

    def test_a_row_that_is_gone_and_a_group_that_came(self) -> None:
        filed = dump(facts(READY | {"child": [{"id": "c1", "name": "王一"}]}))
        now = IN_FORCE | {"spouse": {"name": "李梅"}}
        found = renewal(self.granted(now, filed), day("2027-04-01"))
        assert found is not None
        assert {(each.path, str(each.before), each.after) for each in found.differences} == {
            ("child.c1", "{'id': 'c1', 'name': '王一'}", None),
            ("spouse.name", "None", "李梅"),
        }

    def test_without_the_facts_as_filed_nothing_is_said_of_differences(self) -> None:
        found = renewal(self.granted(IN_FORCE, None), day("2027-04-01"))
        assert found is not None
        assert (found.compared, found.differences) == (False, [])

    @pytest.mark.parametrize(("on", "months"), [("2027-03-31", 140), ("2027-04-01", 141)])
    def test_the_months_of_insurance_up_to_the_one_before(self, on: str, months: int) -> None:
        """From July 2015: to February 2027 are 11 years and 8 months."""
        found = renewal(standing("in_force", IN_FORCE), day(on))
        assert found is not None
        assert found.insurance_months == months

    def test_months_paid_back_are_not_among_them(self) -> None:
        rows = [{"from": "2025-01", "to": "2025-12"}, {"from": "2026-01", "to": "2026-06", "pay_kind": "back_paid"}]
        found = renewal(standing("in_force", IN_FORCE, insurance=rows), day("2027-04-01"))
        assert found is not None
        assert found.insurance_months == 12

    @pytest.mark.parametrize(
        ("entered", "on", "grade"),
        [
            (2020, "2027-08-31", "七年级"),
            (2020, "2027-09-01", "八年级"),
            (2026, "2027-04-01", "一年级"),
            (2027, "2027-04-01", "未入小学"),
            (2015, "2027-04-01", "高三"),
            (2014, "2027-04-01", None),
        ],
    )
    def test_the_grade_of_each_child(self, entered: int, on: str, grade: str | None) -> None:
        case = standing("in_force", IN_FORCE, child=[{"id": "c1", "name": "王一", "entered_primary": entered}])
        found = renewal(case, day(on))
        assert found is not None
        (child,) = found.grades
        said = None if child.grade is None else word(f"school_grade.{child.grade}", "zh")
        assert (child.path, child.name, said, child.estimated) == ("child.c1", "王一", grade, False)

    def test_a_grade_by_the_birth_is_marked_and_one_nobody_knows_is_none(self) -> None:
        children = [{"birth_date": "2014-06-01"}, {"name": "王二"}, {"name": "王三", "evidence": "rejected"}]
        found = renewal(standing("in_force", IN_FORCE, child=children), day("2027-04-01"))
        assert found is not None
        assert [(each.grade, each.estimated) for each in found.grades] == [(7, True), (None, True)]

    def test_without_points_there_is_none(self) -> None:
        assert renewal(standing("form"), day("2027-04-01")) is None
