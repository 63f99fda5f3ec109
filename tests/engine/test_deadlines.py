"""The deadlines of a case: which there are, on which days, who moves; and what is next."""

from typing import Any

import pytest
from casesteps import IN_FORCE, READY, changed, checked, day, facts, filing, standing, take

from engine.document import dump
from engine.paper import Paper
from engine.words import LANGUAGES, say, word
from engine.workflow import STATUSES
from engine.workflow.deadlines import (
    Deadline,
    deadlines,
    exam_deadlines,
    next_step,
    own_deadlines,
    waiting_on,
)
from engine.workflow.standing import Standing

ON = "2026-11-26"


def due(case: Standing, on: str = ON) -> dict[str, str]:
    """The days by their codes; each can be said, and has a name, in both languages."""
    found = own_deadlines(case, day(on))
    assert all(say(each.reason, lang) and word(f"deadline.{each.code}", lang) for each in found for lang in LANGUAGES)
    assert [each.day for each in found] == sorted(each.day for each in found)
    return {each.code: each.day.isoformat() for each in found}


def one(case: Standing, code: str, on: str = ON) -> Deadline:
    """The one of a code."""
    (found,) = (each for each in own_deadlines(case, day(on)) if each.code == code)
    return found


class TestWhichThereAre:
    def test_of_permit_points_and_contract(self) -> None:
        case = standing("in_force", IN_FORCE, employment={"contract_until": "2028-06-30"})
        assert due(case) == {
            "permit_signing": "2027-05-09",
            "points_renewal": "2027-05-09",
            "permit_lapse": "2027-07-08",
            "points_soft_end": "2027-07-08",
            "contract_end": "2028-06-30",
        }

    def test_only_the_sixtieth_day_of_the_permit_cannot_be_made_up(self) -> None:
        found = own_deadlines(standing("in_force", IN_FORCE), day(ON))
        assert [each.code for each in found if each.hard] == ["permit_lapse"]

    def test_they_are_days_of_their_own_whenever_one_asks(self) -> None:
        case = standing("in_force", IN_FORCE)
        assert due(case, "2026-11-26") == due(case, "2027-06-01") == due(case, "2029-01-01")

    def test_an_open_ended_contract_does_not_end(self) -> None:
        case = standing("lead", employment={"contract_until": "2028-06-30", "open_ended": True})
        assert "contract_end" not in due(case)

    def test_a_lease_matters_where_one_lives_in_it(self) -> None:
        lease = {"lease_registered_until": "2027-03-31"}
        assert due(standing("lead", permit={"housing": "lease", **lease}))["lease"] == "2027-03-31"
        assert "lease" not in due(standing("lead", permit={"housing": "own", **lease}))

    def test_a_temporary_permit_is_none(self) -> None:
        assert due(standing("lead", permit={"kind": "temporary"})) == {}

    def test_each_childs_permit_and_study_proof(self) -> None:
        children = [
            {"id": "c1", "name": "王一", "permit_valid_until": "2027-01-05", "study_proof_until": "2027-02-01"},
            {"id": "c2", "permit_valid_until": "2027-01-07"},
            {"id": "c3", "permit_valid_until": "2027-01-08", "evidence": "rejected"},
        ]
        case = standing("lead", child=children)
        found = [(each.code, str(each.day), each.path) for each in own_deadlines(case, day(ON))]
        assert [each for each in found if (each[2] or "").startswith("child")] == [
            ("child_permit", "2027-01-05", "child.c1.permit_valid_until"),
            ("child_permit", "2027-01-07", "child.c2.permit_valid_until"),
            ("study_proof", "2027-02-01", "child.c1.study_proof_until"),
        ]
        assert due(case)

    @pytest.mark.parametrize(
        ("state", "code"),
        [
            ("requested", "paper_promised"),
            ("missing", "paper_promised"),
            ("original_seen", "paper_expiry"),
            ("verified", "paper_expiry"),
            ("not_needed", None),
        ],
    )
    def test_a_paper_that_was_promised_until_it_is_there_and_then_its_term(self, state: Any, code: str | None) -> None:
        paper = Paper(id="p1", code="E01", state=state, promised=day("2026-12-01"), valid_until=day("2027-02-01"))
        found = set(due(standing("form")._replace(papers=[paper]))) & {"paper_promised", "paper_expiry"}
        assert found == ({code} if code else set())

    def test_a_closed_case_has_none(self) -> None:
        assert own_deadlines(standing("closed", IN_FORCE), day(ON)) == []
        assert exam_deadlines(standing("closed"), day(ON), day("2027-10-01")) == []


