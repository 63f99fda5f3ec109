"""The history of a case: who did what, the case as it was after a step or on a day, what was answered then."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, closing
from typing import Any

import pytest
from casework import reopened
from desks import Desk
from rich.cells import cell_len
from screens import burst, line_with, press, screen_lines, screen_text, session, settled
from textual.pilot import Pilot

from models.bulk import carry_out
from models.connection import SETTINGS, connect
from models.contents import as_json
from models.history import APART
from models.reading import Reader
from models.wishes import tagged
from models.writing import NewCase, create_many
from tui.screens.as_it_was import AsItWasScreen
from tui.screens.case import CaseScreen
from tui.screens.cases import CasesScreen
from tui.screens.history import HistoryScreen
from tui.screens.line import LineScreen

WANG = {
    "name": "王小明",
    "id_number": "340104199003074516",
    "education": [{"level": "bachelor", "degree": "bachelor", "graduated": "2012-07-01", "school": "某大学"}],
}

CHINESE = re.compile("[\u4e00-\u9fff]")
At = Callable[[str], None]


@pytest.fixture
def at(monkeypatch: pytest.MonkeyPatch) -> At:
    """Sets the moment at which commands are given from now on, as the clocks in Shanghai show it."""

    def set_to(moment: str) -> None:
        day, time = moment.split()
        hour, minute = map(int, time.split(":"))
        assert hour >= 8
        for module in ("writing", "undoing"):
            monkeypatch.setattr(f"models.{module}.moment", lambda: f"{day}T{hour - 8:02}:{minute:02}:00.000Z")

    return set_to


@pytest.fixture
def told(ana: Desk, bo: Desk, at: At) -> int:
    """A case of which a client was told 120 points, and 30 once the degree was found to be no master's degree."""
    at("2026-11-18 10:00")
    case_id = ana.create({**WANG, "education": []})
    at("2026-11-19 09:30")
    ana.change(case_id, ("applicant.education.e1", None, WANG["education"][0], 0))
    at("2026-11-20 18:05")
    bo.set(case_id, "status", "form")
    at("2026-11-22 11:04")
    ana.change(case_id, ("applicant.education.e1.level", "bachelor", "master"))
    ana.change(case_id, ("applicant.contact.phone", None, "13800000000"))
    return case_id


@asynccontextmanager
async def history(
    desk: Desk, case_id: int, *, size: tuple[int, int] = (80, 24), language: str = "zh"
) -> AsyncIterator[Pilot[None]]:
    """The history of a case, opened by its key."""
    async with reopened(desk, case_id, size=size, language=language) as case:
        await press(case.pilot, "h")
        assert isinstance(case.pilot.app.screen, HistoryScreen)
        yield case.pilot


def batch(desk: Desk, names: str) -> list[int]:
    """Cases that were imported together, each with a name of one sign."""
    cases = [NewCase({"name": name}) for name in names]
    (ids,) = create_many(desk.workspace, cases, by=desk.author, today=desk.today)
    return ids


def enter(desk: Desk, case_id: int | None, path: str, after: Any, times: int = 1) -> None:
    """Entries of bo's put into the journal past the commands: without an answer."""
    changes = as_json([{"path": path, "before": None, "after": after}])
    with closing(connect(desk.workspace.path, writing=True)) as connection:
        connection.execute("BEGIN")
        connection.executemany(
            "INSERT INTO entry (at, by, origin, command, case_id, changes, hash) VALUES (?, 'bo', '', 'set', ?, ?, '')",
            [("2026-11-21T02:00:00.000Z", case_id, changes)] * times,
        )
        connection.execute("COMMIT")


def rows(pilot: Pilot[None]) -> list[str]:
    """The lines of the list, one blank where there were more."""
    return [" ".join(line.split()) for line in screen_lines(pilot.app)[3:-2] if line.strip()]


def said(pilot: Pilot[None]) -> str:
    return screen_lines(pilot.app)[-2].strip()


