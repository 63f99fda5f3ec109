"""What was left unfinished is offered on return: a quiet line in the list, a key that leads to the field, a query."""

from typing import Any

import pytest
from desks import Desk, a_moment_later
from screens import burst, press, screen_lines, screen_text, session, settled
from textual.app import App

from models.query import parse
from models.reading import Reader
from models.workspace import Workspace
from models.writing import keep_form, save_draft
from tui.screens.case import CaseScreen
from tui.screens.cases import CasesScreen
from tui.screens.new_case import NewCaseScreen

NAME, DEGREE = "applicant.name", "applicant.permit.valid_until"
ANOTHER_PROCESS = "1-0-1"  # process 1 runs, but began at another time: it is gone


def left(app: App[Any]) -> str:
    """The line above the status line, where something is offered."""
    line = screen_lines(app)[-3]
    return line.strip() if "D" in line and app.screen.has_class("-left") else ""


def here(app: App[Any]) -> str:
    """The line under the cursor of the case."""
    assert isinstance(app.screen, CaseScreen)
    return next(line for line in screen_lines(app) if line.startswith("▸"))


async def test_with_nothing_left_nothing_is_offered_and_the_key_says_so(ana: Desk) -> None:
    ana.create({"name": "张三"})
    async with session(ana.workspace) as pilot:
        assert left(pilot.app) == ""
        await press(pilot, "D")
        assert "没有没填完的内容" in screen_lines(pilot.app)[-2]


async def test_one_case_is_offered_by_name_and_field_and_the_key_leads_to_the_field(ana: Desk) -> None:
    case_id = ana.create({"name": "张三"})
    save_draft(ana.workspace, case_id, "ana", DEGREE, "2027-02-3")
    async with session(ana.workspace) as pilot:
        assert left(pilot.app) == "张三 · 居住证至… 还没填完，按 D 打开"
        await press(pilot, "D")
        assert "张三" in screen_lines(pilot.app)[0]
        assert "居住证至" in here(pilot.app) and "2027-02-3" in here(pilot.app)


async def test_of_several_the_newest_is_named_and_the_key_goes_from_one_to_the_next(ana: Desk) -> None:
    older, newer = ana.create({"name": "张三"}), ana.create({"name": "李四"})
    save_draft(ana.workspace, older, "ana", DEGREE, "2027-02-3")
    a_moment_later()
    save_draft(ana.workspace, newer, "ana", "applicant.id_number", "3401")
    async with session(ana.workspace) as pilot:
        assert left(pilot.app).startswith("2 个案件没填完，最近是 李四 · 身份证号…  按 D 打开")
        for name in ("李四", "张三", "李四"):
            await press(pilot, "D")
            assert name in screen_lines(pilot.app)[0]
            await press(pilot, "escape")


async def test_once_it_is_finished_it_is_not_offered_any_more(ana: Desk) -> None:
    case_id = ana.create({"name": "张三"})
    save_draft(ana.workspace, case_id, "ana", DEGREE, "2027-02-03")
    async with session(ana.workspace) as pilot:
        await press(pilot, "D")
        await burst(pilot, "\r\x1b")
        await press(pilot, "escape")
        assert ana.document(case_id)["permit"]["valid_until"] == "2027-02-03"
        assert left(pilot.app) == ""


async def test_what_others_left_is_not_offered(ana: Desk) -> None:
    save_draft(ana.workspace, ana.create({"name": "张三"}), "bo", NAME, "张")
    async with session(ana.workspace) as pilot:
        assert left(pilot.app) == ""


async def test_what_is_left_while_the_list_is_open_is_offered_within_a_second(ana: Desk) -> None:
    case_id = ana.create({"name": "张三"})
    async with session(ana.workspace) as pilot:
        save_draft(ana.workspace, case_id, "ana", NAME, "张")
        pilot.app.look()  # type: ignore[attr-defined]
        await settled(pilot)
        assert "张三 · 姓名" in left(pilot.app)


