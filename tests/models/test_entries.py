"""The journal as it is read: pages of a case's entries, what stands of them, who wrote what last."""

from collections.abc import Iterator
from datetime import date

import pytest
from desks import Desk
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from models.deriving import RULES, Basis, basis
from models.entries import Standing
from models.history import led_to, present
from models.paths import touches
from models.reading import Reader


@pytest.fixture
def reader(ana: Desk) -> Iterator[Reader]:
    """A reader of the workspace."""
    with Reader(ana.workspace) as opened:
        yield opened


def three(ana: Desk) -> int:
    """A case with three entries, the second and third of its status."""
    case_id = ana.create({"name": "甲"})
    ana.set(case_id, "status", "form")
    ana.set(case_id, "status", "paused")
    return case_id


def test_the_numbers_of_a_cases_entries_come_newest_first_and_of_no_other_case(ana: Desk, reader: Reader) -> None:
    first, second = three(ana), ana.create({})
    ana.set(first, "need_by", "2027-01-01")
    assert list(reader.entry_ids(first)) == [5, 3, 2, 1]
    assert list(reader.entry_ids(second)) == [4]
    assert list(reader.entry_ids(99)) == []


def test_entries_come_in_the_order_asked_for_and_those_that_are_not_there_are_left_out(
    ana: Desk, reader: Reader
) -> None:
    three(ana)
    found = reader.entries([3, 99, 1])
    assert [(entry.id, entry.command, entry.by) for entry in found] == [(3, "set", "ana"), (1, "create", "ana")]
    assert found[0].changes == [{"path": "status", "before": "form", "after": "paused"}]
    assert found[0].answered is not None and found[0].answered["score"] == 0


def test_what_was_undone_does_not_stand_and_what_was_redone_does(ana: Desk, reader: Reader) -> None:
    three(ana)
    ana.undo()
    assert reader.standing([2, 3, 4]) == {2: Standing(2, True), 3: Standing(4, False), 4: Standing(4, True)}
    ana.redo()
    assert reader.standing([3, 4, 5]) == {3: Standing(5, True), 4: Standing(5, False), 5: Standing(5, True)}
    ana.undo()
    assert reader.standing([3]) == {3: Standing(6, False)}


def test_the_changes_up_to_an_entry_lead_to_the_case_as_it_was_then(
    ana: Desk, reader: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("models.entries._CHUNK", 2)  # more than one page of them
    case_id = three(ana)
    ana.create({})
    ana.set(case_id, "applicant.sex", "male")
    seen = [led_to(changes for _, changes in reader.changes(case_id, 0, entry)) for entry in (1, 2, 3, 5)]
    assert [tree and (tree["status"], tree["applicant"].get("sex")) for tree in seen] == [
        ("lead", None),
        ("form", None),
        ("paused", None),
        ("paused", "male"),
    ]
    assert seen[-1] == present(ana.case(case_id))


def test_the_last_entry_before_a_moment(ana: Desk, reader: Reader, monkeypatch: pytest.MonkeyPatch) -> None:
    moments = iter(f"2026-11-{day}T15:59:59.999Z" for day in (20, 20, 21, 23))
    monkeypatch.setattr("models.writing.moment", lambda: next(moments))
    case_id = ana.create({})
    for status in ("form", "paused", "lead"):
        ana.set(case_id, "status", status)
    assert reader.last_before(case_id, "2026-11-20T15:59:59.999Z") is None
    assert reader.last_before(case_id, "2026-11-20T16:00:00.000Z") == 2
    assert reader.last_before(case_id, "2026-11-23T00:00:00.000Z") == 3
    assert reader.last_before(case_id, "2027-01-01T00:00:00.000Z") == 4


def test_each_path_names_who_wrote_it_last(ana: Desk, bo: Desk, reader: Reader) -> None:
    case_id = three(ana)
    bo.set(case_id, "status", "form")
    bo.create({})
    ana.change(case_id, ("need_by", None, "2027-01-01"), ("applicant.sex", None, "male"))
    found = reader.last_writes(case_id)
    assert {path: (last.entry, last.by) for path, last in found.items()} == {
        "": (1, "ana"),
        "status": (4, "bo"),
        "need_by": (6, "ana"),
        "applicant.sex": (6, "ana"),
    }
    assert set(reader.last_writes(case_id, after=4)) == {"need_by", "applicant.sex"}
    assert reader.last_writes(case_id, after=6) == {}


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(st.sampled_from(["form", "paused", "undo", "redo"]), max_size=12))
def test_whatever_was_undone_and_redone_the_last_standing_change_is_what_the_case_says(
    ana: Desk, steps: list[str]
) -> None:
    from models.refusals import Refused

    case_id = ana.create({})
    for step in steps:
        try:
            if step in ("undo", "redo"):
                getattr(ana, step)(case_id)
            elif ana.find(case_id):
                ana.set(case_id, "status", step)
        except Refused:
            continue
    with Reader(ana.workspace) as reader:
        ids = reader.entry_ids(case_id)
        standing = reader.standing(ids)
        done = [entry for entry in reader.entries(ids) if standing[entry.id].stands and entry.command != "undo"]
        stored = reader.case(case_id)
    if stored is None:  # the creation itself was undone
        assert done == []
    else:
        (change,) = done[0].changes
        assert (change["after"] if change["path"] else change["after"]["status"]) == stored.status


def test_a_stamp_is_read_as_it_was_written(ana: Desk) -> None:
    case_id = ana.create({})
    assert basis(ana.case(case_id).stamp) == Basis(RULES, "shanghai", "2023", date(2026, 11, 22))


@pytest.mark.parametrize("stamp", ["", "1/shanghai", "x/shanghai/2023/2026-11-22", "1/shanghai/2023/never"])
def test_a_stamp_of_another_make_is_none(stamp: str) -> None:
    assert basis(stamp) is None


@pytest.mark.parametrize(
    ("one", "other", "meet"),
    [
        ("", "status", True),
        ("applicant.award.k1", "applicant.award.k1.level", True),
        ("applicant.award.k1.level", "applicant.award.k1", True),
        ("applicant.award.k1", "applicant.award.k10", False),
        ("applicant.name", "applicant.names", False),
    ],
)
def test_paths_touch_where_one_lies_in_the_other(one: str, other: str, meet: bool) -> None:
    assert touches(one, other) is meet
