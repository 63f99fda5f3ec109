"""The list of cases: what a row says, the filter, the cursor, others' changes, another day."""

import asyncio
import threading
from array import array
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from desks import DAY, Desk
from office import at
from rich.cells import cell_len
from screens import NAMED, application, burst, line_with, press, screen_lines, screen_text, session, settled
from textual import events
from textual.keys import _character_to_key
from textual.widgets import Input

from models.connection import connect, fault
from models.workspace import Workspace
from tui.finding import Finder, Found
from tui.screens.cases import CasesScreen
from tui.widgets.table import PAGE, Table

GRADUATE = {
    "education": [{"level": "bachelor", "degree": "bachelor", "graduated": "2012-07-01", "evidence": "verified"}]
}
ZHANG = {
    "name": "张三",
    "birth_date": "1988-03-07",
    "permit": {"valid_until": "2027-03-01"},
    "notice": {"valid_until": "2026-11-01"},
    **GRADUATE,
}
LI = {"name": "李梅", "birth_date": "1990-01-01"}
WANG = {"name": "王小明"}


def table(app: Any) -> Table[Any]:
    screen = app.screen
    assert isinstance(screen, CasesScreen)
    return screen.table


def under_cursor(app: Any) -> str:
    return line_with(app, "▸").removeprefix("▸").split()[0]


def names(app: Any) -> list[str]:
    """The names in the table, from the top."""
    return [line[2:].split()[0] for line in screen_lines(app)[3:-2] if line.strip()]


def lay_out(ana: Desk, count: int) -> None:
    """So many cases, 客户 and then 客户2 to the last, all changed at one moment."""
    ana.create({"name": "客户"})
    with connect(ana.workspace.path, writing=True) as connection:
        table = connection.execute("PRAGMA table_info(cases)")
        others = ", ".join(name for _, name, *_ in table if name not in ("id", "name"))
        connection.execute(
            "WITH RECURSIVE n(i) AS (SELECT 2 UNION ALL SELECT i + 1 FROM n WHERE i < ?)"
            f" INSERT INTO cases (id, name, {others}) SELECT i, '客户' || i, {others} FROM n, cases",
            (count,),
        )
        connection.execute("INSERT INTO search_key SELECT 'k' || (id % 300), id FROM cases WHERE id > 1")
    connection.close()


@pytest.fixture
def three(ana: Desk) -> list[int]:
    """王小明, 李梅 and 张三, made in this order."""
    return [ana.create(WANG), ana.create(LI), ana.create(ZHANG, status="form")]


async def test_a_row_says_who_how_far_the_score_whose_move_since_when_and_what_is_next(
    ana: Desk,
) -> None:
    with at("2026-11-20 09:00"):
        ana.create(LI)
    zhang = ana.create(ZHANG, status="form")
    ana.change(zhang, ("steps.s1a2b", None, {"id": "s1a2b", "stage": "form", "on": "2026-11-13"}))
    async with session(ana.workspace) as pilot:
        # 38 years 30 points, bachelor with degree 90; the notice ran out three weeks ago
        line = line_with(pilot.app, "张三")
        assert line.split() == ["▸", "张三", "填报中", "120", "+0", "我方", "9", "11-01!", "积分续办"]
        assert line_with(pilot.app, "李梅").split() == ["李梅", "咨询", "30", "-90", "我方", "2", "-"]


async def test_where_there_is_room_a_row_says_the_two_dates(ana: Desk, three: list[int]) -> None:
    async with session(ana.workspace, size=(160, 24)) as pilot:
        await press(pilot, "p")  # without the preview
        assert all(day in line_with(pilot.app, "▸ 张三") for day in ("2027-03-01", "2026-11-01!"))


async def test_on_a_wide_screen_a_bar_shows_proven_and_claimed_with_a_mark_at_the_threshold(
    ana: Desk, three: list[int]
) -> None:
    async with session(ana.workspace, size=(110, 24)) as pilot:
        # 90 of 120 proven: nine cells of ten points, three more claimed, then the mark
        assert "▓▓▓▓▓▓▓▓▓▒▒▒│" in line_with(pilot.app, "张三")
        assert "▒▒▒         │" in line_with(pilot.app, "李梅")


