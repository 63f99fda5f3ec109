"""Selecting in the list, and what is done with all that are selected: first what would come of it, then doing it."""

import asyncio
import threading
from itertools import count
from typing import Any

import pytest
from casesteps import READY
from desks import Desk
from screens import burst, line_with, press, screen_lines, screen_text, session, settled
from staff import employ
from textual import events
from textual.keys import key_to_character
from textual.pilot import Pilot

from models import bulk
from models.reading import Reader
from tui import finding, turning_back
from tui.screens.cases import CasesScreen
from tui.screens.chasing import ChasingScreen
from tui.screens.many import ManyScreen
from tui.screens.many_running import show
from tui.screens.today import TodayScreen


@pytest.fixture
def three(ana: Desk) -> list[int]:
    """The list shows them the last one first: 张三, 李梅, 王小明."""
    return [ana.create({**READY, "name": name}, status="account") for name in ("王小明", "李梅", "张三")]


async def test_space_selects_and_goes_on_and_the_row_shows_it_without_colour(ana: Desk, three: list[int]) -> None:
    async with session(ana.workspace) as pilot:
        await press(pilot, "space", "space")
        assert "已选 2" in screen_lines(pilot.app)[0]
        assert line_with(pilot.app, "张三").startswith(" *") and line_with(pilot.app, "王小明").startswith("▸ ")
        await press(pilot, "k", "space")
        assert "已选 1" in screen_lines(pilot.app)[0]


async def test_r_selects_up_to_the_cursor_and_esc_drops_the_selection_before_the_filter(
    ana: Desk, three: list[int]
) -> None:
    async with session(ana.workspace) as pilot:
        await press(pilot, "space", "G", "r")
        screen = pilot.app.screen
        assert isinstance(screen, CasesScreen) and sorted(screen.selected) == three
        await burst(pilot, "/zs\r")
        assert "已选 3" in screen_lines(pilot.app)[0]
        await press(pilot, "escape")
        assert "已选" not in screen_lines(pilot.app)[0] and screen.field.value == "zs"


async def test_shift_with_an_arrow_stretches_a_range_and_gives_free_again(ana: Desk, three: list[int]) -> None:
    async with session(ana.workspace) as pilot:
        screen = pilot.app.screen
        assert isinstance(screen, CasesScreen)
        await press(pilot, "shift+down", "shift+down")
        assert sorted(screen.selected) == three
        await press(pilot, "shift+up")
        assert sorted(screen.selected) == three[1:]
        await press(pilot, "shift+up", "shift+up")
        assert screen.selected == [three[2]]


async def test_a_range_leaves_what_was_selected_before_it(ana: Desk, three: list[int]) -> None:
    async with session(ana.workspace) as pilot:
        screen = pilot.app.screen
        assert isinstance(screen, CasesScreen)
        await press(pilot, "space", "j", "shift+up", "shift+down")
        assert sorted(screen.selected) == [three[0], three[2]]


async def test_a_selects_all_that_are_shown_and_again_none(ana: Desk, three: list[int]) -> None:
    async with session(ana.workspace) as pilot:
        await burst(pilot, "/zs\ra")
        screen = pilot.app.screen
        assert isinstance(screen, CasesScreen) and screen.selected == [three[2]]
        await press(pilot, "a")
        assert screen.table.picked == set()


