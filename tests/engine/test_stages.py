"""The way of a case from the first question to the points and their renewal, told as whoever works it would."""

from typing import Any

import pytest
from casesteps import IN_FORCE, READY, changed, checked, day, filing, offered, option, standing, take, why

from engine.application import Application, approved
from engine.workflow import STATUSES
from engine.workflow.clocks import effective_status
from engine.workflow.situation import Situation
from engine.workflow.stages import CLOSING, closing, enter, next_stages, refusal
from engine.workflow.standing import Standing

NOTICE = {"number": "沪 120", "valid_until": "2027-05-09", "members": ["王小明"]}


def to_the_points() -> Standing:
    """The whole way of a first application."""
    case = standing("lead")
    case = take(case, "simulated", "2026-06-01")
    case = take(case, "engaged", "2026-06-02")
    case = take(case, "account", "2026-06-04", kind="new")
    case = take(case, "form", "2026-06-05")
    case = take(case, "hr_review", "2026-06-08")
    case = take(case, "submitted", "2026-06-09")
    case = take(case, "paper_due", "2026-06-09")
    case = take(case, "accepted", "2026-06-11", receipt="浦 123")
    case = take(case, "verifying", "2026-06-11")
    case = take(checked(case, "2026-06-25"), "review", "2026-06-25")
    case = take(case, "approved", "2026-07-20")
    case = take(case, "notice", "2026-07-21", **NOTICE)
    return take(case, "in_force", "2026-07-22")


class TestTheWholeWay:
    def test_it_leads_to_points_that_end_with_the_permit(self) -> None:
        case = to_the_points()
        (application,) = case.applications
        assert (application.kind, application.receipt, application.district) == ("new", "浦 123", "浦东新区")
        assert (application.outcome, application.closed) == ("approved", day("2026-07-20"))
        notice = case.applicant.notice
        assert notice is not None
        assert (notice.number, notice.issued, notice.valid_until) == ("沪 120", day("2026-07-21"), day("2027-05-09"))
        # 30 for age, 90 for the degree, 33 for 11 years of insurance and 50 for the base
        assert (notice.score, notice.employer, notice.members) == (203, "上海甲科技有限公司", ["王小明"])

    def test_every_step_of_it_is_of_the_application_once_there_is_one(self) -> None:
        of = {step.stage: step.application for step in to_the_points().steps}
        assert {stage for stage, application in of.items() if application is None} == {"simulated", "engaged"}

    def test_then_the_renewal_falls_due_by_itself_and_is_filed(self) -> None:
        case = to_the_points()
        assert Situation(case, day("2027-03-24")).status == "in_force"
        assert Situation(case, day("2027-03-25")).status == "renewal_due"  # 45 days before 9 May
        assert Situation(case, day("2027-05-10")).status == "lapsed"
        case = changed(case, permit={"issued": "2027-04-15", "valid_until": "2028-05-09"})
        case = take(case, "form", "2027-04-19", kind="renew")
        case = take(case, "hr_review", "2027-04-20")
        case = take(case, "submitted", "2027-04-20")
        case = take(case, "net_sign", "2027-04-20")
        case = take(case, "approved", "2027-04-23")
        case = take(case, "notice", "2027-04-23", number="沪 121", members=["王小明"])
        case = take(case, "in_force", "2027-04-23")
        assert [row.kind for row in case.applications] == ["new", "renew"]
        assert case.applicant.notice is not None
        assert case.applicant.notice.valid_until == day("2028-05-09")
        assert Situation(case, day("2027-05-10")).status == "in_force"
        granted = approved(case.applications)
        assert granted is not None and granted.kind == "renew"