def asked(pilot: Pilot[None]) -> str:
    """The question at the foot of the screen."""
    return screen_lines(pilot.app)[-1].strip()


def sides(pilot: Pilot[None]) -> tuple[list[str], list[str]]:
    """The lines of the facts of then and of what was answered."""
    lines = screen_lines(pilot.app)[1:-2]
    left = [" ".join(line.split("▕")[0].strip("▁▂▃▄▅▆▇█ ").split()) for line in lines]
    right = [" ".join(line.partition("▕")[2].strip("▁▂▃▄▅▆▇█ ").split()) for line in lines]
    return left, right


# --- the list


async def test_h_shows_who_did_what_when_the_newest_first_with_the_score_told_then(ana: Desk, told: int) -> None:
    async with history(ana, told) as pilot:
        assert screen_lines(pilot.app)[0].split() == ["王小明", "历史", "5", "条", "ana", "2026-11-22"]
        assert rows(pilot) == [
            "▸ 2026-11-22 11:04 ana 手机 138****0000 30",
            "2026-11-22 11:04 ana 学历 本科 → 硕士研究生 30",
            "2026-11-20 18:05 bo 状态 咨询 → 填报中 120",
            "2026-11-19 09:30 ana 新增 学历学位：本科·学士 2012 某大学 120",
            "2026-11-18 10:00 ana 新建 王小明 30",
        ]


async def test_f_and_esc_and_tab_lead_back_to_the_facts(ana: Desk, told: int) -> None:
    async with history(ana, told) as pilot:
        for key in ("f", "escape", "tab", "q"):
            await press(pilot, key)
            assert isinstance(pilot.app.screen, CaseScreen)
            await press(pilot, "h")


async def test_it_is_in_the_palette_and_in_the_help_of_a_case(ana: Desk, told: int) -> None:
    async with reopened(ana, told, size=(100, 60)) as case:
        await press(case.pilot, "question_mark")
        assert line_with(case.pilot.app, "历史").split()[0] == "h"
        await press(case.pilot, "escape", "ctrl+p")
        await burst(case.pilot, "历史\r")
        assert isinstance(case.pilot.app.screen, HistoryScreen)


async def test_what_was_undone_is_marked_and_so_is_the_undoing(ana: Desk, told: int) -> None:
    ana.undo(told)
    async with history(ana, told) as pilot:
        assert "撤销 手机 138****0000 → （空）" in rows(pilot)[0]
        assert "已撤回 手机 138****0000" in rows(pilot)[1]


async def test_of_several_rows_it_is_said_in_which_one(ana: Desk, bo: Desk) -> None:
    first, second = {"from": "2019-01", "to": "2020-12", "base": 8000}, {"from": "2021-01", "base": 9000}
    case_id = ana.create({"name": "甲", "insurance": [first]})
    ana.set(case_id, ana.row(case_id, "insurance") + ".base", 8100)
    async with history(ana, case_id) as pilot:
        assert rows(pilot)[0].endswith("缴费基数 8,000 → 8,100 6")
        bo.change(case_id, ("applicant.insurance.k2", None, second, 1))
        row = "applicant.insurance.k2"
        bo.change(case_id, (f"{row}.base", 9000, 9100), (f"{row}.from", "2021-01", "2021-02"))
        pilot.app.look()  # type: ignore[attr-defined]
        await settled(pilot)
        assert "缴费基数 8,000 → 8,100（2019-01 – 2020-12" in rows(pilot)[2]
        await press(pilot, "g", "enter")
        left, _ = sides(pilot)
        assert "".join(left[:5]).count("至今") == 1  # of two fields in one row, once


async def test_a_batch_is_marked(ana: Desk) -> None:
    ids = batch(ana, "甲乙")
    async with history(ana, ids[1]) as pilot:
        assert "整批 导入 乙" in rows(pilot)[0]