class TestTheStage:
    def test_a_return_has_the_day_of_its_answer_and_it_is_hard(self) -> None:
        case = take(filing("review", "2026-11-01"), "returned", "2026-11-20", reasons=["cv"], answer_by="2026-12-04")
        found = one(case, "return_answer")
        assert (str(found.day), found.hard, found.waiting_on) == ("2026-12-04", True, "hr")
        assert "return_answer" not in due(take(checked(case, "2026-11-20"), "review", "2026-11-26"))

    def test_one_that_was_answered_already_waits_for_nothing(self) -> None:
        returned = {"id": "r1", "on": "2026-11-20", "where": "counter", "answer_by": "2026-12-04", "answered": ON}
        assert "return_answer" not in due(filing("returned", "2026-11-20", returns=[returned]))

    def test_without_one_it_is_chased_after_twenty_days(self) -> None:
        case = take(filing("review", "2026-11-01"), "returned", "2026-11-20", reasons=["cv"])
        assert due(case)["chase"] == "2026-12-11"

    def test_papers_and_net_sign_have_days_of_their_own(self) -> None:
        assert due(filing("paper_due", "2026-09-30"))["hand_in"] == "2026-10-09"
        assert due(filing("net_sign", "2026-11-20", kind="renew"))["net_sign_result"] == "2026-11-25"

    def test_the_review_ends_by_law(self) -> None:
        found = due(filing("review", "2026-11-26"))
        assert (found["legal_end"], found["chase"]) == ("2026-12-24", "2026-12-25")

    def test_in_force_nobody_is_chased(self) -> None:
        case = filing("in_force", "2026-06-20", IN_FORCE, outcome="approved")
        assert "chase" not in due(case)


class TestExaminations:
    CHILD = [{"id": "c1", "name": "王一", "entered_primary": 2018, "permit_valid_until": "2031-05-09"}]  # noqa: RUF012

    def test_the_last_safe_hand_in_for_zhongkao(self) -> None:
        """It is that of the backward plan, at worst."""
        (found,) = exam_deadlines(standing("form", child=self.CHILD), day("2026-03-02"))
        assert (found.code, found.hard, found.path) == ("exam_hand_in", True, "child.0")
        assert found.day < day("2026-12-31")
        assert all(say(found.reason, language) for language in LANGUAGES)

    def test_a_day_that_was_only_named(self) -> None:
        case = standing("form", archive={"location": "shanghai_centre"})
        (found,) = exam_deadlines(case, day("2025-06-02"), day("2025-12-02"))
        # counted by hand in the tests of the backward plan: 14 October for determination and a return, then 10 working
        # days of the archive: 13 Oct 1; 11 (Saturday worked) 2; 10, 9 Oct 4; 1-8 off; 30-28 Sep 7; 26-24 Sep 10
        assert (str(found.day), found.reason.code) == ("2025-09-24", "workflow.deadline.need_by")

    def test_none_once_the_papers_are_in(self) -> None:
        case = filing("review", "2026-02-02")
        assert exam_deadlines(case, day("2026-03-02"), day("2026-12-01")) == []
        paused = take(case, "paused", "2026-02-20")
        assert exam_deadlines(paused, day("2026-03-02"), day("2026-12-01")) == []

    def test_none_where_the_points_are_there(self) -> None:
        assert exam_deadlines(standing("in_force", IN_FORCE), day(ON), day("2027-03-01")) == []

    def test_all_together_the_nearest_first(self) -> None:
        found = deadlines(standing("form", child=self.CHILD), day("2026-03-02"), day("2027-03-01"))
        assert [each.day for each in found] == sorted(each.day for each in found)
        assert {"exam_hand_in", "permit_signing", "child_permit"} <= {each.code for each in found}


class TestWhoseMoveItIs:
    @pytest.mark.parametrize(
        ("status", "who"),
        [("lead", "us"), ("accumulating", "client"), ("hr_review", "hr"), ("review", "counter"), ("in_force", None)],
    )
    def test_by_the_stage(self, status: Any, who: str | None) -> None:
        assert waiting_on(standing(status, IN_FORCE), day(ON)) == who

    def test_an_archive_that_is_checked_is_waited_for_no_more(self) -> None:
        assert waiting_on(filing("verifying", "2026-11-01"), day(ON)) == "archive"
        assert waiting_on(filing("verifying", "2026-11-01", archive_checked="2026-11-20"), day(ON)) == "counter"

    def test_the_client_signs_and_then_hr_renews(self) -> None:
        case = standing("in_force", IN_FORCE)
        assert waiting_on(case, day("2027-04-01")) == "client"
        signed = changed(case, permit={"issued": "2027-04-15", "valid_until": "2028-05-09"})
        assert waiting_on(signed, day("2027-04-20")) == "hr"


def step(case: Standing, on: str = ON) -> str:
    """The code of what is next; it can be said in both languages."""
    reason = next_step(case, day(on))
    assert all(say(reason, language) for language in LANGUAGES)
    return reason.code.removeprefix("workflow.")


