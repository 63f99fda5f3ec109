"""A return reopens the papers it concerns: asked for again, and what they proved is proved no more."""

from typing import Any

import pytest
from casesteps import READY
from desks import DAY, Desk

from engine.document import validate
from engine.policy import load
from models.history import present
from models.papers import Owed, moved, papers
from models.refusals import Refused
from models.writing import advance, change

STUDIED: dict[str, Any] = {
    **READY,
    "id_number": "340104199003074516",
    "claims": ["age", "education"],
    "education": [
        {"id": "e1", "level": "associate", "form": "full_time", "graduated": "2008-07-01", "chsi": "found"},
        {"id": "e2", "level": "bachelor", "degree": "bachelor", "form": "full_time", "graduated": "2012-07-01"},
    ],
}


@pytest.fixture
def submitted(ana: Desk) -> int:
    """A case that is submitted with all papers of its education checked."""
    case_id = ana.create(STUDIED, status="account")
    for code in ("E01", "E04", "B07"):
        found = every(ana, case_id)
        paper = next(paper for paper in found if paper.item.code == code)
        changes = moved(present(ana.case(case_id)), found, paper, "verified", DAY)
        change(ana.workspace, case_id, changes, by=ana.author, today=DAY, command="paper")
    for to in ("form", "hr_review", "submitted"):
        advance(ana.workspace, case_id, to, {"kind": "new"}, by=ana.author, today=DAY)
    return case_id


def every(desk: Desk, case_id: int) -> list[Owed]:
    stored = desk.case(case_id)
    return papers(present(stored), validate(stored.document), load(), DAY)[1]


def states(desk: Desk, case_id: int) -> dict[str, str]:
    return {paper.item.code: paper.state for paper in every(desk, case_id)}


def returned(desk: Desk, case_id: int, **told: Any) -> None:
    advance(desk.workspace, case_id, "returned", told, by=desk.author, today=DAY)


def test_the_papers_of_its_reasons_are_asked_for_again(ana: Desk, submitted: int) -> None:
    returned(ana, submitted, where="online", reasons=["missing_prior_schooling"])
    found = states(ana, submitted)
    assert (found["E04"], found["E01"], found["B07"]) == ("requested", "verified", "verified")


def test_why_is_said_where_they_are_asked_for(ana: Desk, submitted: int) -> None:
    returned(ana, submitted, where="online", reasons=["contract"])
    [row] = [row for row in ana.case(submitted).office["papers"] if row["code"] == "B07"]
    assert (row["rejected_because"], row["requested"]) == ("合同期限不够", "2026-11-22")


def test_what_the_authority_wrote_goes_before_the_name_of_the_reason(ana: Desk, submitted: int) -> None:
    returned(ana, submitted, where="online", reasons=["contract"], text="合同剩余不满两个月")
    assert {row.get("rejected_because") for row in ana.case(submitted).office["papers"] if row["code"] == "B07"} == {
        "合同剩余不满两个月"
    }


def test_a_paper_that_is_named_is_reopened_whatever_the_reason(ana: Desk, submitted: int) -> None:
    returned(ana, submitted, where="online", reasons=["paper_unfit"], papers=["E01"])
    assert (states(ana, submitted)["E01"], states(ana, submitted)["E04"]) == ("requested", "verified")


def test_what_they_proved_is_proved_no_more_and_counts_all_the_same(ana: Desk, submitted: int) -> None:
    before = ana.case(submitted).row
    returned(ana, submitted, where="online", reasons=["nested_study"])  # both papers of the bachelor's row
    after = ana.case(submitted).row
    assert (before.proven, after.proven, after.score) == (120, 30, before.score)
    assert ana.document(submitted)["education"][1]["evidence"] == "claimed"


def test_a_paper_that_there_is_not_is_refused_by_the_nearest_code(ana: Desk, submitted: int) -> None:
    with pytest.raises(Refused) as refused:
        returned(ana, submitted, where="online", reasons=["paper_unfit"], papers=["E011"])
    assert refused.value.reason.values["near"] == "E01"
    assert ana.case(submitted).status == "submitted"


def test_it_is_taken_back_as_one(ana: Desk, submitted: int) -> None:
    returned(ana, submitted, where="online", reasons=["nested_study"])
    ana.undo(submitted)
    assert (ana.case(submitted).status, ana.case(submitted).row.proven) == ("submitted", 120)