class TestReturns:
    def test_a_renewal_that_is_returned_while_the_points_run(self) -> None:
        case = changed(to_the_points(), permit={"issued": "2027-04-15", "valid_until": "2028-05-09"})
        case = take(case, "form", "2027-04-19", kind="renew")
        case = take(case, "hr_review", "2027-04-20")
        case = take(case, "submitted", "2027-04-20")
        case = take(case, "net_sign", "2027-04-20")
        told = {"reasons": ["contract", "form"], "text": "合同不足两个月", "answer_by": "2027-05-06", "read_by": "周敏"}
        case = take(case, "returned", "2027-04-23", **told)
        assert case.open is not None
        assert (case.status, case.open.kind, Situation(case, day("2027-04-23")).points) == (
            "returned",
            "renew",
            "renew_due",
        )
        (returned,) = case.open.returns
        assert (returned.where, returned.reasons, returned.text) == ("online", ["contract", "form"], "合同不足两个月")
        case = take(case, "form", "2027-04-26")
        assert case.open is not None
        assert case.open.attempt == 2
        assert case.open.returns[0].answered == day("2027-04-26")
        case = take(case, "hr_review", "2027-04-26")
        case = take(case, "submitted", "2027-04-27")
        case = take(case, "paper_due", "2027-04-27")
        case = take(case, "accepted", "2027-04-29", receipt="浦 9")
        case = take(case, "review", "2027-04-29")
        case = take(case, "approved", "2027-05-07")
        assert case.applications[-1].outcome == "approved"

    @pytest.mark.parametrize(
        ("from_", "where"),
        [("submitted", "online"), ("net_sign", "online"), ("paper_due", "counter"), ("verifying", "review")],
    )
    def test_where_it_was_returned_follows_from_the_stage(self, from_: Any, where: str) -> None:
        case = filing(from_, "2026-11-20", kind="renew")
        assert option(case, "returned", "2026-11-24").proposes["where"] == where
        effects = enter(case, "returned", day("2026-11-24"), {"reasons": ["other"]})
        assert effects.application is not None
        assert effects.application["returns"][-1]["where"] == where

    def test_a_return_without_reasons_is_not_told_whole(self) -> None:
        refused = refusal(filing("review", "2026-11-01"), "returned", day("2026-11-24"), told={"where": "review"})
        assert refused is not None and refused.values["keys"] == ["reasons"]

    def test_a_second_return_keeps_the_first(self) -> None:
        case = take(filing("review", "2026-10-01"), "returned", "2026-10-20", reasons=["cv"])
        case = take(case, "review", "2026-10-26", "补了")
        case = take(case, "returned", "2026-11-10", reasons=["archive"])
        assert case.open is not None
        assert [(row.on, row.answered) for row in case.open.returns] == [
            (day("2026-10-20"), day("2026-10-26")),
            (day("2026-11-10"), None),
        ]


class TestTheTable:
    """Which stage follows which: every state of an application and every state it goes to (受理流程)."""

    @pytest.mark.parametrize(
        ("from_", "to"),
        [
            ("lead", "simulated"),
            ("simulated", "accumulating"),
            ("simulated", "engaged"),
            ("accumulating", "simulated"),
            ("engaged", "employer_setup"),
            ("engaged", "account"),
            ("employer_setup", "account"),
            ("account", "form"),
            ("form", "hr_review"),
            ("hr_review", "submitted"),
            ("submitted", "net_sign"),
            ("submitted", "paper_due"),
            ("submitted", "accepted"),
            ("net_sign", "approved"),
            ("net_sign", "returned"),
            ("paper_due", "accepted"),
            ("paper_due", "returned"),
            ("accepted", "verifying"),
            ("verifying", "review"),
            ("verifying", "returned"),
            ("review", "approved"),
            ("review", "refused"),
            ("review", "returned"),
            ("approved", "notice"),
            ("refused", "accumulating"),
            ("notice", "in_force"),
            ("in_force", "employer_setup"),  # a change of employer
            ("returned", "form"),
            ("returned", "paper_due"),
            ("returned", "review"),
            ("withdrawn", "account"),
            ("withdrawn", "employer_setup"),
            ("renewal_due", "hr_review"),
            ("lapsed", "hr_review"),
        ],
    )
    def test_forward(self, from_: Any, to: str) -> None:
        kept = {"renewal_due": "2027-04-01", "lapsed": "2027-06-01", "in_force": "2026-11-26"}
        case = standing(from_, IN_FORCE if from_ in kept else READY)
        assert to in offered(case, kept.get(from_, "2026-11-26"))

    def test_hr_sends_a_form_back_for_a_reason(self) -> None:
        case = filing("hr_review", "2026-11-20")
        assert offered(case, "2026-11-26", "back") == ["form"]
        refused = refusal(case, "form", day("2026-11-26"))
        assert refused is not None and refused.code == "workflow.back"
        assert take(case, "form", "2026-11-26", "地址填错").steps[-1].because == "地址填错"

    @pytest.mark.parametrize("status", STATUSES)
    def test_from_everywhere_it_may_pause_or_close(self, status: Any) -> None:
        aside = offered(standing(status, IN_FORCE), "2026-11-26", "aside")
        assert {"paused", "closed"} - {status} <= {*aside} or status == "closed"