class TestWhatIsNext:
    @pytest.mark.parametrize("status", STATUSES)
    def test_in_every_stage_something_can_be_said(self, status: Any) -> None:
        assert step(standing(status)).startswith("do.")
        assert step(standing(status, IN_FORCE))
        assert step(filing(status, ON))

    def test_before_the_account_it_is_the_first_condition_not_met(self) -> None:
        reason = next_step(standing("engaged", employment={"points_account": "locked"}), day(ON))
        assert reason.code == "workflow.do.engaged.first"
        assert reason.values["why"].code == "workflow.guard.employer.locked"
        assert step(standing("engaged")) == "do.engaged"

    def test_at_the_standard_a_contract_is_offered(self) -> None:
        assert step(standing("accumulating")) == "do.accumulating.reached"
        assert step(standing("accumulating", education=[], insurance=[])) == "do.accumulating.short"

    @pytest.mark.parametrize(
        ("ticks", "code"),
        [
            ({}, "both"),
            ({"degree_checked": ON}, "archive"),
            ({"archive_checked": ON}, "degree"),
            ({"degree_checked": ON, "archive_checked": ON}, "done"),
        ],
    )
    def test_education_verified_is_not_approval(self, ticks: Any, code: str) -> None:
        assert step(filing("verifying", "2026-11-20", **ticks)) == f"do.verifying.{code}"

    def test_a_return_whose_reason_nobody_has_read(self) -> None:
        returned = {"id": "r1", "on": "2026-11-20", "where": "online"}
        assert step(filing("returned", "2026-11-20", returns=[returned])) == "do.returned.reason_unread"
        returned |= {"reasons": ["cv"]}
        assert step(filing("returned", "2026-11-20", returns=[returned])) == "do.returned.online"

    def test_beyond_the_usual_time_it_is_time_to_ask(self) -> None:
        case = filing("hr_review", "2026-11-16")  # five working days: until the 23rd
        assert step(case, "2026-11-23") == "do.hr_review"
        reason = next_step(case, day("2026-11-26"))
        assert (reason.code, reason.values["days"]) == ("workflow.do.chase", 3)

    @pytest.mark.parametrize(
        ("on", "code"),
        [("2026-11-26", "in_force"), ("2027-04-01", "renewal_due.sign"), ("2027-06-01", "lapsed.sign")],
    )
    def test_of_a_renewal_first_the_signing(self, on: str, code: str) -> None:
        assert step(standing("in_force", IN_FORCE), on) == f"do.{code}"

    def test_a_child_that_is_not_on_the_notice(self) -> None:
        child = {"name": "王一", "benefits": True}
        assert step(standing("in_force", IN_FORCE, child=[child])) == "do.in_force.add_child"
        both = {"members": ["王小明", "王一"]}
        assert step(standing("in_force", IN_FORCE, child=[child], notice=both)) == "do.in_force"

    def test_then_the_button(self) -> None:
        case = standing("in_force", IN_FORCE, permit={"issued": "2027-04-15", "valid_until": "2028-05-09"})
        assert step(case, "2027-04-16") == "do.renewal_due.refresh"
        assert step(case, "2027-04-19") == "do.renewal_due.renew"


class TestAChangeOfEmployer:
    NEW = {"employer": "上海乙实业有限公司", "points_account": "active"}  # noqa: RUF012

    @pytest.mark.parametrize(
        ("status", "code"),
        [
            ("hr_review", "change.filled"),
            ("submitted", "change.submitted"),
            ("paper_due", "change.submitted"),
            ("accepted", "change.handed_in"),
            ("review", "change.handed_in"),
        ],
    )
    def test_in_the_middle_it_depends_on_how_far_the_application_is(self, status: Any, code: str) -> None:
        case = filing(status, "2026-11-20", filed=dump(facts(READY)))
        assert step(case).startswith("do.")
        assert step(changed(case, employment=self.NEW)) == code

    def test_submitted_it_is_withdrawn_and_begun_anew_by_the_new_one(self) -> None:
        case = changed(filing("submitted", "2026-11-20", filed=dump(facts(READY))), employment=self.NEW)
        case = take(case, "withdrawn", "2026-11-24")
        case = take(case, "account", "2026-11-25", kind="new")
        assert [row.outcome for row in case.applications] == ["withdrawn", None]
        assert step(case, "2026-11-25") == "do.account"

    @pytest.mark.parametrize(
        ("on", "job", "permit", "code"),
        [
            (ON, {}, {}, "change.in_force"),
            (ON, {"points_account": "unregistered"}, {}, "change.unregistered"),
            ("2027-06-01", {}, {}, "change.lapsed"),
            ("2027-06-01", {}, {"issued": "2027-05-20", "valid_until": "2028-05-09"}, "change.lapsed_signed"),
        ],
    )
    def test_with_points_it_depends_on_whether_they_still_run(self, on: str, job: Any, permit: Any, code: str) -> None:
        case = standing("in_force", IN_FORCE, employment={**self.NEW, **job}, permit=permit)
        assert step(case, on) == code

    def test_while_they_run_it_is_an_application_of_its_own(self) -> None:
        case = standing("in_force", IN_FORCE, employment=self.NEW)
        case = take(case, "account", ON)
        assert case.open is not None
        assert case.open.kind == "change_employer"

    def test_who_forgets_the_notice_has_no_change(self) -> None:
        assert step(standing("in_force", IN_FORCE)) == "do.in_force"
