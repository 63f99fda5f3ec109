"""What belongs to an employer stands in all its cases, and is changed in all of them at once."""

from typing import Any

import pytest
from desks import DAY, Desk
from soundness import flaws

from models.employers import employer
from models.history import present
from models.refusals import Refused
from models.writing import Change, change

ONE, TWO = "91310115MA1K3BXX0C", "913100006072887707"


def case(desk: Desk, name: str, uscc: str = ONE, **employment: Any) -> int:
    return desk.create({"name": name, "employment": {"uscc": uscc, **employment}})


def employment(desk: Desk, case_id: int) -> dict[str, Any]:
    found: dict[str, Any] = desk.document(case_id)["employment"]
    return found


def test_a_fact_of_the_employer_changes_in_all_its_cases(ana: Desk) -> None:
    wang, li, other = case(ana, "王小明"), case(ana, "李梅"), case(ana, "张三", TWO)
    ana.set(wang, "applicant.employment.points_account", "active")
    assert employment(ana, li)["points_account"] == "active"
    assert "points_account" not in employment(ana, other)


def test_it_is_one_batch_and_one_undo_of_it(ana: Desk) -> None:
    wang, li = case(ana, "王小明"), case(ana, "李梅")
    ana.set(wang, "applicant.employment.points_account", "active")
    first, second = ana.entries(wang)[0], ana.entries(li)[0]
    assert first.batch is not None and first.batch == second.batch
    ana.undo()
    assert "points_account" not in employment(ana, wang) and "points_account" not in employment(ana, li)


def test_who_works_in_one_case_is_told_of_the_others(ana: Desk) -> None:
    wang, *_ = case(ana, "王小明"), case(ana, "李梅"), case(ana, "张三")
    wanted = [Change("applicant.employment.district", None, "浦东新区")]
    saved = change(ana.workspace, wang, wanted, by=ana.author, today=DAY)
    assert [(notice.code, notice.values["count"]) for notice in saved.notices] == [("write.employer", 2)]


def test_hr_contacts_and_the_note_are_the_employers_too(ana: Desk) -> None:
    wang, li = case(ana, "王小明"), case(ana, "李梅")
    ana.change(wang, ("applicant.employment.hr.k3f9a", None, {"name": "周敏", "phone": "13800000000"}))
    ana.change(wang, ("employer_note", None, "周五下午不办"))
    assert employment(ana, li)["hr"] == [{"id": "k3f9a", "name": "周敏", "phone": "13800000000"}]
    assert ana.case(li).office["employer_note"] == "周五下午不办"


@pytest.mark.parametrize("path", ["post", "contract_until"])
def test_what_is_the_applicants_own_stays_in_one_case(ana: Desk, path: str) -> None:
    wang, li = case(ana, "王小明"), case(ana, "李梅")
    ana.set(wang, f"applicant.employment.{path}", "2028-06-30")
    assert path not in employment(ana, li)
    assert ana.entries(wang)[0].batch is None


def test_a_case_that_comes_to_an_employer_takes_what_is_known_of_it(ana: Desk) -> None:
    case(ana, "王小明", district="浦东新区", points_account="active", post="工程师")
    li = ana.create({"name": "李梅", "employment": {"district": "静安区"}})
    ana.set(li, "applicant.employment.uscc", ONE)
    assert employment(ana, li) == {"uscc": ONE, "district": "静安区", "points_account": "active"}


def test_changing_the_employer_of_one_case_changes_no_other(ana: Desk) -> None:
    wang, li = case(ana, "王小明", district="浦东新区"), case(ana, "李梅", district="浦东新区")
    ana.change(
        wang,
        ("applicant.employment.uscc", ONE, TWO),
        ("applicant.employment.district", "浦东新区", "静安区"),
    )
    assert employment(ana, li)["district"] == "浦东新区"


def test_the_journal_leads_to_each_case_and_all_is_of_one_piece(ana: Desk) -> None:
    wang, _ = case(ana, "王小明"), case(ana, "李梅")
    ana.set(wang, "applicant.employment.points_account", "active")
    ana.undo()
    ana.redo()
    assert flaws(ana.workspace) == []


def test_an_undo_is_refused_where_another_case_was_changed_since(ana: Desk, bo: Desk) -> None:
    wang, li = case(ana, "王小明"), case(ana, "李梅")
    ana.set(wang, "applicant.employment.points_account", "active")
    bo.set(li, "applicant.employment.points_account", "locked")
    with pytest.raises(Refused):
        ana.undo()


def test_the_register_has_what_its_cases_say_and_where_they_differ(ana: Desk) -> None:
    first = case(ana, "王小明", district="浦东新区", points_account="active")
    second = case(ana, "李梅", district="静安区")
    found = employer(ONE, [present(ana.case(case_id)) for case_id in (second, first)])
    assert found.facts["applicant.employment.district"] == "静安区"
    assert found.facts["applicant.employment.points_account"] == "active"
    assert found.differing == ("applicant.employment.district",) and found.cases == 2


def test_a_new_case_has_what_is_known_of_its_employer(ana: Desk) -> None:
    case(ana, "王小明", district="浦东新区", points_account="active", post="工程师")
    assert employment(ana, case(ana, "李梅", district="静安区")) == {
        "uscc": ONE,
        "district": "静安区",
        "points_account": "active",
    }