async def test_entries_about_no_case_are_not_shown(ana: Desk, told: int) -> None:
    enter(ana, None, "restore", "backup.db")
    async with history(ana, told) as pilot:
        assert "restore" not in screen_text(pilot.app) and "5 条" in screen_lines(pilot.app)[0]


@pytest.mark.parametrize("size", [(80, 24), (160, 45)])
@pytest.mark.parametrize("language", ["zh", "en"])
async def test_columns_stand_under_one_another_at_any_size_in_either_language(
    ana: Desk, told: int, size: tuple[int, int], language: str
) -> None:
    Desk(ana.workspace, "欧阳文静").set(told, "tags", ["重点", "中考", "很长很长的一个标签", "又一个标签"])
    async with history(ana, told, size=size, language=language) as pilot:
        lines = [line for line in screen_lines(pilot.app)[2:-2] if line]
        assert len(lines) == 7
        assert all(cell_len(line) <= size[0] for line in lines)
        told_column = "答复" if language == "zh" else "Told"
        end = cell_len(lines[0].partition(told_column)[0]) + 4
        assert [_cells(line, end - 3, end).strip() for line in lines[1:]] == ["30", "30", "30", "120", "120", "30"]


def _cells(line: str, start: int, end: int) -> str:
    """What stands in these cells of a line."""
    found, place = "", 0
    for character in line:
        if start <= place < end:
            found += character
        place += cell_len(character)
    return found


async def test_in_english_no_chinese_but_the_clients_own_is_shown(ana: Desk) -> None:
    case_id = ana.create({"name": "Wang", "award": [{"level": "provincial"}]})
    ana.set(case_id, "status", "form")
    ana.undo(case_id)
    ana.change(case_id, (ana.row(case_id, "award"), ana.document(case_id)["award"][0], None))
    async with history(ana, case_id, language="en", size=(160, 45)) as pilot:
        for keys in ([], ["enter"], ["d"], ["escape", "j", "enter"], ["escape", "slash"]):
            await press(pilot, *keys)
            assert not CHINESE.search(screen_text(pilot.app))
        await burst(pilot, "2020\r")
        assert not CHINESE.search(screen_text(pilot.app))


async def test_without_colour_the_step_under_the_cursor_is_marked(ana: Desk, told: int) -> None:
    async with history(ana, told) as pilot:
        await press(pilot, "j", "j")
        assert [line for line in rows(pilot) if line.startswith("▸")] == [rows(pilot)[2]]


