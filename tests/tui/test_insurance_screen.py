"""The insurance of a case month by month: read off, changed by range, pasted from a statement."""

from typing import Any

import pytest
from casework import Case, reopened
from desks import Desk
from screens import burst, line_with, press, screen_lines, screen_text
from textual import events

from tui.screens.insurance import InsuranceScreen
from tui.text import LANGUAGES
from tui.text import text as words

PAID: list[dict[str, Any]] = [
    {"from": "2022-07", "to": "2023-06", "base": 12500, "employer": "上海甲有限公司"},
    {"from": "2023-09", "to": "2023-12", "base": 12500, "pay_kind": "back_paid"},
    {"from": "2024-01", "base": 26000, "employer": "上海乙有限公司"},
]


@pytest.fixture
def wang(ana: Desk) -> int:
    return ana.create({"name": "王小明", "insurance": PAID})


async def paste(case: Case, text: str) -> None:
    """The terminal hands over what was pasted."""
    case.pilot.app.post_message(events.Paste(text))
    await case.pilot.pause()


async def test_i_shows_a_year_a_line_with_gaps_and_back_pay_and_the_bands(ana: Desk, wang: int) -> None:
    async with reopened(ana, wang, size=(80, 24)) as case:
        await press(case.pilot, "i")
        year = line_with(case.pilot.app, "2023 ")
        assert year.split()[1:9] == ["▒1.2", "▒1.2", "▒1.2", "▒1.2", "▒1.2", "▒1.2", "·", "·"] and year.count("补") == 4
        shown = screen_text(case.pilot.app)
        assert "累计 46 个月，满 3 年" in shown and "近 36 个月要 24 个：3 倍 0 个" in shown
        assert "近 48 个月要 36 个：2 倍 34 个、1 倍 42 个、0.8 倍 42 个" in shown
        assert "2026-10  基数 26,000" in shown and "上海乙有限公司  计入年限，基数够 2 倍" in shown


async def test_a_month_whose_base_is_below_every_multiple_says_that_it_counts_for_the_years_alone(ana: Desk) -> None:
    case_id = ana.create({"name": "低", "insurance": [{"from": "2024-01", "base": 7460}]})
    async with reopened(ana, case_id, size=(80, 24)) as case:
        await press(case.pilot, "i")
        assert "0.6 倍  计入年限，基数不到 0.8 倍不加分" in line_with(case.pilot.app, "2026-10")


async def test_the_cursor_goes_by_month_and_year_and_says_why_a_month_is_out(ana: Desk, wang: int) -> None:
    async with reopened(ana, wang) as case:
        await press(case.pilot, "i", "up", "up", "up", "left")
        assert "2023-09" in screen_lines(case.pilot.app)[-4] and "补缴，不计" in screen_text(case.pilot.app)


async def test_a_marked_range_is_changed_by_a_line_as_one_command(ana: Desk, wang: int) -> None:
    async with reopened(ana, wang) as case:
        await press(case.pilot, "i", "space", "left", "left", "enter")
        await burst(case.pilot, "基数 13000")
        assert "2026-08..2026-10  缴费基数 13,000" in screen_text(case.pilot.app)
        await press(case.pilot, "enter")
        rows = ana.document(wang)["insurance"]
        assert {(row["from"], row.get("to"), row["base"]) for row in rows[2:]} == {
            ("2024-01", "2026-07", 26000),
            ("2026-08", "2026-10", 13000),
            ("2026-11", None, 26000),
        }
        await press(case.pilot, "u")
        assert len(ana.document(wang)["insurance"]) == 3


@pytest.mark.parametrize("language", LANGUAGES)
async def test_until_something_is_understood_the_question_says_what_may_be_typed(
    ana: Desk, wang: int, language: str
) -> None:
    example = words("insurance.example", language)
    async with reopened(ana, wang, size=(80, 24), language=language) as case:
        await press(case.pilot, "i", "enter")
        assert example in line_with(case.pilot.app, words("insurance.hint", language, example=example))
        await press(case.pilot, "ctrl+u")
        assert example in screen_text(case.pilot.app)
        await burst(case.pilot, example)
        assert line_with(case.pilot.app, "→").strip().startswith("→ 2024-01..2024-06 ")
        await press(case.pilot, "enter")
    assert {(row["from"], row.get("to"), row["base"]) for row in ana.document(wang)["insurance"]} >= {
        ("2024-01", "2024-06", 12500)
    }


async def test_the_example_may_be_typed_behind_the_months_that_stand_there(ana: Desk, wang: int) -> None:
    async with reopened(ana, wang) as case:
        await press(case.pilot, "i", "enter")
        await burst(case.pilot, words("insurance.example", "zh"))
        assert line_with(case.pilot.app, "→").strip().startswith("→ 2024-01..2024-06 ")


