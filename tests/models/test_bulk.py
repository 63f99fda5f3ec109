"""Many cases changed at once: foreseen, done in one batch, stopped with nothing changed, taken back byte for byte."""

from collections.abc import Callable
from datetime import date
from itertools import count
from typing import Any

import pytest
from casesteps import READY
from desks import DAY, Desk
from soundness import flaws

from models import bulk
from models.bulk import Outcome, carry_out, foresee
from models.connection import fault
from models.wishes import tagged, to_consultant, to_stage, untagged, with_task
from models.writing import NewCase, create_many

MANY = 450


@pytest.fixture
def office(ana: Desk) -> list[int]:
    """So many cases, of which every tenth has a tag and a consultant already."""
    cases = (
        NewCase({"name": f"王{n}"}, tags=["重点"] if n % 10 == 0 else [], consultant="bo" if n % 10 == 0 else None)
        for n in range(MANY)
    )
    return [i for ids in create_many(ana.workspace, cases, by=ana.author, today=DAY) for i in ids]


def do(desk: Desk, ids: list[int], ask: bulk.Ask, **more: Any) -> Outcome:
    return carry_out(desk.workspace, ids, ask, by=desk.author, today=DAY, command="set", **more)


def written(desk: Desk) -> list[tuple[Any, ...]]:
    """Everything that is kept of the cases but how often and when they were changed."""
    rows = desk.workspace.connection.execute(
        "SELECT cases.id, status, consultant, tags, score, proven, deadline, owed, office, document FROM cases"
        " JOIN document ON case_id = cases.id ORDER BY cases.id"
    )
    return [tuple(row) for row in rows.fetchall()]


def until(chunks: int) -> Callable[[], bool]:
    """Goes on for so many chunks."""
    left = iter(range(chunks))
    return lambda: next(left, None) is not None


