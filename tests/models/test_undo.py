"""Every command is taken back by its inverse and done again by the inverse of that, unless somebody built on it."""

import json
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from desks import DAY, Desk
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from strategies import documents

from engine.words import say
from models.workspace import open_workspace
from models.writing import Author, NewCase, Refused, create_many, redo, undo

WANG = {"name": "王小明", "education": [{"id": "e1", "level": "bachelor", "evidence": "verified"}]}


def refused(code: str, command: Any, *arguments: Any) -> Refused:
    with pytest.raises(Refused) as caught:
        command(*arguments)
    assert caught.value.reason.code == f"write.{code}"
    return caught.value


def test_a_change_is_taken_back(ana: Desk) -> None:
    case_id = ana.create(WANG)
    first = ana.tree(case_id)
    ana.change(case_id, ("status", "lead", "form"), ("applicant.sex", None, "male"))
    undone = ana.undo()
    assert ana.tree(case_id) == first
    assert (undone.command, undone.case_id, {c.path for c in undone.changes}) == (
        "set",
        case_id,
        {"status", "applicant.sex"},
    )


def test_what_followed_from_a_change_is_taken_back_with_it(ana: Desk) -> None:
    case_id = ana.create(WANG)
    first = ana.case(case_id)
    ana.set(case_id, "applicant.education.e1.level", "master")
    ana.undo()
    assert ana.document(case_id) == first.document  # the evidence too
    assert ana.case(case_id).row.score == first.row.score


def test_pressed_again_it_goes_further_back_and_redo_comes_forward(ana: Desk) -> None:
    case_id = ana.create(WANG)
    names = ["王小明", "王一", "王二", "王三"]
    for name in names[1:]:
        ana.set(case_id, "applicant.name", name)

    def name() -> str:
        return str(ana.document(case_id)["name"])

    back = [(ana.undo(), name())[1] for _ in range(3)]
    forward = [(ana.redo(), name())[1] for _ in range(3)]
    again = [(ana.undo(), name())[1] for _ in range(2)]
    assert (back, forward, again) == (["王二", "王一", "王小明"], ["王一", "王二", "王三"], ["王二", "王一"])


def test_a_creation_is_taken_back_and_comes_again_under_its_number(ana: Desk) -> None:
    case_id = ana.create(WANG, tags=["重点"])
    made = ana.case(case_id)
    ana.undo()
    assert ana.find(case_id) is None
    assert ana.count("SELECT count(*) FROM document") == ana.count("SELECT count(*) FROM search_key") == 0
    other = ana.create({}, command="import")
    assert other != case_id
    ana.undo(other)
    ana.redo(case_id)
    back = ana.case(case_id)
    assert (back.document, back.tags, back.row.created_at) == (made.document, ("重点",), made.row.created_at)
    assert back.revision > made.revision
    assert ana.count("SELECT count(*) FROM search_key WHERE key = 'wxm'") == 1


def test_a_new_command_ends_what_could_be_done_again(ana: Desk) -> None:
    case_id = ana.create(WANG)
    ana.set(case_id, "status", "form")
    ana.undo()
    ana.set(case_id, "applicant.sex", "male")
    refused("nothing_to_redo", ana.redo)
    ana.undo()
    assert ana.case(case_id).status == "lead"


def test_a_command_in_another_case_does_not_end_it_in_this_one(ana: Desk) -> None:
    first, second = ana.create(WANG), ana.create({})
    ana.set(first, "status", "form")
    ana.undo(first)
    ana.set(second, "status", "form")
    refused("nothing_to_redo", ana.redo)
    ana.redo(first)
    assert ana.case(first).status == "form"


def test_in_a_case_only_that_case_is_taken_back(ana: Desk) -> None:
    first, second = ana.create(WANG), ana.create({})
    ana.set(first, "status", "form")
    ana.set(second, "status", "paused")
    ana.undo(first)
    assert (ana.case(first).status, ana.case(second).status) == ("lead", "paused")


def test_nobody_takes_back_what_another_did(ana: Desk, bo: Desk) -> None:
    ana.create(WANG)
    refused("nothing_to_undo", bo.undo)


def test_with_nothing_done_there_is_nothing_to_take_back(ana: Desk) -> None:
    refused("nothing_to_undo", ana.undo)
    refused("nothing_to_redo", ana.redo)