async def test_of_a_long_history_only_the_pages_in_sight_are_read(ana: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    case_id = ana.create({"name": "甲"})
    enter(ana, case_id, "applicant.name", "乙", times=5000)
    read: list[int] = []
    entries = Reader.entries

    def counted(self: Reader, ids: Any) -> Any:
        found = entries(self, ids)
        read.append(len(found))
        return found

    monkeypatch.setattr(Reader, "entries", counted)
    async with history(ana, case_id) as pilot:
        assert "5001 条" in screen_lines(pilot.app)[0]
        assert sum(read) == 64 + 1  # the case below has asked for the last one
        await press(pilot, "G")
        assert "新建 甲" in rows(pilot)[-1] and sum(read) <= 64 * 3


async def test_what_others_do_meanwhile_appears_and_the_cursor_stays_on_its_step(
    ana: Desk, bo: Desk, told: int
) -> None:
    async with history(ana, told) as pilot:
        await press(pilot, "j", "j")
        here = [line for line in rows(pilot) if line.startswith("▸")]
        bo.set(told, "need_by", "2027-12-02")
        pilot.app.look()  # type: ignore[attr-defined]
        await settled(pilot)
        assert "最晚要用 2027-12-02" in rows(pilot)[0] and "6 条" in screen_lines(pilot.app)[0]
        assert [line for line in rows(pilot) if line.startswith("▸")] == here


async def test_the_brackets_go_to_the_history_of_the_next_case(ana: Desk, told: int) -> None:
    other = ana.create({"name": "李梅"})
    async with history(ana, other) as pilot:
        await press(pilot, "]")
        assert "王小明 历史" in " ".join(screen_lines(pilot.app)[0].split())
        await press(pilot, "f")
        assert isinstance(pilot.app.screen, CaseScreen) and pilot.app.screen.case_id == told
        await press(pilot, "escape")
        assert isinstance(pilot.app.screen, CasesScreen)


# --- the case as it was


async def test_enter_shows_all_facts_then_and_what_they_are_now(ana: Desk, told: int) -> None:
    async with history(ana, told, size=(110, 45)) as pilot:
        await press(pilot, "j", "j", "enter")
        assert isinstance(pilot.app.screen, AsItWasScreen)
        header = screen_lines(pilot.app)[0]
        assert "王小明  2026-11-20 18:05 bo 改过之后" in header and "与现在 2 处不同" in header
        left, _ = sides(pilot)
        assert left[:2] == ["2026-11-20 18:05 bo 修改", "状态 咨询 → 填报中"]
        assert "* 学历 本科 → 现在 硕士研究生" in left
        assert "* 手机 · → 现在 138****0000" in left
        assert "毕业院校 某大学" in left and "姓名 王小明" in " ".join(left)
        assert "状态 填报中" in left  # as it still is: without a mark


async def test_d_leaves_only_what_differs_and_shows_all_again(ana: Desk, told: int) -> None:
    async with history(ana, told, size=(110, 45)) as pilot:
        await press(pilot, "j", "j", "enter", "d")
        left, _ = sides(pilot)
        shown = [line.removeprefix("▸ ") for line in left if line][2:]
        assert shown == [
            "学历学位",
            "本科·学士 2012 某大学",
            "* 学历 本科 → 现在 硕士研究生",
            "联系方式",
            "* 手机 · → 现在 138****0000",
        ]
        await press(pilot, "d")
        assert "毕业院校 某大学" in sides(pilot)[0]


async def test_rows_that_came_or_went_since_say_so(ana: Desk, told: int) -> None:
    ana.change(told, ("applicant.award.a1", None, {"level": "provincial"}, 0))
    ana.change(told, ("applicant.education.e1", ana.document(told)["education"][0], None))
    async with history(ana, told, size=(110, 45)) as pilot:
        await press(pilot, "j", "j", "j", "j", "enter", "d")
        left, _ = sides(pilot)
        text = "\n".join(left)
        assert "* 本科·学士 2012 某大学\n→ 现在没有了" in text
        assert "* 省部级及以上\n→ 当时没有，现在有" in text


async def test_after_the_last_step_the_case_is_as_now(ana: Desk, told: int) -> None:
    async with history(ana, told) as pilot:
        await press(pilot, "enter")
        assert "与现在一样" in screen_lines(pilot.app)[0]


async def test_what_was_answered_then_stands_with_its_rules_and_day_and_why(ana: Desk, told: int) -> None:
    async with history(ana, told, size=(110, 45)) as pilot:
        await press(pilot, "j", "j", "enter")
        _, right = sides(pilot)
        assert right[:3] == ["当时的答复", "120 分 已核 30", "按 2023 版办法，2026-11-22"]
        assert right[4:7] == ["按现在的规则，2026-11-22", "与当时的答复一样", "120 分 已核 30 达标"]
        assert any(line.startswith("学历 本科和学士学位 90") for line in right)


async def test_where_the_rules_say_something_else_now_both_are_shown(
    ana: Desk, told: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    stamp = "0/shanghai/2023/2026-11-20"
    monkeypatch.setattr("models.journal.answer", lambda _: as_json({"score": 118, "proven": 30, "stamp": stamp}))
    ana.set(told, "need_by", "2027-12-02")
    async with history(ana, told, size=(110, 45)) as pilot:
        assert rows(pilot)[0].split()[-3:] == ["118", "30", "test"]
        await press(pilot, "enter")
        _, right = sides(pilot)
        assert right[1:4] == ["118 分 已核 30", "按 2023 版办法，2026-11-20", "当时的程序用的是另一版计分规则"]
        # a master's without the degree earns nothing by itself
        assert right[5:7] == ["按现在的规则，2026-11-20", "与当时的答复不同：积分 -88，已核 +0"]


async def test_a_step_that_wrote_no_answer_down_says_so(ana: Desk, told: int) -> None:
    enter(ana, told, "need_by", "2027-01-01")
    async with history(ana, told, size=(110, 45)) as pilot:
        assert rows(pilot)[0].split()[-2:] == ["-", "-"]
        await press(pilot, "enter")
        _, right = sides(pilot)
        assert right[:2] == ["当时的答复", "这一步没有记下答复"]
        assert right[3] == "按现在的规则，2026-11-21"  # the day of the step


async def test_the_brackets_go_from_step_to_step_and_the_list_follows(ana: Desk, told: int) -> None:
    async with history(ana, told) as pilot:
        await press(pilot, "enter", "[", "[")
        assert "2026-11-20 18:05 bo 改过之后" in screen_lines(pilot.app)[0]
        await press(pilot, "[", "[", "[")
        assert "前面没有了" in said(pilot)
        await press(pilot, "]", "]")
        await press(pilot, "escape")
        assert next(line for line in rows(pilot) if line.startswith("▸")).startswith("▸ 2026-11-20 18:05")


async def test_going_on_from_step_to_step_reads_few_of_a_long_history(
    ana: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    case_id = ana.create(WANG)
    for phone in ("13900000001", "13900000002", "13900000003"):
        enter(ana, case_id, "applicant.contact.phone", phone, times=100)
    read: list[int] = []
    changes = Reader.changes

    def noted(*which: Any) -> Iterator[Any]:
        for number, found in changes(*which):
            read.append(number)
            yield number, found

    monkeypatch.setattr(Reader, "changes", noted)
    async with history(ana, case_id) as pilot:
        await press(pilot, "enter")
        assert "139****0003" in line_with(pilot.app, "手机") and len(read) == 301
        read.clear()
        await press(pilot, "[", "[", "]")
        assert "139****0003" in line_with(pilot.app, "手机") and len(read) < 3 * APART


async def test_enter_on_a_fact_of_then_leads_to_what_it_is_now(ana: Desk, told: int) -> None:
    async with history(ana, told, size=(110, 45)) as pilot:
        await press(pilot, "j", "j", "enter", "d", "j", "enter")
        assert isinstance(pilot.app.screen, CaseScreen)
        assert any(line.startswith("▸     学历") for line in screen_lines(pilot.app))


async def test_a_row_that_is_gone_now_cannot_be_gone_to(ana: Desk, told: int) -> None:
    ana.change(told, ("applicant.education.e1", ana.document(told)["education"][0], None))
    async with history(ana, told, size=(110, 45)) as pilot:
        await press(pilot, "j", "j", "enter", "d", "enter")
        assert isinstance(pilot.app.screen, AsItWasScreen)
        assert "现在没有这一行了" in said(pilot)


async def test_the_other_side_leads_to_the_rules_of_the_score_of_then(ana: Desk, told: int) -> None:
    async with history(ana, told, size=(110, 45)) as pilot:
        await press(pilot, "j", "j", "enter", "tab", "j", "enter")
        assert isinstance(pilot.app.screen, LineScreen)
        assert "学历学位 本科·学士" in screen_text(pilot.app)  # then, not the master's of now
        await press(pilot, "escape", "f")
        assert isinstance(pilot.app.screen, CaseScreen)


async def test_after_its_creation_was_taken_back_there_is_no_case(ana: Desk) -> None:
    case_id = ana.create({"name": "甲"})
    ana.undo()
    ana.redo()
    async with history(ana, case_id, size=(110, 45)) as pilot:
        assert "撤销 整个案件 甲" in rows(pilot)[1] and "重做 整个案件 甲" in rows(pilot)[0]
        await press(pilot, "j", "enter")
        assert "这一步之后案件被撤掉了，没有内容" in screen_text(pilot.app)


async def test_a_change_that_comes_while_a_state_is_shown_is_a_difference_at_once(
    ana: Desk, bo: Desk, told: int
) -> None:
    async with history(ana, told, size=(110, 45)) as pilot:
        await press(pilot, "enter")
        bo.set(told, "applicant.sex", "male")
        pilot.app.look()  # type: ignore[attr-defined]
        await settled(pilot)
        assert "与现在 1 处不同" in screen_lines(pilot.app)[0]


async def test_y_copies_a_step_and_a_state_as_text(ana: Desk, told: int) -> None:
    async with history(ana, told) as pilot:
        await press(pilot, "j", "j", "y")
        assert pilot.app.clipboard == "2026-11-20 18:05  bo  修改\n  状态 咨询 → 填报中"
        await press(pilot, "enter", "y")
        copied = pilot.app.clipboard
        assert copied.startswith("王小明  2026-11-20 18:05 bo 改过之后  与现在 2 处不同\n")
        assert "毕业院校" in copied and "120 分  已核 30" in copied and "→ 现在 硕士研究生" in copied
        assert "已复制" in said(pilot)


# --- any day


@pytest.mark.parametrize("typed", ["2026-11-20", "20261120", "2026.11.20", "26年11月20日"])
async def test_a_day_shows_the_case_as_it_was_at_its_end(ana: Desk, told: int, typed: str) -> None:
    async with history(ana, told, size=(110, 45)) as pilot:
        await press(pilot, "slash")
        await burst(pilot, typed)
        assert "→ 2026-11-20" in screen_text(pilot.app)
        await press(pilot, "enter")
        assert "王小明  2026-11-20 结束时" in screen_lines(pilot.app)[0]
        left, right = sides(pilot)
        assert left[0] == "2026-11-20 18:05 bo 修改"
        assert "* 学历 本科 → 现在 硕士研究生" in left
        assert right[0] == "到这一天，最后的答复" and "按现在的规则，2026-11-20" in right


async def test_a_day_without_a_step_shows_what_the_last_one_before_it_left(ana: Desk, told: int) -> None:
    async with history(ana, told) as pilot:
        await press(pilot, "slash")
        await burst(pilot, "2026-11-21\r")
        assert "2026-11-20 18:05 bo 修改" in sides(pilot)[0][0]
        await press(pilot, "escape")
        assert next(line for line in rows(pilot) if line.startswith("▸")).startswith("▸ 2026-11-20 18:05")


@pytest.mark.parametrize(
    ("typed", "told_why"),
    [
        ("2026-11-17", "2026-11-17 还没有这个案件，它是 2026-11-18 建的"),
        ("2026-11-23", "2026-11-23 还没到"),
        ("2026-02-30", "没有“2026-02-30”这一天"),
        ("不知道", "看不懂“不知道”"),
    ],
)
async def test_a_day_of_which_there_is_nothing_to_show_says_why_and_stays_to_be_mended(
    ana: Desk, told: int, typed: str, told_why: str
) -> None:
    async with history(ana, told) as pilot:
        await press(pilot, "slash")
        await burst(pilot, f"{typed}\r")
        assert told_why in screen_text(pilot.app)
        assert typed in screen_lines(pilot.app)[-1]
        await press(pilot, "escape")
        assert isinstance(pilot.app.screen, HistoryScreen)


async def test_no_day_typed_is_no_question_asked(ana: Desk, told: int) -> None:
    async with history(ana, told) as pilot:
        await press(pilot, "slash", "enter")
        assert isinstance(pilot.app.screen, HistoryScreen)


# --- taking back


async def test_u_takes_back_the_step_under_the_cursor_and_shows_it_at_once(ana: Desk, told: int) -> None:
    async with history(ana, told) as pilot:
        await press(pilot, "j", "u")
        assert ana.document(told)["education"][0]["level"] == "bachelor"
        assert ana.document(told)["contact"] == {"phone": "13800000000"}  # a later step stays
        assert "撤销 学历 硕士研究生 → 本科" in rows(pilot)[0]
        assert "已撤回 学历" in next(line for line in rows(pilot) if line.startswith("▸"))
        assert "已撤销：王小明 学历" in said(pilot)


@pytest.mark.parametrize("key", ["u", "U"])
async def test_pressed_on_one_that_was_taken_back_it_is_done_again(ana: Desk, told: int, key: str) -> None:
    async with history(ana, told) as pilot:
        await press(pilot, "j", "u")
        await press(pilot, key)
        assert ana.document(told)["education"][0]["level"] == "master"
        assert "重做 学历" in rows(pilot)[0]
        assert "已撤回" not in next(line for line in rows(pilot) if line.startswith("▸"))
        assert "已重做：王小明 学历" in said(pilot)


async def test_one_that_stands_is_not_done_again(ana: Desk, told: int) -> None:
    async with history(ana, told) as pilot:
        await press(pilot, "U")
        assert "没有撤回过" in said(pilot)
        assert len(ana.entries(told)) == 5


async def test_anothers_step_is_theirs(ana: Desk, told: int) -> None:
    async with history(ana, told) as pilot:
        await press(pilot, "j", "j", "u")
        assert "这一步是 bo 做的" in said(pilot)
        assert ana.case(told).status == "form"


async def test_it_is_refused_with_who_when_and_which_field_where_a_later_edit_stands(
    ana: Desk, bo: Desk, told: int
) -> None:
    bo.set(told, "applicant.education.e1.level", "doctor")
    async with history(ana, told) as pilot:
        await press(pilot, "j", "j", "u")
        assert "不能撤销：bo 在 2026-11-22 11:04 又改了 学历" in said(pilot)


async def test_what_another_has_just_done_with_it_is_not_turned_round(ana: Desk, told: int) -> None:
    async with history(ana, told) as pilot:
        await press(pilot, "j")
        ana.take_back(4)  # in another session of hers, not seen yet
        screen: Any = pilot.app.screen
        await pilot.app.take_back(screen.table.current.entry, screen.table.current.standing)  # type: ignore[attr-defined]
        await settled(pilot)
        assert ana.document(told)["education"][0]["level"] == "bachelor"
        assert "又动过" in said(pilot)


async def test_the_palettes_undo_means_the_step_under_the_cursor_here(ana: Desk, told: int) -> None:
    other = ana.create({"name": "李梅"})
    async with history(ana, told) as pilot:
        await press(pilot, "j", "ctrl+p")
        await burst(pilot, "撤销\r")
        assert ana.find(other) is not None
        assert ana.document(told)["education"][0]["level"] == "bachelor"


async def test_a_batch_of_facts_says_which_they_were(ana: Desk) -> None:
    ids = batch(ana, "甲乙丙")
    carry_out(ana.workspace, ids, tagged("重点"), by=ana.author, today=ana.today, command="set")
    async with history(ana, ids[0]) as pilot:
        await press(pilot, "u")
        assert "“修改 标签”是整批做的，会一起撤销 3 个案件" in asked(pilot)


async def test_a_batch_asks_first_how_many_cases_and_any_other_key_leaves_it(ana: Desk) -> None:
    ids = batch(ana, "甲乙丙")
    async with history(ana, ids[0]) as pilot:
        await press(pilot, "u")
        assert "“导入”是整批做的，会一起撤销 3 个案件" in asked(pilot)
        await press(pilot, "u")
        assert all(ana.find(case_id) for case_id in ids)
        await press(pilot, "u", "y")
        assert not any(ana.find(case_id) for case_id in ids)
        assert isinstance(pilot.app.screen, CasesScreen)
        assert "等 3 个案件" in said(pilot)


async def test_taking_back_the_making_of_a_case_asks_and_leads_to_the_list(ana: Desk) -> None:
    case_id = ana.create({"name": "甲"})
    async with history(ana, case_id) as pilot:
        await press(pilot, "u")
        assert "会从列表里拿掉" in asked(pilot)
        await press(pilot, "escape")
        assert ana.find(case_id) is not None
        await press(pilot, "u", "y")
        assert ana.find(case_id) is None
        assert isinstance(pilot.app.screen, CasesScreen)
        assert "已撤销：甲 整个案件" in said(pilot)
        await press(pilot, "U")
        assert ana.find(case_id) is not None


async def test_u_in_a_state_takes_back_the_step_it_shows(ana: Desk, told: int) -> None:
    async with history(ana, told, size=(110, 45)) as pilot:
        await press(pilot, "j", "enter", "u")
        assert ana.document(told)["education"][0]["level"] == "bachelor"
        assert "* 学历 硕士研究生 → 现在 本科" in sides(pilot)[0]


async def test_while_another_program_holds_the_file_that_is_said_and_nothing_is_done(
    ana: Desk, told: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(SETTINGS, "busy_timeout", 50)
    ana.workspace.engine.dispose()
    async with history(ana, told, size=(200, 45)) as pilot:  # the sentence begins with the path
        with closing(connect(ana.workspace.path, writing=True)) as connection:
            connection.execute("BEGIN IMMEDIATE")
            await press(pilot, "u")
            assert "被别的程序占用" in said(pilot) and "locked" not in screen_text(pilot.app)
        await press(pilot, "u")
        assert "已撤销：王小明 手机" in said(pilot)
        assert len(ana.entries(told)) == 6


@pytest.mark.parametrize("key", ["u", "U"])
async def test_in_a_state_a_step_that_stands_is_only_taken_back(ana: Desk, told: int, key: str) -> None:
    async with history(ana, told) as pilot:
        await press(pilot, "enter", key)
        assert ("contact" in ana.document(told)) == (key == "U")


@pytest.mark.parametrize("language", ["zh", "en"])
async def test_questions_fit_on_a_narrow_screen(ana: Desk, language: str) -> None:
    ids = batch(ana, "甲乙")
    alone = ana.create({"name": "丙"})
    for case_id in (ids[0], alone):
        async with history(ana, case_id, language=language) as pilot:
            await press(pilot, "u")
            assert "…" not in asked(pilot)


# --- the list of cases


async def test_undo_of_a_batch_in_the_list_asks_first_how_many_cases(ana: Desk) -> None:
    ids = batch(ana, "甲乙丙")
    async with session(ana.workspace) as pilot:
        await press(pilot, "u")
        assert "会一起撤销 3 个案件" in asked(pilot)
        await press(pilot, "n")
        assert all(ana.find(case_id) for case_id in ids)
        await press(pilot, "u", "y")
        assert not any(ana.find(case_id) for case_id in ids)
        await press(pilot, "U")
        assert "会一起重做 3 个案件" in asked(pilot)
        await press(pilot, "y")
        assert all(ana.find(case_id) for case_id in ids)


async def test_what_ifs_and_tasks_are_told_in_words(ana: Desk) -> None:
    case_id = ana.create({"name": "王小明"})
    ana.change(case_id, ("tasks.k3f9a", None, {"what": "调档", "due": "2027-03-01"}))
    ana.change(case_id, ("tasks.k3f9a.done", None, "2027-02-11"))
    ana.change(case_id, ("what_ifs.m4e2b", None, {"line": "bachelor"}))
    async with history(ana, case_id) as pilot:
        shown = rows(pilot)
        assert "新增 试算：bachelor" in shown[0] and "任务完成日 2027-02-11" in shown[1]
        assert "新增 任务：调档 2027-03-01" in shown[2]
