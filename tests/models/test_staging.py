"""A case taken from stage to stage in the store: guarded, in one command, told by the journal, taken back as one."""

from datetime import date
from typing import Any

import pytest
from casesteps import IN_FORCE, READY
from desks import DAY, Desk
from soundness import flaws

from models.paths import get
from models.refusals import Refused
from models.writing import Saved, advance


@pytest.fixture
def wang(ana: Desk) -> int:
    return ana.create(READY, status="account")


def step(desk: Desk, case_id: int, to: str, day: date = DAY, **told: Any) -> Saved:
    return advance(desk.workspace, case_id, to, told, by=desk.author, today=max(day, DAY), day=day)


def office(desk: Desk, case_id: int) -> dict[str, list[dict[str, Any]]]:
    return desk.case(case_id).office


def test_a_step_is_kept_with_its_day_and_its_application(ana: Desk, wang: int) -> None:
    step(ana, wang, "form", date(2026, 11, 20), kind="new", district="浦东新区")
    [application] = office(ana, wang)["applications"]
    [taken] = office(ana, wang)["steps"]
    assert ana.case(wang).status == "form"
    assert (application["kind"], application["district"], application["opened"]) == ("new", "浦东新区", "2026-11-20")
    assert (taken["stage"], taken["on"], taken["application"]) == ("form", "2026-11-20", application["id"])


def test_a_stage_that_does_not_follow_is_refused_and_nothing_changed(ana: Desk, wang: int) -> None:
    with pytest.raises(Refused) as refused:
        step(ana, wang, "review")
    assert refused.value.reason.code == "workflow.unreachable"
    assert ana.case(wang).revision == 1


def test_a_stage_that_there_is_not_is_refused_by_the_nearest_name(ana: Desk, wang: int) -> None:
    with pytest.raises(Refused) as refused:
        step(ana, wang, "fomr")
    assert refused.value.reason.values["near"] == "form"


def test_a_condition_that_is_not_met_is_refused_unless_somebody_says_why(ana: Desk) -> None:
    unknown = {**READY, "employment": {"employer": "上海甲科技有限公司", "points_account": "unregistered"}}
    case_id = ana.create(unknown, status="engaged")
    with pytest.raises(Refused):
        step(ana, case_id, "account", kind="new")
    step(ana, case_id, "account", kind="new", because="人事说已经开好")
    assert office(ana, case_id)["steps"][0]["because"] == "人事说已经开好"


def test_a_day_before_the_last_step_is_refused(ana: Desk, wang: int) -> None:
    step(ana, wang, "form", date(2026, 11, 20), kind="new")
    with pytest.raises(Refused) as refused:
        step(ana, wang, "hr_review", date(2026, 11, 19))
    assert refused.value.reason.code == "workflow.day_before"


def test_a_return_without_a_reason_is_refused(ana: Desk, wang: int) -> None:
    step(ana, wang, "form", kind="new")
    step(ana, wang, "hr_review")
    step(ana, wang, "submitted")
    with pytest.raises(Refused) as refused:
        step(ana, wang, "returned", where="online")
    assert refused.value.reason.values["keys"] == ["reasons"]


def test_a_return_stands_in_its_application_and_is_answered_by_leaving_it(ana: Desk, wang: int) -> None:
    for to in ("form", "hr_review", "submitted"):
        step(ana, wang, to, kind="new")
    step(ana, wang, "returned", where="online", reasons=["contract"], text="合同不满一年", answer_by="2026-12-01")
    [returned] = office(ana, wang)["applications"][0]["returns"]
    assert (returned["on"], returned["where"], returned["reasons"]) == ("2026-11-22", "online", ["contract"])
    step(ana, wang, "form")
    [returned] = office(ana, wang)["applications"][0]["returns"]
    assert returned["answered"] == "2026-11-22"


def test_the_facts_as_filed_are_kept_when_it_is_submitted(ana: Desk, wang: int) -> None:
    for to in ("form", "hr_review", "submitted"):
        step(ana, wang, to, kind="new")
    ana.set(wang, "applicant.employment.post", "工程师")
    [application] = office(ana, wang)["applications"]
    assert application["filed"]["employment"]["employer"] == "上海甲科技有限公司"
    assert "post" not in application["filed"]["employment"]


def test_what_a_stage_asks_for_is_a_task_and_done_once_it_is_left(ana: Desk, wang: int) -> None:
    for to in ("form", "hr_review", "submitted", "paper_due"):
        step(ana, wang, to, kind="new")
    [task] = office(ana, wang)["tasks"]
    assert (task["what"], task["stage"], "done" in task) == ("hand_in", "paper_due", False)
    step(ana, wang, "accepted", receipt="浦2026-118", because="当天递交")
    assert office(ana, wang)["tasks"][0]["done"] == "2026-11-22"


def test_a_notice_is_a_fact_of_the_case(ana: Desk) -> None:
    case_id = ana.create(READY, status="approved")
    step(ana, case_id, "notice", number="浦2027-9", members=["王小明"])
    notice = ana.document(case_id)["notice"]
    assert (notice["number"], notice["valid_until"], notice["members"]) == ("浦2027-9", "2027-05-09", ["王小明"])


def test_a_step_is_one_command_and_taken_back_as_one(ana: Desk, wang: int) -> None:
    step(ana, wang, "form", kind="new")
    assert ana.entries(wang)[0].command == "stage"
    ana.undo()
    assert ana.case(wang).status == "account" and office(ana, wang) == {}
    ana.redo()
    assert ana.case(wang).status == "form" and flaws(ana.workspace) == []


def test_lists_know_the_kind_whose_move_it_is_and_the_next_day(ana: Desk, wang: int) -> None:
    for to in ("form", "hr_review", "submitted", "paper_due"):
        step(ana, wang, to, kind="new")
    row = ana.case(wang).row
    assert (row.stage, row.kind, row.waiting_on, row.since) == ("paper_due", "new", "hr", "2026-11-22")
    assert (row.deadline, row.deadline_code) == ("2026-11-24", "hand_in")


def test_points_that_fall_due_change_the_stage_by_themselves(ana: Desk) -> None:
    case_id = ana.create(IN_FORCE, status="in_force")
    assert ana.case(case_id).row.stage == "in_force"
    from models.writing import rederive

    rederive(ana.workspace, date(2027, 4, 1))
    assert ana.case(case_id).row.stage == "renewal_due"
    rederive(ana.workspace, date(2027, 5, 10))
    assert ana.case(case_id).row.stage == "lapsed"
    assert get(ana.tree(case_id), "status") == "in_force"