async def test_no_bar_reaches_the_mark_before_the_score_does(ana: Desk) -> None:
    ana.create({"name": "张三", "birth_date": "1967-06-01", **GRADUATE})  # 59 years: 11 less, 90 and 7
    async with session(ana.workspace, size=(110, 24)) as pilot:
        line = line_with(pilot.app, "张三")
        score = int(line.split()[3])
        assert 90 < score < 120
        assert line.split("│")[0].count("▓") + line.split("│")[0].count("▒") == score // 10


async def test_columns_stand_under_one_another_whatever_the_width_of_the_names(ana: Desk) -> None:
    for name in ("王", "欧阳小明", "Li Mei", "买买提·艾力·阿不都热依木·吐尔逊江"):
        ana.create({"name": name, "birth_date": "1990-01-01"})
    async with session(ana.workspace) as pilot:
        rows = [line for line in screen_lines(pilot.app) if "咨询" in line]
        assert len(rows) == 4
        assert len({cell_len(row.split("咨询")[0]) for row in rows}) == 1


async def test_a_score_of_another_day_is_marked_until_it_is_derived_anew(ana: Desk, three: list[int]) -> None:
    async with session(ana.workspace) as pilot:
        app = pilot.app
        app.stamp = "a later one"
        table(app).reread()
        await pilot.pause()
        assert "~120" in line_with(app, "张三")


# --- the filter


@pytest.mark.parametrize("typed", ["张", "zs", "zhangs", "状态:填报中", "status:form", "ｓｔａｔｕｓ：ｆｏｒｍ"])
async def test_the_filter_narrows_the_list_as_one_types(ana: Desk, three: list[int], typed: str) -> None:
    async with session(ana.workspace) as pilot:
        await burst(pilot, "/" + typed)
        assert names(pilot.app) == ["张三"]
        assert "1 / 3" in screen_lines(pilot.app)[0]


async def test_a_wrong_filter_names_the_nearest_right_word_and_leaves_the_list(ana: Desk, three: list[int]) -> None:
    async with session(ana.workspace) as pilot:
        await burst(pilot, "/statsu:form")
        assert "status" in screen_lines(pilot.app)[2]
        assert names(pilot.app) == ["张三", "李梅", "王小明"]


async def test_a_filter_that_finds_nothing_says_how_to_go_on(ana: Desk, three: list[int]) -> None:
    async with session(ana.workspace) as pilot:
        await burst(pilot, "/赵")
        assert "没有符合的案件" in screen_text(pilot.app)
        await press(pilot, "escape")
        assert len(names(pilot.app)) == 3


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("标签:重典", "没有标签是“重典”的案件；是不是“重点”？"),
        ("顾问:bob", "没有顾问是“bob”的案件；是不是“bo”？"),
        ("标签:重点 赵", ""),
        ("-标签:重典 赵", ""),
        ("赵", ""),
    ],
)
@pytest.mark.parametrize("screen", ["1", "2"])
async def test_a_name_that_no_case_has_is_told_with_the_nearest(
    ana: Desk, three: list[int], line: str, told: str, screen: str
) -> None:
    ana.set(three[0], "tags", ["重点"])
    ana.set(three[0], "consultant", "bo")
    async with session(ana.workspace) as pilot:
        await press(pilot, screen)
        await burst(pilot, f"/{line}\r")
        await settled(pilot)
        assert told in screen_text(pilot.app)
        assert ("是不是" in screen_text(pilot.app)) is bool(told)


async def test_the_cursor_stays_on_its_case_while_the_list_narrows_and_widens(ana: Desk, three: list[int]) -> None:
    async with session(ana.workspace) as pilot:
        await press(pilot, "j", "j")
        assert under_cursor(pilot.app) == "王小明"
        await burst(pilot, "/status:lead")
        assert under_cursor(pilot.app) == "王小明"
        await press(pilot, "escape")
        assert under_cursor(pilot.app) == "王小明"


async def test_escape_first_clears_the_filter_then_leaves_it(ana: Desk, three: list[int]) -> None:
    async with session(ana.workspace) as pilot:
        await burst(pilot, "/li")
        await press(pilot, "escape")
        assert pilot.app.screen.query_one("#filter", Input).value == ""
        assert pilot.app.screen.query_one("#filter").has_focus
        await press(pilot, "escape")
        assert table(pilot.app).has_focus