async def test_a_case_that_is_gone_is_told_and_its_texts_dropped_only_when_asked(ana: Desk) -> None:
    case_id = ana.create({"name": "张三"})
    save_draft(ana.workspace, case_id, "ana", NAME, "张三丰")
    ana.undo()
    async with session(ana.workspace) as pilot:
        assert f"{case_id} 号案件（已不在）" in left(pilot.app)
        await press(pilot, "D")
        assert "姓名 张三丰" in screen_text(pilot.app) and "y 丢掉" in screen_text(pilot.app)
        await press(pilot, "escape")
        assert ana.count("SELECT count(*) FROM draft") == 1
        await press(pilot, "D", "y")
        assert ana.count("SELECT count(*) FROM draft") == 0
        assert left(pilot.app) == ""


async def test_a_case_that_comes_back_has_its_texts(ana: Desk) -> None:
    case_id = ana.create({"name": "张三"})
    save_draft(ana.workspace, case_id, "ana", DEGREE, "2027-02-3")
    ana.undo()
    async with session(ana.workspace) as pilot:
        await press(pilot, "U", "D")
        assert "2027-02-3" in here(pilot.app)


async def test_a_field_that_the_form_does_not_have_any_more_is_told_too(ana: Desk) -> None:
    save_draft(ana.workspace, ana.create({"name": "张三"}), "ana", "applicant.shoe_size", "42")
    async with session(ana.workspace) as pilot:
        assert "张三" in left(pilot.app)
        await press(pilot, "D")
        assert "applicant.shoe_size 42" in screen_text(pilot.app)
        await press(pilot, "y")
        assert ana.count("SELECT count(*) FROM draft") == 0


async def test_the_form_of_a_new_case_is_offered_too(ana: Desk) -> None:
    keep_form(ana.workspace, "ana", ANOTHER_PROCESS, {"contact.called": "李女士", "contact.phone": "138"})
    async with session(ana.workspace) as pilot:
        assert left(pilot.app) == "新建案件 李女士… 还没填完，按 D 打开"
        await press(pilot, "D")
        assert isinstance(pilot.app.screen, NewCaseScreen)
        assert pilot.app.screen.typed == {"contact.called": "李女士", "contact.phone": "138"}


async def test_in_english_it_is_said_in_english(ana: Desk) -> None:
    save_draft(ana.workspace, ana.create({"name": "Zhang"}), "ana", DEGREE, "2027-02-3")
    async with session(ana.workspace, language="en") as pilot:
        assert left(pilot.app) == "Zhang · Valid until… is unfinished; D opens it"


@pytest.mark.parametrize(
    ("language", "cases", "end"),
    [
        ("zh", 12, "按 D 打开（全部：草稿:我）"),
        ("en", 12, "D opens it (all: draft:me)"),
        ("zh", 1, "还没填完，按 D 打开"),
        ("en", 1, "is unfinished; D opens it"),
    ],
)
@pytest.mark.parametrize("name", ["王小明", "长" * 200, "Alexander von Humboldt"], ids=["short", "wide", "long"])
async def test_however_many_and_whatever_they_are_called_the_key_is_read_at_80_columns(
    ana: Desk, language: str, cases: int, end: str, name: str
) -> None:
    for _ in range(cases):
        save_draft(ana.workspace, ana.create({"name": name}), "ana", DEGREE, "2027-02-3")
    async with session(ana.workspace, size=(80, 24), language=language) as pilot:
        assert end in screen_text(pilot.app)


async def test_the_line_is_no_part_of_an_empty_workspace(workspace: Workspace) -> None:
    async with session(workspace) as pilot:
        assert isinstance(pilot.app.screen, CasesScreen)
        assert left(pilot.app) == ""


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("draft:me", [1]),
        ("草稿:我", [1]),
        ("draft:bo", [2]),
        ("draft:me,bo", [1, 2]),
        ("draft:none", [3]),
        ("-draft:me", [2, 3]),
        ("draft:zoe", []),
    ],
)
def test_cases_with_something_unfinished_are_found(ana: Desk, line: str, found: list[int]) -> None:
    cases = [ana.create({"name": name}) for name in ("张三", "李四", "王五")]
    save_draft(ana.workspace, cases[0], "ana", NAME, "张")
    save_draft(ana.workspace, cases[1], "bo", NAME, "李")
    with Reader(ana.workspace) as reader:
        assert list(reader.ids(parse(line, ana.today, "ana"))) == found