def test_a_later_edit_of_another_field_does_not_stand_in_the_way(ana: Desk, bo: Desk) -> None:
    case_id = ana.create(WANG)
    ana.set(case_id, "applicant.name", "王一")
    bo.set(case_id, "status", "form")
    ana.undo()
    assert (ana.document(case_id)["name"], ana.case(case_id).status) == ("王小明", "form")


def test_a_later_edit_of_the_same_field_does_and_is_named(ana: Desk, bo: Desk) -> None:
    case_id = ana.create(WANG)
    ana.set(case_id, "applicant.education.e1.level", "master")
    bo.set(case_id, "applicant.education.e1.level", "doctor")
    reason = refused("changed_since", ana.undo).reason
    assert (reason.values["who"], reason.values["path"]) == ("bo", "applicant.education.e1.level")
    assert say(reason, "zh") == f"不能撤销：bo 在 {reason.values['at']} 又改了 学历"
    assert ana.document(case_id)["education"][0]["level"] == "doctor"


def test_a_creation_that_somebody_built_on_stays(ana: Desk, bo: Desk) -> None:
    case_id = ana.create(WANG)
    bo.set(case_id, "status", "form")
    refused("changed_since", ana.undo)
    assert ana.find(case_id) is not None


def test_a_field_whose_row_somebody_removed_stays_gone(ana: Desk, bo: Desk) -> None:
    case_id = ana.create({"award": [{"id": "r1", "level": "provincial"}]})
    ana.set(case_id, "applicant.award.r1.level", None)
    bo.set(case_id, "applicant.award.r1", None)
    assert refused("gone_since", ana.undo).reason.values["who"] == "bo"
    assert ana.document(case_id) == {}


def test_what_would_contradict_the_facts_of_now_is_not_taken_back(ana: Desk, bo: Desk) -> None:
    case_id = ana.create({"spouse": {"name": "陈静"}})
    ana.set(case_id, "applicant.spouse", None)
    bo.set(case_id, "applicant.marital_status", "single")
    assert "配偶" in say(refused("contradicts", ana.undo).reason, "zh")


def test_rows_come_back_to_their_places(ana: Desk) -> None:
    case_id = ana.create({"award": [{"id": i} for i in "abcde"]})
    ana.change(case_id, *[(f"applicant.award.{i}", {}, None) for i in "cae"])
    ana.undo()
    assert "".join(row["id"] for row in ana.document(case_id)["award"]) == "abcde"


def test_taking_back_is_in_the_journal(ana: Desk) -> None:
    case_id = ana.create(WANG)
    saved = ana.set(case_id, "status", "form")
    ana.undo()
    entry = ana.entries(case_id)[0]
    assert (entry.command, entry.undoes, entry.by) == ("undo", saved.entry, "ana")
    assert entry.changes == [{"path": "status", "before": "form", "after": "lead"}]


def test_a_batch_is_taken_back_and_done_again_as_one(ana: Desk) -> None:
    cases = (NewCase({"name": f"客户{n}"}) for n in range(520))
    ids = [i for chunk in create_many(ana.workspace, cases, by=ana.author, today=DAY) for i in chunk]
    undone = ana.undo()
    assert (undone.cases, undone.command, ana.count("SELECT count(*) FROM cases")) == (520, "import", 0)
    assert (ana.redo().cases, ana.count("SELECT count(*) FROM cases")) == (520, 520)
    assert ana.document(ids[510]) == {"name": "客户510"}
    assert (ana.undo().cases, ana.count("SELECT count(*) FROM cases")) == (520, 0)


def test_a_batch_that_somebody_built_on_stays_whole(ana: Desk, bo: Desk) -> None:
    cases = (NewCase({"name": f"客户{n}"}) for n in range(3))
    ids = [i for chunk in create_many(ana.workspace, cases, by=ana.author, today=DAY) for i in chunk]
    bo.set(ids[1], "status", "form")
    refused("changed_since", ana.undo)
    assert ana.count("SELECT count(*) FROM cases") == 3


# --- any commands at all, beside a plain model