async def test_escape_in_the_list_clears_the_filter(ana: Desk, three: list[int]) -> None:
    async with session(ana.workspace) as pilot:
        await burst(pilot, "/li\r\x1b")
        assert len(names(pilot.app)) == 3


@pytest.mark.parametrize("key", ["enter", "down"])
async def test_enter_and_down_lead_from_the_filter_to_the_list(ana: Desk, three: list[int], key: str) -> None:
    async with session(ana.workspace) as pilot:
        await burst(pilot, "/l")
        await press(pilot, key)
        assert table(pilot.app).has_focus
        assert names(pilot.app) == ["李梅"]


async def test_chinese_text_that_reaches_the_list_starts_its_filter(ana: Desk, three: list[int]) -> None:
    async with session(ana.workspace) as pilot:
        await burst(pilot, "李梅")
        assert pilot.app.screen.query_one("#filter", Input).value == "李梅"
        assert names(pilot.app) == ["李梅"]


async def test_full_width_keys_are_the_same_keys(ana: Desk, three: list[int]) -> None:
    async with session(ana.workspace) as pilot:
        await burst(pilot, "ｊ")
        assert under_cursor(pilot.app) == "李梅"
        await burst(pilot, "、")
        assert pilot.app.screen.query_one("#filter").has_focus


async def test_the_wide_space_selects_in_the_list_and_is_a_blank_in_the_filter(ana: Desk, three: list[int]) -> None:
    async with session(ana.workspace) as pilot:
        await burst(pilot, "　")
        assert table(pilot.app).picked == {three[2]}
        await burst(pilot, "/状态:咨询　李梅")
        assert table(pilot.app).picked == {three[2]}
        assert pilot.app.screen.query_one("#filter", Input).value == "状态:咨询 李梅"
        assert names(pilot.app) == ["李梅"]


async def test_keys_that_arrive_in_one_burst_each_go_where_the_one_before_led(ana: Desk, three: list[int]) -> None:
    async with session(ana.workspace) as pilot:
        await burst(pilot, "/li\r\x1bjj/ws")  # the n, e, x, q of a name would be commands of the list
        assert pilot.app.screen.query_one("#filter", Input).value == "ws"


async def test_a_key_for_a_row_waits_for_the_rows(ana: Desk, three: list[int], monkeypatch: pytest.MonkeyPatch) -> None:
    """Enter as soon as the program is there, or right behind what was typed in the filter."""
    may_find = threading.Event()
    find = Finder.find

    def found_late(*arguments: Any, **named: Any) -> Iterator[Found]:
        may_find.wait(20)
        return find(*arguments, **named)

    monkeypatch.setattr(Finder, "find", found_late)
    app = application(ana.workspace)
    async with app.run_test() as pilot:
        for keys, wanted in (("j\r", LI), ("\x1b/wang\r\r", WANG), ("\x1b/zs\rjjk\r", ZHANG)):
            may_find.clear()
            for character in keys:
                app.post_message(events.Key(NAMED.get(character) or _character_to_key(character), character))
            for _ in range(200):  # what can be done with them now, is
                await asyncio.sleep(0)
            assert isinstance(app.screen, CasesScreen)
            may_find.set()
            await settled(pilot)
            assert wanted["name"] in screen_lines(app)[0]
            await press(pilot, "escape", "escape")  # and the filter is empty again


async def test_a_key_for_all_rows_or_the_last_waits_for_more_than_the_first(ana: Desk) -> None:
    """Right behind what was typed in the filter, while the rest of the list is still looked for."""
    lay_out(ana, 1_000)
    async with session(ana.workspace) as pilot:
        await burst(pilot, "/k\ra")
        assert "已选 1000" in screen_lines(pilot.app)[0]
        await burst(pilot, "\x1b\x1b/k\rG")
        assert under_cursor(pilot.app) == "客户"