class TestAside:
    def test_a_case_that_paused_goes_on_where_it_was_and_no_condition_stands_before_it(self) -> None:
        case = take(filing("review", "2026-11-01", READY | {"education": []}), "paused", "2026-11-10")
        assert offered(case, "2026-11-26") == ["review"]
        assert option(case, "review", "2026-11-26").closed is None
        case = take(case, "review", "2026-11-26")
        assert case.open is not None

    def test_a_return_that_paused_is_not_returned_again(self) -> None:
        case = take(filing("review", "2026-11-01"), "returned", "2026-11-05", reasons=["cv"])
        case = take(take(case, "paused", "2026-11-06"), "returned", "2026-11-20")
        assert case.open is not None
        assert [(row.on, row.answered) for row in case.open.returns] == [(day("2026-11-05"), None)]

    def test_outside_an_application_it_may_begin_elsewhere(self) -> None:
        case = take(take(standing("lead"), "simulated", "2026-11-01"), "paused", "2026-11-02")
        assert offered(case, "2026-11-26")[0] == "simulated"
        assert {"lead", "accumulating", "engaged"} <= {*offered(case, "2026-11-26")}

    @pytest.mark.parametrize("because", [None, "", "没空", "done!", "结了"])
    def test_closing_takes_one_of_four_reasons(self, because: str | None) -> None:
        refused = refusal(standing("lead"), "closed", day("2026-11-26"), because)
        assert refused is not None
        assert (refused.code, refused.values["choices"]) == ("workflow.closing", list(CLOSING))

    @pytest.mark.parametrize("because", [*CLOSING, "lost: 去了外地", "unfit：年龄"])
    def test_each_of_them_closes_it(self, because: str) -> None:
        case = take(standing("lead"), "closed", "2026-11-26", because)
        assert closing(case.steps[-1].because) in CLOSING

    def test_closing_gives_up_the_application_and_going_back_takes_it_up(self) -> None:
        case = take(filing("form", "2026-11-01"), "closed", "2026-11-20", "lost")
        assert case.applications[0].outcome == "withdrawn"
        case = take(case, "form", "2026-11-26", "又回来了")
        assert (case.applications[0].outcome, case.applications[0].closed) == (None, None)
        assert len(case.applications) == 1

    def test_points_that_somebody_else_got_are_taken_over(self) -> None:
        assert take(standing("lead", IN_FORCE), "in_force", "2026-11-26").applications == []