async def test_a_waits_for_all_that_the_filter_finds_not_for_the_first_of_them_alone(
    ana: Desk, three: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(finding, "FIRST", 1)
    read, go = Reader.ids, threading.Event()

    def held(reader: Reader, *arguments: Any) -> Any:
        assert go.wait(20)
        return read(reader, *arguments)

    async with session(ana.workspace) as pilot:
        screen = pilot.app.screen
        assert isinstance(screen, CasesScreen)
        monkeypatch.setattr(Reader, "ids", held)
        screen.search()
        while screen.begun is None:
            await asyncio.sleep(0.005)
        assert len(screen.table.ids) == 1
        pilot.app.post_message(events.Key("a", "a"))
        for _ in range(20):  # as long as it would take to select the one
            await asyncio.sleep(0.005)
        go.set()
        await settled(pilot)
        assert sorted(screen.selected) == three


async def test_a_tag_for_all_is_foreseen_then_done_and_u_takes_all_of_it_back(ana: Desk, three: list[int]) -> None:
    ana.set(three[0], "tags", ["重点"])
    async with session(ana.workspace) as pilot:
        await press(pilot, "a", "m", "j", "enter")
        await burst(pilot, "重点\r")
        shown = screen_text(pilot.app)
        assert isinstance(pilot.app.screen, ManyScreen)
        assert "会改 2 个案件" in shown and "1 个已经是这样" in shown and ana.case(three[2]).tags == ()
        await press(pilot, "enter")
        assert "改了 2 个案件" in screen_text(pilot.app) and ana.case(three[2]).tags == ("重点",)
        await press(pilot, "enter", "u", "y")
        assert [ana.case(case_id).tags for case_id in three] == [("重点",), (), ()]


async def test_a_stage_for_all_leaves_out_whom_a_condition_stops_and_says_why(ana: Desk, three: list[int]) -> None:
    ana.set(three[1], "applicant.employment.points_account", "unregistered")
    async with session(ana.workspace, size=(100, 40)) as pilot:
        await press(pilot, "a")
        await foreseen(pilot, "stage:form", by="s")
        await press(pilot, "enter")  # no reason is named
        shown = screen_text(pilot.app)
        assert "会改 2 个案件" in shown and "1 个改不了" in shown and "李梅" in shown
        await press(pilot, "enter")
        assert [ana.case(case_id).status for case_id in three] == ["form", "account", "form"]


async def test_whom_the_same_condition_stops_at_different_points_is_told_in_one_line(ana: Desk) -> None:
    for name, years in (("王小明", 40), ("李梅", 50), ("张三", 58)):
        ana.create({"name": name, "birth_date": f"{2026 - years}-03-01"}, status="accumulating")
    async with session(ana.workspace, size=(100, 40)) as pilot:
        await press(pilot, "a")
        await foreseen(pilot, "stage:engaged", by="s")
        await press(pilot, "enter")  # no reason is named
        shown = screen_text(pilot.app)
        assert "3 个改不了" in shown
        assert line_with(pilot.app, "不到 120 分").strip().startswith("3  现在不能到“已签约”：按当天算 5 至 30 分")


async def test_a_task_wants_its_day_and_esc_does_nothing(ana: Desk, three: list[int]) -> None:
    async with session(ana.workspace) as pilot:
        await press(pilot, "a", "m", "j", "j", "j", "enter")
        await burst(pilot, "催学位证\r")
        assert "行尾写哪天前" in screen_text(pilot.app)
        await burst(pilot, " +3\r")
        assert "催学位证  2026-11-25" in screen_text(pilot.app)
        await press(pilot, "escape", "escape")
        assert isinstance(pilot.app.screen, CasesScreen) and "tasks" not in ana.case(three[0]).office


async def test_letters_that_ask_for_papers_are_written_for_all_that_are_selected(ana: Desk, three: list[int]) -> None:
    async with session(ana.workspace) as pilot:
        await press(pilot, "a", "z")
        screen = pilot.app.screen
        assert isinstance(screen, ChasingScreen) and screen.ids == three[::-1]
        assert "1 / 4" in screen_lines(pilot.app)[0]  # three clients, and the contact of all


async def foreseen(pilot: Pilot[Any], what: str, by: str = "m") -> str:
    """What is shown once it is foreseen for all that are selected; what may be done with them is shown by a key."""
    await press(pilot, by)
    screen = pilot.app.screen
    assert isinstance(screen, ManyScreen)
    screen.lines.go_to(what)
    await press(pilot, "enter")
    return screen_text(pilot.app)


@pytest.mark.parametrize(
    ("typed", "doubt"),
    [
        ("anna", "没有叫“anna”的人，也没有案件归他；是不是“ana”？"),
        ("小周", "没有叫“小周”的人，也没有案件归他"),
        ("Bea", "没有叫“Bea”的人，也没有案件归他；是不是“bea”？"),
    ],
)
async def test_a_consultant_whom_nobody_knows_is_doubted_and_gets_the_cases_only_on_y(
    ana: Desk, three: list[int], typed: str, doubt: str
) -> None:
    employ(ana.workspace)
    async with session(ana.workspace) as pilot:
        await press(pilot, "a", "m", "enter")
        await burst(pilot, f"{typed}\r")
        assert doubt in screen_text(pilot.app) and "会改 3 个案件" in screen_text(pilot.app)
        await press(pilot, "enter", "enter")
        assert {ana.case(case_id).consultant for case_id in three} == {None}
        await press(pilot, "enter", "y")
        assert "改了 3 个案件" in screen_text(pilot.app)
        assert {ana.case(case_id).consultant for case_id in three} == {typed}


@pytest.mark.parametrize("known", ["bea", "小周", "-"])
async def test_who_works_here_or_has_a_case_gets_them_without_a_question(
    ana: Desk, three: list[int], known: str
) -> None:
    employ(ana.workspace)
    for case_id, consultant in zip(three, ("小周", "ana", "ana"), strict=True):
        ana.set(case_id, "consultant", consultant)
    async with session(ana.workspace) as pilot:
        await press(pilot, "a", "m", "enter")
        await burst(pilot, f"{known}\r")
        assert "没有叫" not in screen_text(pilot.app)
        await press(pilot, "enter")
        assert ana.case(three[1]).consultant == (known if known != "-" else None)


@pytest.mark.parametrize(
    ("choice", "typed", "in_chinese", "in_english"),
    [
        ("do:tag", "vip", "加标签  vip", "add a tag  vip"),
        ("do:consultant", "bea", "换顾问  bea", "another consultant  bea"),
        ("do:task", "call +3", "派任务  call  2026-11-25", "a task  call  2026-11-25"),
        ("do:hand_over", "bea", "移交给同事，附移交单  bea", "hand over to a colleague, with a brief  bea"),
        ("do:asked", "", "材料记为今天催过", "papers count as asked for today"),
        ("stage:form", "why", "进到“填报中”  why", "to “Filling in the form”  why"),
    ],
)
async def test_what_was_chosen_follows_the_language(
    ana: Desk, three: list[int], choice: str, typed: str, in_chinese: str, in_english: str
) -> None:
    employ(ana.workspace)
    async with session(ana.workspace) as pilot:
        await press(pilot, "a")
        await foreseen(pilot, choice)
        await burst(pilot, f"{typed}\r" if typed else "")
        assert screen_lines(pilot.app)[1].strip() == in_chinese
        await press(pilot, "f2")
        assert screen_lines(pilot.app)[1].strip() == in_english


async def test_letters_are_foreseen_with_who_gets_none_and_why_and_written_for_the_others(
    ana: Desk, three: list[int]
) -> None:
    lead = ana.create({"name": "赵云"}, status="lead")
    async with session(ana.workspace) as pilot:
        await press(pilot, "a")
        shown = await foreseen(pilot, "do:letters")
        assert "会给 3 个案件写催件消息" in shown and "这个环节不收材料  (赵云)" in shown
        await press(pilot, "enter")
        screen = pilot.app.screen
        assert isinstance(screen, ChasingScreen) and lead not in screen.ids
        assert "1 / 4" in screen_lines(pilot.app)[0] and pilot.app.clipboard
        assert not any("papers" in ana.case(case_id).office for case_id in three)
        await press(pilot, "escape")
        assert isinstance(pilot.app.screen, CasesScreen)


async def test_papers_count_as_asked_for_all_at_once_and_u_takes_it_back(ana: Desk, three: list[int]) -> None:
    async with session(ana.workspace) as pilot:
        await press(pilot, "a")
        assert "会改 3 个案件" in await foreseen(pilot, "do:asked")
        await press(pilot, "enter")
        asked = ana.case(three[0]).office["papers"]
        assert asked and all(row["last_chased"] == "2026-11-22" and row["chased"] == 1 for row in asked)
        await press(pilot, "enter")
        assert "3 个已经是这样" in await foreseen(pilot, "do:asked")
        await press(pilot, "escape", "escape", "u", "y")
        assert not any("papers" in ana.case(case_id).office for case_id in three)


async def test_a_in_the_run_of_letters_counts_all_that_are_left(ana: Desk, three: list[int]) -> None:
    async with session(ana.workspace) as pilot:
        await press(pilot, "a", "z", "enter", "a")
        shown = screen_text(pilot.app)
        assert "材料记为今天催过" in shown and "会改 3 个案件" in shown
        await press(pilot, "enter", "enter")
        assert isinstance(pilot.app.screen, ChasingScreen) and "今天催过了" in screen_text(pilot.app)
        assert all(row["chased"] == 1 for case_id in three for row in ana.case(case_id).office["papers"])


async def test_a_letter_whose_papers_came_meanwhile_says_so(ana: Desk, three: list[int]) -> None:
    async with session(ana.workspace) as pilot:
        await press(pilot, "a", "z")
        screen = pilot.app.screen
        assert isinstance(screen, ChasingScreen)
        for case_id in three:
            ana.set(case_id, "status", "lead")
        await press(pilot, "]")
        assert "现在什么都不缺了" in screen_text(pilot.app)
        await press(pilot, "enter")
        assert screen.sent == set()


class Between:
    """Holds the work on many cases after a chunk of one case, the first one or that `after` so many, until it is let
    go on."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.there, self.on, self.over = threading.Event(), threading.Event(), threading.Event()
        self.after = 1
        chunk, run_through, chunks = bulk._chunk, ManyScreen.run_through, count(1)

        def held(*arguments: Any) -> None:
            chunk(*arguments)
            if next(chunks) == self.after:
                self.there.set()
                assert self.on.wait(20)

        def through(screen: ManyScreen, *arguments: Any) -> None:
            try:
                run_through(screen, *arguments)
            finally:
                if arguments[-1] == "done":
                    self.over.set()

        monkeypatch.setattr(ManyScreen, "run_through", through)
        monkeypatch.setattr(bulk, "CHUNK", 1)
        monkeypatch.setattr(bulk, "_chunk", held)

    async def begun(self, pilot: Pilot[Any]) -> None:
        """All get a tag, and the work is held."""
        await press(pilot, "a", "m", "j", "enter")
        await burst(pilot, "重点\r")
        await self.press(pilot, "enter")
        while not self.there.is_set():
            await asyncio.sleep(0.005)

    async def press(self, pilot: Pilot[Any], *keys: str) -> None:
        """Press keys while it is held."""
        for key in keys:
            pilot.app.post_message(events.Key(key, key_to_character(key)))
            await pilot.pause()

    async def ended(self, pilot: Pilot[Any]) -> None:
        """Wait for the thread: of a worker whose screen is gone Textual knows no more."""
        while not self.over.is_set():
            await asyncio.sleep(0.005)
        await settled(pilot)


@pytest.fixture
def between(monkeypatch: pytest.MonkeyPatch) -> Between:
    return Between(monkeypatch)


async def test_who_goes_elsewhere_in_the_middle_finds_it_taken_back_and_is_told(
    ana: Desk, three: list[int], between: Between
) -> None:
    async with session(ana.workspace) as pilot:
        await between.begun(pilot)
        await between.press(pilot, "1")
        assert isinstance(pilot.app.screen, TodayScreen)
        between.on.set()
        await between.ended(pilot)
        assert [ana.case(case_id).tags for case_id in three] == [(), (), ()]
        assert "改过的已全部撤回" in screen_text(pilot.app)


async def test_esc_in_the_middle_says_how_many_are_still_to_be_taken_back_and_then_that_all_are(
    ana: Desk, three: list[int], between: Between
) -> None:
    async with session(ana.workspace) as pilot:
        await between.begun(pilot)
        await between.press(pilot, "u")
        assert "正在办，esc 停下" in screen_text(pilot.app)
        await between.press(pilot, "escape")
        assert "正在撤回" in screen_text(pilot.app) and "改了" not in screen_text(pilot.app)
        await between.press(pilot, "escape", "u")  # leads nowhere: it is not done yet
        assert "正在撤回，请等一等" in screen_text(pilot.app)
        await between.press(pilot, "ctrl+q", "y")
        assert "正在撤回，请等一等" in screen_text(pilot.app)
        between.on.set()
        await between.ended(pilot)
        assert [ana.case(case_id).tags for case_id in three] == [(), (), ()]
        assert "改过的已全部撤回" in screen_text(pilot.app)


async def test_what_stays_changed_after_esc_is_named_and_not_said_to_be_taken_back(
    ana: Desk, bo: Desk, three: list[int], between: Between
) -> None:
    async with session(ana.workspace) as pilot:
        await between.begun(pilot)
        bo.set(three[2], "tags", ["重点", "急"])
        await between.press(pilot, "escape")
        between.on.set()
        await between.ended(pilot)
        assert "没有撤回：张三" in screen_text(pilot.app) and "全部撤回" not in screen_text(pilot.app)


async def test_esc_on_what_was_foreseen_leads_back_to_the_line_that_was_chosen(ana: Desk, three: list[int]) -> None:
    async with session(ana.workspace) as pilot:
        await press(pilot, "a", "m", "j", "j", "enter")
        await burst(pilot, "重点\r")
        await press(pilot, "escape")
        assert line_with(pilot.app, "去标签").startswith("▸")


async def test_what_is_shown_stays_as_it_was_told_while_the_work_goes_on(
    ana: Desk, three: list[int], between: Between
) -> None:
    """To draw it anew, as for the other language, while it grows would end the session."""
    between.after = 2
    async with session(ana.workspace) as pilot:
        await between.begun(pilot)
        await between.press(pilot, "f2")
        assert "1 / 3" in screen_text(pilot.app)
        between.on.set()
        await between.ended(pilot)
        assert "were changed: 3" in screen_text(pilot.app)


async def test_very_many_are_undone_and_redone_some_at_a_time_and_what_others_changed_since_is_left_and_named(
    ana: Desk, bo: Desk, three: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(turning_back, "MANY", 2)
    async with session(ana.workspace) as pilot:
        await press(pilot, "a", "m", "j", "enter")
        await burst(pilot, "重点\r")
        await press(pilot, "enter", "enter")
        bo.set(three[1], "tags", ["重点", "急"])
        await press(pilot, "u")
        assert "会一起撤销 3 个案件" in screen_text(pilot.app)
        await press(pilot, "y")
        assert [ana.case(case_id).tags for case_id in three] == [(), ("重点", "急"), ()]
        assert "2 个案件；别人后来又改过的 1 个没有动：李梅" in screen_text(pilot.app)
        monkeypatch.setattr(turning_back, "MANY", 1)
        await press(pilot, "U", "y")
        assert [ana.case(case_id).tags for case_id in three] == [("重点",), ("重点", "急"), ("重点",)]
        assert "已重做" in screen_text(pilot.app)


async def test_a_session_that_is_ended_in_the_middle_takes_it_back_all_the_same(
    ana: Desk, three: list[int], between: Between
) -> None:
    async with session(ana.workspace) as pilot:
        await between.begun(pilot)
    between.on.set()
    while not between.over.is_set():
        await asyncio.sleep(0.005)
    assert [ana.case(case_id).tags for case_id in three] == [(), (), ()]


async def test_work_that_outlives_the_session_shows_nothing_and_is_not_cut_off_by_that(ana: Desk) -> None:
    async with session(ana.workspace) as pilot:
        pass
    show(pilot.app, pytest.fail, "shown")