async def test_a_key_for_a_row_does_not_wait_where_nothing_can_be_found(
    ana: Desk, three: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    def found_never(*arguments: Any, **named: Any) -> Iterator[Found]:
        raise fault("corrupt", ana.workspace.path)

    async with session(ana.workspace) as pilot:
        await burst(pilot, "/状态:没有\rj\r")  # the list stays as it was
        assert LI["name"] in screen_lines(pilot.app)[0]
        await press(pilot, "escape", "escape")
        monkeypatch.setattr(Finder, "find", found_never)
        await burst(pilot, "/li\rk\r")
        assert ZHANG["name"] in screen_lines(pilot.app)[0]


async def test_the_next_key_ends_the_search_before_it_wherever_that_is(
    ana: Desk, three: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    find, begun, ended = Finder.find, threading.Event(), list[bool]()

    def found_slowly(finder: Finder, workspace: Workspace, *arguments: Any, **named: Any) -> Iterator[Found]:
        if begun.is_set():
            yield from find(finder, workspace, *arguments, **named)
            return
        with finder.reading(workspace) as (_, stopped):
            begun.set()
            ended.append(stopped.wait(5))

    async with session(ana.workspace) as pilot:
        await press(pilot, "/")
        monkeypatch.setattr(Finder, "find", found_slowly)
        pilot.app.post_message(events.Key("z", "z"))
        assert await asyncio.to_thread(begun.wait, 5)
        await burst(pilot, "s")
        assert ended == [True]
        assert names(pilot.app) == ["张三"]


async def test_what_an_older_line_found_comes_too_late_to_be_shown(ana: Desk, three: list[int]) -> None:
    async with session(ana.workspace) as pilot:
        await burst(pilot, "/zs")
        screen = pilot.app.screen
        assert isinstance(screen, CasesScreen)
        screen.post_message(
            CasesScreen.Arrived(screen.serial - 1, Found(array("q", three), True, 3), None, again=False)
        )
        await settled(pilot)
        assert names(pilot.app) == ["张三"]
        assert "1 / 3" in screen_lines(pilot.app)[0]


# --- moving


async def test_g_and_G_and_pages_move_through_many_rows(ana: Desk, workspace: Workspace) -> None:
    for number in range(60):
        ana.create({"name": f"客户{number:02}"})
    async with session(workspace) as pilot:
        assert under_cursor(pilot.app) == "客户59"
        await press(pilot, "G")
        assert under_cursor(pilot.app) == "客户00"
        await press(pilot, "g", "pagedown")
        assert under_cursor(pilot.app) == f"客户{59 - table(pilot.app).page:02}"
        await press(pilot, "k", "up", "home")
        assert under_cursor(pilot.app) == "客户59"
        await press(pilot, "end", "pageup", "j", "down")
        assert under_cursor(pilot.app) == f"客户{table(pilot.app).page - 2:02}"


async def test_of_many_rows_only_those_in_sight_are_read(ana: Desk, workspace: Workspace) -> None:
    lay_out(ana, 100_000)
    async with session(workspace) as pilot:
        read: list[int] = []
        fetch = table(pilot.app).fetch
        table(pilot.app).fetch = lambda ids: read.extend(ids) or fetch(ids)
        assert "100000" in screen_lines(pilot.app)[0]
        await press(pilot, "G")
        assert under_cursor(pilot.app) == "客户"
        await press(pilot, "g")
        assert under_cursor(pilot.app) == "客户100000"
        assert len(read) <= 2 * PAGE


async def test_the_cursor_stays_on_its_case_where_that_lies_beyond_the_first_rows(ana: Desk) -> None:
    lay_out(ana, 1_000)
    async with session(ana.workspace) as pilot:
        await burst(pilot, "/k7\r")
        await press(pilot, "G")
        assert under_cursor(pilot.app) == "客户7"
        await press(pilot, "escape")
        assert "1000" in screen_lines(pilot.app)[0]
        assert under_cursor(pilot.app) == "客户7"


# --- others, and another day


async def test_what_a_colleague_makes_appears_without_moving_the_cursor(ana: Desk, bo: Desk, three: list[int]) -> None:
    async with session(ana.workspace) as pilot:
        await press(pilot, "j")
        bo.create({"name": "赵六"})
        pilot.app.look()
        await settled(pilot)
        assert names(pilot.app) == ["赵六", "张三", "李梅", "王小明"]
        assert under_cursor(pilot.app) == "李梅"


async def test_a_case_that_is_taken_away_under_the_cursor_leaves_it_at_the_next(
    ana: Desk, bo: Desk, three: list[int]
) -> None:
    bo.create({"name": "赵六"})
    async with session(ana.workspace) as pilot:
        bo.undo()
        pilot.app.look()
        await settled(pilot)
        assert under_cursor(pilot.app) == "张三"


async def test_at_midnight_the_day_moves_on_and_scores_with_it_and_never_back(ana: Desk) -> None:
    ana.create({"name": "张三", "birth_date": "1982-11-23"})  # 44 tomorrow: one point less
    days = [DAY]
    async with session(ana.workspace, clock=lambda: days[-1]) as pilot:
        before = int(line_with(pilot.app, "张三").split()[3])
        days.append(DAY + timedelta(days=1))
        pilot.app.look()
        await settled(pilot)
        pilot.app.look()
        await settled(pilot)
        assert "2026-11-23" in screen_lines(pilot.app)[0]
        assert int(line_with(pilot.app, "张三").split()[3]) == before - 1
        days.append(DAY)
        pilot.app.look()
        assert pilot.app.today == date(2026, 11, 23)


async def test_scores_of_an_earlier_day_are_brought_up_to_today_at_the_start(ana: Desk) -> None:
    yesterday = Desk(ana.workspace, "ana", date(2020, 1, 1))
    yesterday.create({"name": "张三", "birth_date": "1982-11-22"})  # 37 then, 44 now
    async with session(ana.workspace) as pilot:
        pilot.app.look()
        await settled(pilot)
        assert line_with(pilot.app, "张三").split()[3] == "29"


# --- nothing yet, and the demo


async def test_an_empty_workspace_says_what_to_do(workspace: Workspace) -> None:
    async with session(workspace) as pilot:
        shown = screen_text(pilot.app)
        assert all(words in shown for words in ("还没有案件", "n ", "d ", "dabiao import"))


async def test_the_demo_opens_beside_an_empty_workspace_and_q_comes_back(ana: Desk, workspace: Workspace) -> None:
    async with session(workspace) as pilot:
        await press(pilot, "d")
        assert "达标 演示" in screen_lines(pilot.app)[0]
        assert "200" in screen_lines(pilot.app)[0]
        place = pilot.app.workspace.path
        await press(pilot, "q")
        assert "还没有案件" in screen_text(pilot.app)
        assert not place.exists()
    assert ana.count("SELECT count(*) FROM cases") == 0


async def test_the_demo_is_not_offered_where_there_are_cases(ana: Desk, three: list[int]) -> None:
    async with session(ana.workspace) as pilot:
        await press(pilot, "d")
        assert "dabiao demo" in screen_lines(pilot.app)[-2]
        assert pilot.app.workspace is ana.workspace


# --- text from people


async def test_names_are_shown_as_they_are_never_as_markup_or_as_commands_to_the_terminal(ana: Desk) -> None:
    ana.create({"name": "[red]王[/red] [@click=x]"})
    async with session(ana.workspace, size=(98, 24)) as pilot:
        assert "[red]王[/red] [@click=x] " in screen_text(pilot.app)


async def test_a_control_sequence_in_the_store_does_not_reach_the_terminal(ana: Desk, three: list[int]) -> None:
    with connect(ana.workspace.path, writing=True) as connection:
        connection.execute("UPDATE cases SET name = ? WHERE id = ?", ("张\x1b]52;c;eHg=\x07三\u202e", three[2]))
    connection.close()
    async with session(ana.workspace, size=(98, 24)) as pilot:
        shown = screen_text(pilot.app)
        assert "张]52;c;eHg=三" in shown
        assert "\x1b" not in shown


async def test_without_colour_the_row_under_the_cursor_is_still_marked(
    ana: Desk, three: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    async with application(ana.workspace).run_test() as pilot:
        await settled(pilot)
        assert under_cursor(pilot.app) == "张三"
        row = next(strip for strip in pilot.app.screen._compositor.render_strips() if "▸" in strip.text)
        assert any(segment.style is not None and segment.style.reverse for segment in row)