class TestGoingBack:
    def test_a_determination_noted_by_mistake_opens_the_application_again(self) -> None:
        case = take(filing("review", "2026-10-01"), "refused", "2026-10-20")
        assert case.applications[0].outcome == "refused"
        case = take(case, "review", "2026-10-21", "看错了")
        assert case.applications[0].outcome is None

    def test_what_was_granted_is_not_opened_by_a_step_back_of_another_filing(self) -> None:
        granted = Application.model_validate(
            {"id": "a0", "kind": "new", "opened": "2025-06-01", "outcome": "approved", "closed": "2025-08-01"}
        )
        case = standing("hr_review", IN_FORCE)._replace(applications=[granted])
        case = take(case, "form", "2026-11-26", "地址填错", kind="renew")
        assert [(row.kind, row.outcome) for row in case.applications] == [("new", "approved"), ("renew", None)]

    def test_a_new_attempt_after_a_refusal_is_a_new_application(self) -> None:
        case = take(filing("review", "2026-10-01"), "refused", "2026-10-20")
        case = take(case, "form", "2026-11-20", kind="new")
        assert [row.outcome for row in case.applications] == ["refused", None]

    def test_back_to_before_the_application_gives_it_up(self) -> None:
        case = take(filing("account", "2026-11-01"), "engaged", "2026-11-20", "单位不办")
        assert case.applications[0].outcome == "withdrawn"


class TestTheDays:
    def test_a_step_is_not_before_the_last_one(self) -> None:
        case = filing("form", "2026-11-20")
        refused = refusal(case, "hr_review", day("2026-11-26"), day=day("2026-11-19"))
        assert refused is not None and refused.code == "workflow.day_before"
        assert refusal(case, "hr_review", day("2026-11-26"), day=day("2026-11-20")) is None

    def test_nor_before_the_application_began(self) -> None:
        case = filing("form", "2026-11-20")._replace(steps=[])
        refused = refusal(case, "hr_review", day("2026-11-26"), day=day("2026-11-19"))
        assert refused is not None and refused.values["first"] == "2026-11-20"

    def test_nor_after_today(self) -> None:
        refused = refusal(standing("lead"), "simulated", day("2026-11-26"), day=day("2026-11-27"))
        assert refused is not None and refused.code == "workflow.day_ahead"

    def test_conditions_hold_on_the_day_of_the_step(self) -> None:
        case = filing("paper_due", "2026-11-23")
        refused = refusal(case, "accepted", day("2026-11-26"), day=day("2026-11-24"))
        assert refused is not None and refused.code == "workflow.closed"
        assert refusal(case, "accepted", day("2026-11-26"), day=day("2026-11-25")) is None


class TestRefusals:
    def test_a_stage_that_does_not_exist(self) -> None:
        refused = refusal(standing("lead"), "submited", day("2026-11-26"))
        assert refused is not None and refused.values["near"] == "submitted"
        far = refusal(standing("lead"), "qq", day("2026-11-26"))
        assert far is not None and far.code == "workflow.unknown_stage"

    def test_a_stage_that_does_not_follow_names_those_that_do(self) -> None:
        refused = refusal(standing("lead"), "review", day("2026-11-26"))
        assert refused is not None and refused.code == "workflow.unreachable"
        assert "status.simulated" in refused.values["offered_word"]

    def test_a_case_taken_over_in_the_middle_comes_to_its_stage_with_a_reason(self) -> None:
        assert refusal(standing("lead"), "review", day("2026-11-26"), "转自别家") is None

    @pytest.mark.parametrize("to", ["renewal_due", "lapsed"])
    def test_what_follows_from_the_days_is_not_typed(self, to: str) -> None:
        refused = refusal(standing("in_force", IN_FORCE), to, day("2026-11-26"), "到了")
        assert refused is not None and refused.code == "workflow.derived"

    def test_where_it_is_it_need_not_go(self) -> None:
        refused = refusal(standing("form"), "form", day("2026-11-26"), "再")
        assert refused is not None and refused.code == "workflow.there"


@pytest.mark.parametrize(
    ("status", "points", "effective"),
    [
        ("in_force", "renew_due", "renewal_due"),
        ("in_force", "lapsed", "lapsed"),
        ("lapsed", "valid", "in_force"),
        ("renewal_due", "below", "in_force"),
        ("in_force", "none", "in_force"),
        ("returned", "lapsed", "returned"),
    ],
)
def test_three_stages_follow_from_the_points(status: Any, points: Any, effective: str) -> None:
    assert effective_status(status, points) == effective