async def test_the_wide_space_marks_a_range_and_is_a_blank_in_the_line(ana: Desk, wang: int) -> None:
    async with reopened(ana, wang) as case:
        await burst(case.pilot, "i　hh\r基数　13000")
        assert "2026-08..2026-10  缴费基数 13,000" in screen_text(case.pilot.app)


async def test_a_statement_is_shown_before_it_is_taken_with_what_was_not_understood(ana: Desk, wang: int) -> None:
    async with reopened(ana, wang) as case:
        await press(case.pilot, "i")
        await paste(case, "年月\t基数\n202307\t12500\n202308\t12500\n谢谢")
        shown = screen_text(case.pilot.app)
        assert "对账单：2 个月" in shown and "1 行没看懂：4: 谢谢" in shown
        assert line_with(case.pilot.app, "2023 ").split()[7] == "▒1.0" and len(ana.document(wang)["insurance"]) == 3
        await press(case.pilot, "escape")
        assert line_with(case.pilot.app, "2023 ").split()[7] == "·"
        await paste(case, "202307\t12500\n202308\t12500\n谢谢")
        await press(case.pilot, "enter")
        assert "已改，u 撤销  1 行没看懂，没有采用" in screen_text(case.pilot.app)
        assert [row["base"] for row in ana.document(wang)["insurance"] if row["from"] == "2023-07"] == [12500]


async def test_months_that_stay_out_whatever_their_base_are_told_before_a_statement_is_taken(
    ana: Desk, wang: int
) -> None:
    async with reopened(ana, wang, size=(80, 24)) as case:
        await press(case.pilot, "i")
        await paste(case, "202308\t12500\n202309\t12500\n202310\t12500\n202401\t26000\n谢谢")
        shown = screen_text(case.pilot.app)
        assert "2 个月原来记着外省、补缴或单位不是合同单位" in shown and "1 行没看懂：5: 谢谢" in shown
        assert "enter 采用" in shown
        await press(case.pilot, "escape")
        await paste(case, "202309\t12500\t补缴")
        assert "原来记着" not in screen_text(case.pilot.app)


def footer(case: Case) -> str:
    return screen_lines(case.pilot.app)[-1]


async def test_while_a_statement_waits_the_footer_says_that_enter_takes_it_and_esc_does_not(
    ana: Desk, wang: int
) -> None:
    async with reopened(ana, wang, size=(80, 24)) as case:
        await press(case.pilot, "i")
        usual = footer(case)
        assert usual.startswith(" enter 改这一段  space 标一段 ")
        for key in ("escape", "q", "enter"):
            await paste(case, "202307\t12500")
            assert footer(case).startswith(" enter 采用  esc 不用  ? 按键 ") and footer(case).endswith(" q 不用")
            await press(case.pilot, key)
            assert footer(case) == usual
        assert [row["base"] for row in ana.document(wang)["insurance"] if row["from"] == "2023-07"] == [12500]


@pytest.mark.parametrize("key", ["1", "2", "3", "4", "6", "q"])
async def test_a_key_that_leads_away_drops_what_was_pasted_first_and_says_so(ana: Desk, wang: int, key: str) -> None:
    async with reopened(ana, wang) as case:
        await press(case.pilot, "i")
        await paste(case, "2024-01 30000")
        await press(case.pilot, key)
        assert isinstance(case.pilot.app.screen, InsuranceScreen) and "没有采用" in screen_text(case.pilot.app)
        await press(case.pilot, key)
        assert not isinstance(case.pilot.app.screen, InsuranceScreen)


@pytest.mark.parametrize("key", ["space", "escape"])
async def test_while_a_range_is_marked_the_footer_says_how_it_ends(ana: Desk, wang: int, key: str) -> None:
    async with reopened(ana, wang) as case:
        await press(case.pilot, "i", "space", "left")
        assert "space 不标了" in footer(case) and "esc 不标了" in footer(case)
        await press(case.pilot, key)
        assert "space 标一段" in footer(case) and "esc 返回" in footer(case)


async def test_what_cannot_be_understood_changes_nothing_and_is_said(ana: Desk, wang: int) -> None:
    async with reopened(ana, wang) as case:
        await press(case.pilot, "i")
        await paste(case, "你好")
        assert "没有看懂的行" in screen_text(case.pilot.app)
        await press(case.pilot, "e")
        await burst(case.pilot, "很多\r")
        assert "没看懂“很多”" in screen_text(case.pilot.app)
        await press(case.pilot, "escape", "escape")
        assert not isinstance(case.pilot.app.screen, InsuranceScreen)