@st.composite
def steps(draw: st.DrawFn) -> list[Any]:
    """Commands (part of another document, a row put in or taken out, a status), with undo and redo between."""
    part = st.tuples(st.just("part"), documents(), st.randoms(use_true_random=False))
    row = st.tuples(st.just("row"), st.sampled_from(["award", "work", "employment.hr"]), st.integers(0, 3))
    status = st.tuples(st.just("status"), st.sampled_from(["lead", "form", "paused"]))
    taking = st.tuples(st.sampled_from(["undo", "undo", "redo"]))
    return draw(st.lists(part | row | status | taking, min_size=1, max_size=14))


def changes_for(desk: Desk, case_id: int, step: Any, number: int) -> list[tuple[Any, ...]]:
    from models.paths import get

    tree = desk.tree(case_id)
    match step:
        case ("status", status):
            return [("status", tree["status"], status)]
        case ("row", section, place):
            rows = get(tree, f"applicant.{section}") or []
            if place < len(rows) and number % 2:
                return [(f"applicant.{section}.{rows[place]['id']}", rows[place], None)]
            return [(f"applicant.{section}.n{number}", None, {}, place)]
        case ("part", document, random):
            keys = sorted({*tree["applicant"], *document})
            picked = random.sample(keys, k=min(len(keys), 4))
            return [(f"applicant.{key}", tree["applicant"].get(key), document.get(key)) for key in picked]
    raise AssertionError(step)


def take(desk: Desk, case_id: int, command: str) -> None:
    getattr(desk, command)(case_id)


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(steps=steps())
def test_undo_and_redo_agree_with_a_plain_model(ana: Desk, steps: list[Any]) -> None:
    """The model keeps whole documents: a stack of pasts and one of futures."""
    from engine.document import Invalid

    case_id = ana.create({})
    past, future = [ana.tree(case_id)], []
    for number, step in enumerate(steps):
        match step:
            case ("undo",):
                if len(past) > 1:
                    future.append(past.pop())
                    take(ana, case_id, "undo")
            case ("redo",):
                if future:
                    past.append(future.pop())
                    take(ana, case_id, "redo")
                else:
                    refused("nothing_to_redo", ana.redo, case_id)
            case _:
                try:
                    kept = ana.change(case_id, *changes_for(ana, case_id, step, number)).entry is not None
                except Invalid:  # parts of two applicants need not agree
                    kept = False
                if kept:
                    past.append(ana.tree(case_id))
                    future.clear()
        assert ana.tree(case_id) == past[-1] and ana.is_of_one_piece(case_id)
    while len(past) > 1:
        take(ana, case_id, "undo")
        past.pop()
        assert json.dumps(ana.tree(case_id)) == json.dumps(past[-1])  # the order of rows and keys too
    ana.undo(case_id)
    assert ana.find(case_id) is None


def test_what_was_done_yesterday_can_be_taken_back(tmp_path: Path) -> None:
    ana = Author("ana", "test")
    with closing(open_workspace(tmp_path / "a.db")) as workspace:
        case_id = Desk(workspace, "ana").create(WANG)
    with closing(open_workspace(tmp_path / "a.db")) as workspace:
        undo(workspace, by=ana, today=DAY)
        assert Desk(workspace, "ana").find(case_id) is None
    with closing(open_workspace(tmp_path / "a.db")) as workspace:
        redo(workspace, by=ana, today=DAY)
        assert Desk(workspace, "ana").document(case_id)["name"] == "王小明"


def test_going_back_and_forth_without_end_asks_no_more_of_the_file_each_time(ana: Desk) -> None:
    case_id = ana.create(WANG)
    entry = ana.set(case_id, "applicant.name", "王一").entry
    assert entry is not None
    asked: list[str] = []

    def questions() -> tuple[int, int, int]:
        """How many statements each takes: to take back, to do again, to take the first command back by its number."""
        counts = []
        for command in (ana.undo, ana.redo, lambda: ana.take_back(entry)):
            asked.clear()
            assert command().command == "set"
            counts.append(len(asked))
        ana.redo()
        return counts[0], counts[1], counts[2]

    ana.undo()
    with ana.workspace.engine.connect() as connection:
        connection.connection.driver_connection.set_trace_callback(asked.append)
    ana.redo()
    first = questions()
    for _ in range(8):
        ana.undo()
        ana.redo()
    assert questions() == first