def test_what_is_foreseen_is_what_then_comes_of_it(ana: Desk, office: list[int]) -> None:
    foreseen = foresee(ana.workspace, [*office, 99_999], tagged("重点"))
    assert (len(foreseen.changed), foreseen.same, list(foreseen.refused)) == (MANY * 9 // 10, MANY // 10, [99_999])
    assert do(ana, [*office, 99_999], tagged("重点")) == foreseen


def test_foreseeing_writes_nothing(ana: Desk, office: list[int]) -> None:
    before = written(ana)
    foresee(ana.workspace, office, to_consultant("cy"))
    assert written(ana) == before


def test_one_undo_restores_all_of_it_byte_for_byte(ana: Desk, office: list[int]) -> None:
    before = written(ana)
    do(ana, office, tagged("中考"))
    assert written(ana) != before
    assert ana.undo().cases == MANY
    assert written(ana) == before
    assert flaws(ana.workspace) == []


def test_stopped_on_the_way_it_leaves_nothing_changed_and_the_journal_says_so(ana: Desk, office: list[int]) -> None:
    before = written(ana)
    outcome = do(ana, office, tagged("中考"), goes_on=until(1))
    assert outcome == Outcome(stopped=True)
    assert written(ana) == before
    commands = ana.workspace.connection.execute("SELECT command, count(*) FROM entry GROUP BY command")
    assert dict(commands.fetchall()) == {"import": MANY, "set": 200, "undo": 200}


def test_stopped_after_the_last_chunk_it_is_taken_back_too(ana: Desk, office: list[int]) -> None:
    before = written(ana)
    assert do(ana, office[:100], tagged("中考"), goes_on=until(0)).stopped
    assert written(ana) == before


def test_what_somebody_else_changed_meanwhile_stays_and_is_named_and_all_the_rest_is_taken_back(
    ana: Desk, bo: Desk, office: list[int]
) -> None:
    def in_between(_: Outcome) -> None:
        bo.set(office[7], "tags", ["中考", "急"])

    outcome = do(ana, office[:150], tagged("中考"), tell=in_between, goes_on=until(0))
    assert outcome == Outcome(stopped=True, left=[office[7]])
    assert ana.case(office[7]).tags == ("中考", "急")
    assert not any("中考" in ana.case(case_id).tags for case_id in office[:150] if case_id != office[7])


def test_others_come_to_their_turn_while_it_is_taken_back(ana: Desk, bo: Desk, office: list[int]) -> None:
    heard: list[int] = []

    def in_between(outcome: Outcome) -> None:
        heard.append(len(outcome.changed))
        if heard == [100, 200, 100]:
            bo.set(office[10], "tags", ["急", "中考"])

    outcome = do(ana, office, tagged("中考"), tell=in_between, goes_on=until(1))
    assert (outcome.left, heard) == ([office[10]], [100, 200, 100, 0])


def test_a_session_that_ends_while_it_is_taken_back_leaves_the_rest_to_one_undo(ana: Desk, office: list[int]) -> None:
    before, heard = written(ana), list[int]()

    def killed(outcome: Outcome) -> None:
        heard.append(len(outcome.changed))
        if heard == [100, 200, 100]:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        do(ana, office[:200], tagged("中考"), tell=killed, goes_on=until(1))
    assert written(ana) != before
    assert ana.undo().cases == 100
    assert written(ana) == before and flaws(ana.workspace) == []


def test_where_it_cannot_go_on_what_was_changed_is_told_and_taken_back_by_one_undo(
    ana: Desk, office: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    before, write, chunks = written(ana), bulk.record, count()

    def full(*arguments: Any, **named: Any) -> list[int]:
        if next(chunks) == 1:
            raise fault("disk_full", ana.workspace.path)
        return write(*arguments, **named)

    monkeypatch.setattr(bulk, "record", full)
    outcome = do(ana, office, tagged("中考"))
    assert outcome.failed is not None and outcome.changed == office[:100]
    monkeypatch.undo()
    assert ana.undo().cases == 100 and written(ana) == before


def test_it_is_told_chunk_by_chunk(ana: Desk, office: list[int]) -> None:
    heard: list[int] = []
    do(ana, office[:250], tagged("中考"), tell=lambda outcome: heard.append(outcome.done))
    assert heard == [100, 200, 250]


def test_between_two_chunks_somebody_else_can_write(ana: Desk, bo: Desk, office: list[int]) -> None:
    def in_between(outcome: Outcome) -> None:
        if outcome.done == 100:
            bo.set(office[150], "applicant.name", "张三")

    do(ana, office, tagged("中考"), tell=in_between)
    assert ana.document(office[150])["name"] == "张三" and "中考" in ana.case(office[150]).tags


class TestStages:
    @pytest.fixture
    def three(self, ana: Desk) -> list[int]:
        """Two that may go on to the form, and one whose employer has no account."""
        other = {**READY, "employment": {**READY["employment"], "points_account": "unregistered"}}
        return [ana.create(document, status="account") for document in (READY, READY, other)]

    def test_every_condition_holds_as_for_a_single_case(self, ana: Desk, three: list[int]) -> None:
        outcome = do(ana, three, to_stage("form", {}, DAY))
        assert outcome.changed == three[:2]
        assert outcome.refused[three[2]].code == "workflow.closed"
        assert [ana.case(case_id).status for case_id in three] == ["form", "form", "account"]

    def test_a_stage_brings_its_step_and_its_application(self, ana: Desk, three: list[int]) -> None:
        do(ana, three[:1], to_stage("form", {}, DAY))
        assert ana.case(three[0]).office["applications"][0]["kind"] == "new"

    def test_who_says_why_takes_all_of_them(self, ana: Desk, three: list[int]) -> None:
        outcome = do(ana, three, to_stage("form", {"because": "人事说都开好了"}, DAY))
        assert outcome.changed == three


class TestWishes:
    def test_a_consultant_is_taken_away_by_none(self, ana: Desk) -> None:
        case_id = ana.create({"name": "王小明"}, consultant="bo")
        do(ana, [case_id], to_consultant(None))
        assert ana.case(case_id).consultant is None

    def test_a_tag_goes_and_the_others_stay(self, ana: Desk) -> None:
        case_id = ana.create({"name": "王小明"}, tags=["重点", "中考"])
        do(ana, [case_id], untagged("重点"))
        assert ana.case(case_id).tags == ("中考",)

    def test_a_task_is_there_once_however_often_it_is_wanted(self, ana: Desk) -> None:
        case_id = ana.create({"name": "王小明"})
        for _ in range(2):
            do(ana, [case_id], with_task("催学位证", date(2026, 12, 3)))
        [task] = ana.case(case_id).office["tasks"]
        assert (task["what"], task["due"]) == ("催学位证", "2026-12-03")