class TestTasks:
    def test_the_papers_are_handed_in_two_working_days_later(self) -> None:
        (task,) = enter(filing("submitted", "2026-09-30"), "paper_due", day("2026-09-30"), {}).tasks
        assert (task.code, task.due, task.owner) == ("hand_in", day("2026-10-09"), "hr")

    def test_a_net_sign_is_looked_up_after_three(self) -> None:
        (task,) = enter(filing("submitted", "2026-11-20", kind="renew"), "net_sign", day("2026-11-20"), {}).tasks
        assert (task.code, task.due) == ("look_up_result", day("2026-11-25"))

    def test_a_return_is_answered_by_its_day(self) -> None:
        case = filing("review", "2026-11-01")
        told = {"reasons": ["cv"], "answer_by": "2026-12-01"}
        (task,) = enter(case, "returned", day("2026-11-20"), told).tasks
        assert (task.code, task.due) == ("answer_return", day("2026-12-01"))

    def test_without_one_within_twenty_days(self) -> None:
        (task,) = enter(filing("review", "2026-11-01"), "returned", day("2026-11-20"), {}).tasks
        assert task.due == day("2026-12-10")

    def test_what_was_corrected_or_paused_asks_for_nothing_again(self) -> None:
        back = enter(filing("accepted", "2026-11-20"), "paper_due", day("2026-11-24"), {"because": "少一份"})
        assert back.tasks == []
        paused = take(filing("paper_due", "2026-11-20"), "paused", "2026-11-23")
        assert enter(paused, "paper_due", day("2026-11-24"), {}).tasks == []

    def test_an_answer_day_that_is_no_day_does_not_stop_the_step(self) -> None:
        case = filing("review", "2026-11-01")
        (task,) = enter(case, "returned", day("2026-11-20"), {"answer_by": "下周"}).tasks
        assert task.due == day("2026-12-10")


def test_a_new_notice_does_not_keep_the_number_of_the_old_one() -> None:
    case = filing("approved", "2026-11-01", IN_FORCE)
    changes = enter(case, "notice", day("2026-11-20"), {}).applicant
    assert changes["notice.number"] is None
    assert changes["notice.valid_until"] == "2027-05-09"
    assert changes["notice.members"] == ["王小明"]


class TestWhatWouldBeFiled:
    @pytest.mark.parametrize(
        ("on", "changes", "kind"),
        [
            ("2026-11-26", {"notice": None}, "new"),
            ("2026-11-26", {}, "renew"),
            ("2026-11-26", {"employment": {"employer": "上海乙实业有限公司"}}, "change_employer"),
            ("2027-04-01", {"employment": {"employer": "上海乙实业有限公司"}}, "renew"),
            ("2026-11-26", {"child": [{"name": "王一", "benefits": True}]}, "add_child"),
            ("2026-11-26", {"child": [{"name": "王一", "benefits": False}]}, "renew"),
            ("2027-04-01", {"child": [{"name": "王一", "benefits": True}]}, "renew"),
        ],
    )
    def test_it_follows_from_the_points_and_what_the_notice_lacks(self, on: str, changes: Any, kind: str) -> None:
        case = standing("in_force", IN_FORCE, **changes)
        assert option(case, "form", on).proposes["kind"] == kind


def test_a_permit_that_is_over_gives_a_notice_no_term() -> None:
    case = filing("approved", "2027-05-10", IN_FORCE)
    assert "valid_until" in option(case, "notice", "2027-05-10").needs
    assert "valid_until" not in option(case, "notice", "2027-05-10").proposes
    assert enter(case, "notice", day("2027-05-10"), {}).applicant["notice.valid_until"] is None


def test_what_is_offered_names_what_is_asked() -> None:
    found = {each.stage: each for each in next_stages(standing("engaged"), day("2026-11-26"))}
    assert found["account"].asks == ("kind", "district")
    assert found["account"].proposes == {"kind": "new", "district": "浦东新区"}
    assert found["closed"].asks == ("because",)
    assert why(standing("engaged"), "closed", "2026-11-26") is None
