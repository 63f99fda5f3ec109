"""`dabiao show` and `dabiao set`: one case, and an edit from a script checked and written down like any other."""

from collections.abc import Callable
from pathlib import Path
from typing import Any
from unittest.mock import ANY

import pytest

from engine.workflow import STATUSES
from engine.workflow.points import DERIVED

Command = Callable[..., Any]
Write = Callable[..., Path]

SHOWN = {
    *("id", "name", "status", "revision", "applicant", "score", "proven", "renewal", "applications", "deadlines"),
    *("materials", "tasks", "journal"),
}


@pytest.fixture(autouse=True)
def case(office: Path, command: Command, applicant: Write) -> None:
    """Case 1: 王小明, two stages of schooling, the second verified."""
    schooling = [{"level": "associate"}, {"level": "bachelor", "graduated": "2012-07-01", "evidence": "verified"}]
    command("import", applicant("a.json", name="王小明", birth_date="1990-03-07", education=schooling))


def facts(command: Command) -> dict[str, Any]:
    found: dict[str, Any] = command("show", 1, "--json").json["applicant"]
    return found


def levels(command: Command) -> list[str]:
    return [row["level"] for row in facts(command).get("education", [])]


class TestShow:
    def test_the_document_has_the_keys_that_were_promised(self, command: Command) -> None:
        found = command("show", 1, "--json").json
        assert found.keys() >= SHOWN
        assert (found["id"], found["name"], found["status"], found["score"]) == (1, "王小明", "lead", 90)
        assert found["applications"] == found["deadlines"] == found["tasks"] == []

    def test_the_journal_has_each_change_with_before_and_after(self, command: Command) -> None:
        command("set", 1, "applicant.name=王晓明")
        entry = command("show", 1, "--json").json["journal"][0]
        assert entry.keys() >= {"at", "by", "command", "changes"}
        assert entry["command"] == "set"
        assert entry["changes"] == [{"path": "applicant.name", "before": "王小明", "after": "王晓明"}]

    def test_people_read_every_fact_by_its_name_with_the_place_to_set_it(self, command: Command) -> None:
        shown = command("show", 1).out
        assert any(line.split() == ["applicant.education.1.level", "学历", "本科"] for line in shown.splitlines())

    def test_the_score_of_another_day(self, command: Command) -> None:
        assert command("show", 1, "--json", "--on", "2008-01-01").code == 2
        assert command("show", 1, "--json", "--on", "2034-03-07").json["score"] == 89

    def test_the_status_in_its_first_line_is_the_one_the_list_shows(self, command: Command, applicant: Write) -> None:
        ended = {"issued": "2025-11-21", "valid_until": "2026-11-03", "score": 125}
        command("import", applicant("b.json", name="王斌", birth_date="1983-10-11", notice=ended))
        assert command("set", 2, "status=in_force", "step.because=转入").code == 0
        assert command("list", "--json", "status:lapsed").json["cases"][0]["id"] == 2
        assert "已失效" in command("show", 2).out.splitlines()[0]

    @pytest.mark.parametrize("command_name", ["show", "set"])
    def test_a_case_that_is_not_there(self, command: Command, command_name: str) -> None:
        done = command(command_name, 99, *(["status=form"] if command_name == "set" else []))
        assert (done.code, done.out) == (2, "")
        assert "99" in done.err


class TestSet:
    def test_it_prints_the_case(self, command: Command) -> None:
        found = command("set", 1, "--json", "status=form", "step.because=转入").json
        assert (found["status"], found["revision"]) == ("form", 2)

    def test_several_at_once_are_one_command(self, command: Command) -> None:
        command(
            "set", 1, "status=form", "step.because=转入", "consultant=ana", "tag+=中考", "tag+=急", "need_by=2027-12-02"
        )
        found = command("set", 1, "--json", "tag-=急").json
        assert (found["consultant"], found["tags"], found["need_by"]) == ("ana", ["中考"], "2027-12-02")
        assert [entry["command"] for entry in found["journal"]] == ["set", "stage", "import"]

    def test_a_field_of_a_row_by_its_place(self, command: Command) -> None:
        command("set", 1, "applicant.education.1.degree=bachelor")
        assert facts(command)["education"][1]["degree"] == "bachelor"

    def test_a_field_of_a_row_by_its_name(self, command: Command) -> None:
        row_id = facts(command)["education"][0]["id"]
        command("set", 1, f"applicant.education.{row_id}.degree=none")
        assert facts(command)["education"][0]["degree"] == "none"

    @pytest.mark.parametrize("row", ['{"from": "2026-01", "base": 12000}', '{from = "2026-01", base = 12000}'])
    def test_a_row_is_added_as_json_or_toml(self, command: Command, row: str) -> None:
        command("set", 1, f"applicant.insurance+={row}")
        (added,) = facts(command)["insurance"]
        assert {key: added[key] for key in ("from", "base")} == {"from": "2026-01", "base": 12000}

    def test_an_empty_value_clears(self, command: Command) -> None:
        command("set", 1, "applicant.contact.phone=13800000000")
        command("set", 1, "applicant.contact.phone=", "consultant=")
        assert "contact" not in facts(command)

    def test_an_empty_row_is_removed(self, command: Command) -> None:
        command("set", 1, "applicant.education.0=")
        assert levels(command) == ["bachelor"]

    def test_rows_are_counted_as_they_stood_before(self, command: Command) -> None:
        command("set", 1, "applicant.education.0=", "applicant.education.1.level=master")
        assert levels(command) == ["master"]

    def test_a_whole_row_is_replaced(self, command: Command) -> None:
        command("set", 1, 'applicant.education.0={"level": "doctor"}')
        assert levels(command) == ["doctor", "bachelor"]

    def test_a_list_of_items_is_set_and_added_to(self, command: Command) -> None:
        command("set", 1, "applicant.claims=age,education")
        command("set", 1, "applicant.claims+=title", "applicant.claims-=age")
        assert facts(command)["claims"] == ["education", "title"]

    def test_values_are_of_the_kind_of_the_field(self, command: Command) -> None:
        command("set", 1, "applicant.permit.valid_until=2027-05-09", "applicant.employment.dispatched=true")
        assert facts(command)["permit"] == {"valid_until": "2027-05-09"}
        assert facts(command)["employment"] == {"dispatched": True}

    def test_a_verified_row_that_changes_is_only_received_and_that_is_said(self, command: Command) -> None:
        done = command("set", 1, "applicant.education.1.degree=bachelor")
        assert facts(command)["education"][1]["evidence"] == "received"
        assert done.code == 0
        assert done.err

    def test_what_is_so_already_is_no_edit(self, command: Command) -> None:
        done = command("set", 1, "--json", "status=lead")
        assert (done.code, done.json["revision"]) == (0, 1)
        assert done.err

    @pytest.mark.parametrize("status", [status for status in STATUSES[1:] if status not in DERIVED[1:]])
    def test_every_status_may_be_set_by_somebody_who_says_why(self, command: Command, status: str) -> None:
        assert command("set", 1, "--json", f"status={status}", "step.because=lost").json["status"] == status

    def test_what_is_told_with_a_stage_is_kept_with_it(self, command: Command) -> None:
        command("set", 1, "status=accepted", "step.because=转入", "step.kind=new", "step.receipt=浦东2026-118")
        [application] = command("show", 1, "--json").json["applications"]
        assert (application["kind"], application["receipt"], application["opened"]) == ("new", "浦东2026-118", ANY)

    def test_a_stage_that_does_not_follow_is_refused_by_name(self, command: Command) -> None:
        done = command("set", 1, "status=review")
        assert done.code == 2 and "已测算" in done.err

    def test_what_a_stage_is_not_asked_about_is_told(self, command: Command) -> None:
        assert "colour" in command("set", 1, "status=form", "step.colour=red").err
        assert command("set", 1, "step.receipt=1").code == 2


