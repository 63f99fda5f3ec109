"""A case as it was at any entry of its journal."""

from collections.abc import Iterator
from typing import Any

import pytest
from desks import Desk

from models import history
from models.history import States, led_to
from models.paths import pruned


def replayed(desk: Desk, case_id: int, entries: int | None = None) -> Any:
    """The case after so many of its entries, from the journal alone."""
    oldest_first = [entry.changes for entry in reversed(desk.entries(case_id))]
    return led_to(oldest_first[:entries])


def tree(desk: Desk, case_id: int) -> Any:
    return pruned(desk.tree(case_id)) | {"applicant": desk.document(case_id)}


def test_the_journal_leads_to_the_case(ana: Desk, bo: Desk) -> None:
    case_id = ana.create({"name": "甲", "education": [{"level": "bachelor"}, {"level": "associate"}]}, tags=["中考"])
    bo.set(case_id, "status", "form")
    ana.set(case_id, "applicant.permit.valid_until", "2027-03-01")
    ana.set(case_id, ana.row(case_id, "education", 1) + ".degree", "none")
    assert replayed(ana, case_id) == tree(ana, case_id)


def test_and_to_the_case_as_it_was_after_each_entry(ana: Desk) -> None:
    case_id = ana.create({"name": "甲"})
    seen = [tree(ana, case_id)]
    for path, value in [("applicant.name", "乙"), ("applicant.permit.number", "X1"), ("applicant.permit.number", None)]:
        ana.set(case_id, path, value)
        seen.append(tree(ana, case_id))
    assert [replayed(ana, case_id, n) for n in range(1, 5)] == seen


def test_rows_that_come_and_go_keep_their_places(ana: Desk) -> None:
    case_id = ana.create({"education": [{"level": "bachelor"}, {"level": "associate"}, {"level": "high_school"}]})
    middle, last = ana.row(case_id, "education", 1), ana.row(case_id, "education", 2)
    ana.change(case_id, (middle, ana.document(case_id)["education"][1], None))
    ana.change(
        case_id,
        ("applicant.education.new2", None, {"level": "master"}, 2),
        ("applicant.education.new1", None, {"level": "doctor"}, 1),
        (last, ana.document(case_id)["education"][1], None),
    )
    assert replayed(ana, case_id) == tree(ana, case_id)
    ana.undo()
    assert replayed(ana, case_id) == tree(ana, case_id)
    ana.undo()
    assert [row["level"] for row in replayed(ana, case_id)["applicant"]["education"]] == [
        "bachelor",
        "associate",
        "high_school",
    ]


def test_a_case_that_was_taken_away_is_no_more_and_was_before(ana: Desk) -> None:
    case_id = ana.create({"name": "甲"})
    ana.undo()
    assert replayed(ana, case_id) is None
    assert replayed(ana, case_id, 1)["applicant"]["name"] == "甲"
    ana.redo()
    assert replayed(ana, case_id) == tree(ana, case_id)


def test_from_one_state_to_any_other_no_long_way_is_gone(ana: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(history, "APART", 7)
    case_id = ana.create({"name": "甲", "education": [{"level": "bachelor"}]})
    for number in range(20):
        ana.set(case_id, "applicant.contact.phone", f"1390000{number:04}")
        ana.change(case_id, (f"applicant.award.n{number}", None, {"level": "provincial"}, number % 2))
        if number % 5 == 4:
            ana.undo()
    journal = [(entry.id, entry.changes) for entry in reversed(ana.entries(case_id))]
    read: list[int] = []

    def entries(after: int, until: int) -> Iterator[tuple[int, Any]]:
        for number, changes in journal:
            if after < number <= until:
                read.append(number)
                yield number, changes

    states = States(entries)
    numbers = [number for number, _ in journal]
    assert len(numbers) > 40
    for number in [*reversed(numbers), *numbers, numbers[3], numbers[-1], 0, numbers[20]]:
        read.clear()
        before = [changes for entry, changes in journal if entry <= number]
        assert states.after(number) == led_to(before)
        assert len(read) < (7 if number != numbers[-1] else len(numbers) + 1)
