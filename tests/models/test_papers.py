"""The papers of a case in the store: owed by the facts, moved state by state, and proven with them."""

import json
from datetime import date
from typing import Any

import pytest
from desks import DAY, Desk
from soundness import flaws

from engine.document import validate
from engine.paper import State
from engine.policy import load
from models.history import present
from models.papers import Owed, chased, kind_of, moved, papers
from models.query import QueryError, parse
from models.reading import Reader
from models.writing import change

FACTS: dict[str, Any] = {
    "birth_date": "1990-03-07",
    "claims": ["age", "education"],
    "education": [
        {"id": "e1", "level": "associate", "form": "full_time", "graduated": "2008-07-01", "chsi": "found"},
        {
            "id": "e2",
            "level": "bachelor",
            "degree": "bachelor",
            "form": "full_time",
            "graduated": "2012-07-01",
            "chsi": "found",
        },
    ],
}


@pytest.fixture
def wang(ana: Desk) -> int:
    return ana.create(FACTS)


def every(desk: Desk, case_id: int) -> list[Owed]:
    stored = desk.case(case_id)
    return papers(present(stored), validate(stored.document), load(), DAY)[1]


def paper(desk: Desk, case_id: int, code: str) -> Owed:
    return next(found for found in every(desk, case_id) if found.item.code == code)


def move(desk: Desk, case_id: int, code: str, state: State, **more: Any) -> None:
    tree = present(desk.case(case_id))
    changes = moved(tree, every(desk, case_id), paper(desk, case_id, code), state, DAY, **more)
    change(desk.workspace, case_id, changes, by=desk.author, today=DAY, command="paper")


def proven(desk: Desk, case_id: int) -> int:
    found = desk.case(case_id).row.proven
    assert found is not None
    return found


def test_a_paper_is_of_the_row_that_is_put_forward(ana: Desk, wang: int) -> None:
    assert (paper(ana, wang, "E01").of, paper(ana, wang, "E01").fact) == ("e2", "applicant.education.e2")


def test_until_something_is_done_nothing_is_stored(ana: Desk, wang: int) -> None:
    assert paper(ana, wang, "E01").state == "missing" and "papers" not in ana.case(wang).office
    move(ana, wang, "E01", "requested")
    [row] = ana.case(wang).office["papers"]
    assert (row["code"], row["of"], row["state"], row["requested"]) == ("E01", "e2", "requested", "2026-11-22")


def test_verifying_the_last_paper_of_a_row_moves_proven_by_exactly_that_line(ana: Desk, wang: int) -> None:
    move(ana, wang, "E01", "verified")
    assert proven(ana, wang) == 0  # 专升本: the college's diploma is owed too
    move(ana, wang, "E04", "verified")
    assert proven(ana, wang) == 90


def test_changing_the_fact_afterwards_moves_it_back(ana: Desk, wang: int) -> None:
    move(ana, wang, "E01", "verified")
    move(ana, wang, "E04", "verified")
    ana.set(wang, "applicant.education.e2.school", "安徽大学")
    assert proven(ana, wang) == 0


def test_a_copy_is_received_and_a_rejected_one_counts_for_nothing(ana: Desk, wang: int) -> None:
    move(ana, wang, "E01", "received_copy")
    assert ana.document(wang)["education"][1]["evidence"] == "received"
    move(ana, wang, "E01", "rejected", rejected_because="看不清")
    assert ana.document(wang)["education"][1]["evidence"] == "rejected"


def test_what_was_checked_before_its_papers_were_written_down_stays_checked(ana: Desk) -> None:
    document = {**FACTS, "education": [FACTS["education"][0], {**FACTS["education"][1], "evidence": "verified"}]}
    case_id = ana.create(document)
    move(ana, case_id, "E01", "received_copy")
    assert ana.document(case_id)["education"][1]["evidence"] == "verified"


def test_a_step_of_a_paper_and_its_evidence_are_taken_back_as_one(ana: Desk, wang: int) -> None:
    move(ana, wang, "E01", "received_copy")
    ana.undo()
    assert ana.case(wang).office == {} and "evidence" not in ana.document(wang)["education"][1]
    assert flaws(ana.workspace) == []


def test_asking_counts_how_often_and_when_last(ana: Desk, wang: int) -> None:
    for _ in range(2):
        asked = [found for found in every(ana, wang) if found.item.code in {"B05", "E01"}]
        change(ana.workspace, wang, chased(asked, DAY), by=ana.author, today=DAY, command="chase")
    rows = {row["code"]: row for row in ana.case(wang).office["papers"]}
    assert (rows["B05"]["chased"], rows["B05"]["last_chased"], rows["B05"]["state"]) == (2, "2026-11-22", "requested")


def test_what_is_promised_is_a_day_of_the_case(ana: Desk, wang: int) -> None:
    move(ana, wang, "B05", "requested", promised="2026-11-25")
    assert (ana.case(wang).row.deadline, ana.case(wang).row.deadline_code) == ("2026-11-25", "paper_promised")


def test_the_kind_is_that_of_the_open_application_else_of_the_next(ana: Desk, wang: int) -> None:
    stored = ana.case(wang)
    assert kind_of(present(stored), validate(stored.document)) == "new"
    ana.change(wang, ("applications.k3f9a", None, {"kind": "add_child", "opened": "2026-11-20"}))
    stored = ana.case(wang)
    assert kind_of(present(stored), validate(stored.document)) == "add_child"
    held = ana.case(ana.create({"notice": {"valid_until": str(date(2027, 5, 9))}}))
    assert kind_of(present(held), validate(held.document)) == "renew"


def test_lists_know_what_is_owed_while_papers_are_collected_and_when_it_was_asked_for(ana: Desk) -> None:
    case_id = ana.create(FACTS, status="engaged")
    owed = json.loads(ana.case(case_id).row.owed or "[]")
    assert "E01" in owed and "B05" in owed and "B10" not in owed
    move(ana, case_id, "B05", "verified")
    assert "B05" not in json.loads(ana.case(case_id).row.owed or "[]")
    asked = [found for found in every(ana, case_id) if found.item.code == "E01"]
    change(ana.workspace, case_id, chased(asked, DAY), by=ana.author, today=DAY, command="chase")
    assert ana.case(case_id).row.chased == "2026-11-22"


def test_of_a_lead_nothing_is_owed_yet(ana: Desk, wang: int) -> None:
    assert ana.case(wang).row.owed is None


def test_cases_are_found_by_the_paper_they_owe_and_the_day_it_was_asked_for(ana: Desk) -> None:
    one, two = ana.create(FACTS, status="engaged"), ana.create({"birth_date": "1990-03-07"}, status="engaged")
    asked = [found for found in every(ana, one) if found.item.code == "E01"]
    change(ana.workspace, one, chased(asked, date(2026, 11, 10)), by=ana.author, today=DAY, command="chase")
    with Reader(ana.workspace) as reader:
        for line, found in [
            ("owed:E01", [one]),
            ("欠：学位证", [one]),
            ("owed:身份证", [one, two]),
            ("owed:none", []),
            ("chased:>7d", [one]),
            ("催:<7d", []),
            ("chased:none", [two]),
        ]:
            assert list(reader.ids(parse(line, DAY, "ana"))) == found, line


def test_a_paper_that_there_is_not_is_told() -> None:
    with pytest.raises(QueryError) as error:
        parse("owed:火星护照", DAY, "ana")
    assert error.value.reason.code == "query.paper"