class TestRefused:
    @pytest.mark.parametrize(
        ("assignment", "told"),
        [
            ("status=done", "status"),
            ("status=", "status"),
            ("colour=red", "colour"),
            ("applicant.educaton.0.level=master", "education"),
            ("applicant.education.0.level=batchelor", "applicant.education.0.level: batchelor"),
            ("applicant.education.0.levle=master", "level"),
            ("applicant.education.7.level=master", "applicant.education.7.level"),
            ("applicant.award.0.level=provincial", "applicant.award.0.level"),
            ("applicant.name.first=x", "applicant.name.first"),
            ("applicant.birth_date=7 March", "7 March"),
            ("applicant.employment.dispatched=maybe", "maybe"),
            ("applicant.insurance+=12000", "12000"),
            ("applicant.insurance-=0", "applicant.insurance"),
            ("applicant.name+=x", "applicant.name"),
            ("applicant={}", "applicant"),
            ("tag+=", "tags"),
            ("status", "status"),
            ("need_by=soon", "need_by"),
        ],
    )
    def test_it_is_told_and_nothing_changes(self, command: Command, assignment: str, told: str) -> None:
        before = command("show", 1, "--json").json
        done = command("set", 1, assignment)
        assert (done.code, done.out) == (2, "")
        assert told in done.err
        assert "Traceback" not in done.err
        assert command("show", 1, "--json").json == before

    def test_a_contradiction_names_both_facts(self, command: Command) -> None:
        done = command("set", 1, "applicant.id_number=340104199103074516")
        assert done.code == 2
        assert "id_number" in done.err
        done = command("set", 1, "applicant.birth_date=1991-03-07", "applicant.id_number=340104199003074516")
        assert (done.code, "birth_date: 1991-03-07" in done.err, "1990-03-07" in done.err) == (2, True, True)

    def test_all_that_is_wrong_is_told_at_once_and_the_rest_is_not_done(self, command: Command) -> None:
        done = command("set", 1, "tag+=x", "applicant.sex=f", "applicant.birth_date=never")
        assert done.code == 2
        assert len(done.err.splitlines()) == 2
        assert command("show", 1, "--json").json["tags"] == []

    def test_what_is_no_number_of_a_case(self, command: Command) -> None:
        done = command("set", "one", "status=form")
        assert (done.code, done.out) == (2, "")
        assert "one" in done.err


def test_tasks_and_what_ifs_are_set_like_facts_and_shown(command: Command) -> None:
    case = 1
    command("set", case, 'tasks+={"what": "调档", "due": "2027-03-01"}', 'what_ifs+={"line": "bachelor"}')
    command("set", case, "tasks.0.done=2027-02-11")
    shown = command("show", "--json", case).json
    (task,), (what_if,) = shown["tasks"], shown["what_ifs"]
    assert (task["what"], task["due"], task["done"], what_if["line"]) == (
        "调档",
        "2027-03-01",
        "2027-02-11",
        "bachelor",
    )
    command("set", case, "tasks.0=")
    assert command("show", "--json", case).json["tasks"] == []


def test_show_has_every_paper_of_the_checklist_with_its_state(command: Command) -> None:
    command("set", 1, "status=engaged", "step.because=补录")
    shown = command("show", 1, "--json").json
    papers = {paper["code"]: paper for paper in shown["materials"]}
    assert papers["B03"] == {
        "code": "B03",
        "of": None,
        "name": "《上海市居住证》",
        "supplier": "client",
        "owed": True,
        "points": 0,
        "state": "missing",
    }
    assert "B03" in shown["owed"]
