"""The policy on the screen: the law of the day, what it leaves open, every figure with its days, source and grade."""

import re
import tomllib
from collections.abc import Iterator
from datetime import date
from importlib.resources import files
from typing import Any

import pytest
from desks import Desk
from screens import press, screen_lines, screen_text, session
from textual.pilot import Pilot

from engine import words
from engine.policy import Policy, load
from engine.policy_pack import FIGURES, PARAMETERS
from engine.words import word
from tui.app import DabiaoApp
from tui.policy_words import figure_said, folded, items, searchable
from tui.screens.cases import CasesScreen
from tui.screens.passage import PassageScreen
from tui.screens.policy import PolicyScreen
from tui.text import LANGUAGES

DAY = date(2026, 11, 22)
CHINESE = re.compile(r"[\u4e00-\u9fff]")


@pytest.fixture
def pack() -> dict[str, Any]:
    """The pack, to change."""
    return tomllib.loads(files("engine").joinpath("policies", "shanghai.toml").read_text(encoding="utf-8"))


@pytest.fixture
def other_pack(pack: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """The pack that the screens read, to change before they do."""
    for module in ("policy", "passage"):
        monkeypatch.setattr(f"tui.screens.{module}.load", lambda: Policy.from_pack(pack))
    return pack


def said(pilot: Pilot[Any]) -> str:
    """All lines of the screen, also those that are not in sight."""
    screen = pilot.app.screen
    assert isinstance(screen, PolicyScreen | PassageScreen)
    return "\n".join("".join(cell.text for cell in entry.cells) for entry in screen.entries(200))


async def filtered(pilot: Pilot[Any], line: str) -> str:
    """What is left of the policy with a filter."""
    screen = pilot.app.screen
    assert isinstance(screen, PolicyScreen)
    screen.field.value = line
    await pilot.pause()
    return said(pilot)


# --- the words


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_figure_subject_and_question_has_its_words(language: str) -> None:
    keys = words.keys(language)
    assert {f"figure.{name}" for name in FIGURES} <= keys
    assert {f"subject.{name.partition('.')[0]}" for name in FIGURES} <= keys
    assert {f"question.{name}.{answer}" for name, answers in PARAMETERS.items() for answer in answers} <= keys
    assert {f"question.{name}" for name in PARAMETERS} <= keys


@pytest.mark.parametrize(
    ("name", "value", "zh", "en"),
    [
        ("age.cap", 30, "最高分 30 分", "at most 30 points"),
        ("band_08.tenths", 8, "0.8 倍的基数不低于 0.8 倍", "0.8x: base at least 0.8x"),
        ("band_3.tenths", 30, "3 倍的基数不低于 3 倍", "3x: base at least 3x"),
        ("investment.tax_unit", 100_000, "年纳税每 100,000 元", "tax a year, each 100,000 yuan"),
        ("detention.points", -50, "每次 -50 分", "each time -50 points"),
        ("reference", 11396, "1 倍标准 11,396 元", "1x reference 11,396 yuan"),
    ],
)
def test_a_figure_is_said_with_its_unit(name: str, value: int, zh: str, en: str) -> None:
    assert (figure_said(name, value, "zh"), figure_said(name, value, "en")) == (zh, en)


def test_every_note_is_in_the_language_that_is_read() -> None:
    chinese, english = ([note for item in items(load(), DAY, of) for note in item.notes] for of in LANGUAGES)
    assert len(chinese) == len(english) > 20
    assert all(CHINESE.search(note) for note in chinese) and not any(CHINESE.search(note) for note in english)


def test_each_thing_has_a_key_of_its_own_the_same_in_both_languages() -> None:
    chinese, english = ([item.key for item in items(load(), DAY, language)] for language in ("zh", "en"))
    assert chinese == english and len(set(chinese)) == len(chinese)


def test_it_is_searched_in_both_languages_whatever_the_width_and_case_of_the_letters() -> None:
    texts = searchable(load(), DAY)
    assert all(
        folded(each) in texts["education 2013-07-01 education.associate"] for each in ("学历", "EDUCATION", "１１０")
    )


# --- the screen


async def test_5_shows_the_law_of_the_day_and_what_comes_after_its_end(ana: Desk) -> None:
    async with session(ana.workspace) as pilot:
        await press(pilot, "5")
        assert isinstance(pilot.app.screen, PolicyScreen)
        lines = screen_lines(pilot.app)
        assert "现行：《上海市居住证积分管理办法》（沪府规〔2022〕21号）" in lines[3]
        assert "2023-01-01 至 2027-12-31" in lines[4]
        assert "到期以后没有新办法" in screen_text(pilot.app)


async def test_after_the_end_of_the_text_it_goes_on(ana: Desk) -> None:
    async with session(ana.workspace, today=date(2028, 2, 1)) as pilot:
        await press(pilot, "5")
        shown = screen_text(pilot.app)
        assert "现行：" in shown and "已经到期" in shown


async def test_before_the_first_law_that_is_said(ana: Desk) -> None:
    async with session(ana.workspace, today=date(2012, 1, 1)) as pilot:
        await press(pilot, "5")
        assert "2012-01-01 还没有居住证积分办法" in screen_text(pilot.app)
        assert "还没到" in screen_text(pilot.app)


@pytest.mark.parametrize("language", LANGUAGES)
async def test_every_figure_of_the_pack_is_shown_with_its_source_and_the_day_of_the_last_check(
    ana: Desk, pack: dict[str, Any], language: str
) -> None:
    async with session(ana.workspace, language=language) as pilot:
        await press(pilot, "5")
        shown = said(pilot)
        for name, value in load().law(DAY).figures.items():
            assert figure_said(name, value, language) in shown
        for name in set(sources_of_what_counts(pack)):
            assert pack["sources"][name].partition("（")[0] in shown.replace("\n    ", "")
        assert "2026-03-18" in shown


def sources_of_what_counts(pack: dict[str, Any]) -> Iterator[str]:
    for rows in pack["figures"].values():
        for row in rows:
            if "to" not in row:
                yield from pack["basis"][row["basis"]]["source"]


async def test_what_is_open_is_marked_and_the_other_reading_said(ana: Desk) -> None:
    async with session(ana.workspace) as pilot:
        await press(pilot, "5")
        asked = await filtered(pilot, "36、48")
        assert "待核  36、48 个月算到哪个月？算到申请的上个月" in asked and "也可能是：算到申请的当月" in asked
        assert "month_before" not in asked  # codes are nothing to read
        wages = await filtered(pilot, "2025-07 11,396")
        assert "待核  1 倍标准 11,396 元" in wages and "也可能是 12434" in wages
        assert "之后的还没公布" in wages
        assert "待核" not in await filtered(pilot, "education degree master")


async def test_older_values_stand_below_the_one_in_force(ana: Desk) -> None:
    async with session(ana.workspace) as pilot:
        await press(pilot, "5")
        shown = await filtered(pilot, "investment at most")
        assert shown.index("2018-01-01 起") < shown.index("2015-07-01 至") < shown.index("2013-07-01 至 2015-06-30")
        screen = pilot.app.screen
        assert isinstance(screen, PolicyScreen)
        old = [entry for entry in screen.entries(200) if "最高分 100 分" in "".join(cell.text for cell in entry.cells)]
        assert [cell.style for entry in old for cell in entry.cells if cell.text.strip()] == ["dim"]


async def test_what_is_added_to_the_pack_appears_by_itself(ana: Desk, other_pack: dict[str, Any]) -> None:
    other_pack["sources"]["new"] = "shanghai.gov.cn/2027"
    other_pack["basis"]["new"] = {
        "article": "新的通知",
        "source": ["new"],
        "grade": "OT",
        "checked": date(2026, 11, 20),
    }
    other_pack["figures"]["threshold"][0]["to"] = date(2026, 12, 31)
    other_pack["figures"]["threshold"].append({"from": date(2027, 1, 1), "basis": "new", "value": 125})
    other_pack["wages"]["reference"].append({"from": "2026-07", "to": "2027-06", "value": 12999, "basis": "new"})
    async with session(ana.workspace) as pilot:
        await press(pilot, "5")
        shown = said(pilot)
        assert "还没到  标准分值 125 分" in shown and "标准分值 120 分" in shown
        assert "1 倍标准 12,999 元" in shown and "shanghai.gov.cn/2027" in shown
        assert "官方原文  2026-11-20 核对  新的通知" in shown


async def test_a_figure_the_rules_did_not_know_before_needs_no_screen(
    ana: Desk, other_pack: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A new figure has its name in the rules and its words in the catalogues: nothing else lists it."""
    monkeypatch.setattr("engine.policy_lint.FIGURES", (*FIGURES, "spouse.years"))
    catalogues = {each: {**words.catalogue(each), "figure.spouse.years": "结婚要满"} for each in LANGUAGES}
    monkeypatch.setattr(words, "catalogue", catalogues.__getitem__)
    other_pack["figures"]["spouse"][0]["years"] = 2
    async with session(ana.workspace) as pilot:
        await press(pilot, "5")
        assert "结婚要满 2 年" in said(pilot)


@pytest.mark.parametrize("line", ["配偶 40", "SPOUSE 40", "ｓｐｏｕｓｅ", "hfnuidl.cn/29550", "结婚之日"])
async def test_the_filter_finds_by_subject_value_source_and_note_in_either_language(ana: Desk, line: str) -> None:
    async with session(ana.workspace) as pilot:
        await press(pilot, "5")
        shown = await filtered(pilot, line)
        assert "配偶沪籍" in shown and "学历" not in shown


async def test_a_filter_that_finds_nothing_says_what_to_do_and_esc_clears_it_before_it_leads_back(ana: Desk) -> None:
    async with session(ana.workspace) as pilot:
        await press(pilot, "5", "/", "q", "q", "q", "enter")
        assert "没有符合的" in screen_text(pilot.app)
        await press(pilot, "enter")
        assert "这里没有一条规定" in screen_lines(pilot.app)[-2]
        await press(pilot, "escape")
        assert "现行" in screen_text(pilot.app) and isinstance(pilot.app.screen, PolicyScreen)
        await press(pilot, "escape")
        assert isinstance(pilot.app.screen, CasesScreen)


async def test_enter_opens_the_whole_note_and_all_sources_and_esc_leads_back_to_the_line(ana: Desk) -> None:
    async with session(ana.workspace) as pilot:
        await press(pilot, "5")
        await filtered(pilot, "lingang")
        await press(pilot, "j", "j", "j", "G", "enter")
        assert isinstance(pilot.app.screen, PassageScreen)
        shown = said(pilot)
        assert "临港起计要满 5 年" in shown and "（沪府发〔2017〕98号） 第七条" in shown
        assert "\n  jzzjf.com（2022-01-13）\n  educity（2021-03-04）\n" in shown  # each on a line of its own
        assert "专项政策" in shown and "2023-01-01 起  临港起计要满 3 年" in shown
        await press(pilot, "escape")
        assert "▸   待核  临港起计要满 5 年" in screen_text(pilot.app)


async def test_y_copies_a_line_with_its_source_and_what_is_open(ana: Desk) -> None:
    async with session(ana.workspace) as pilot:
        await press(pilot, "5")
        await filtered(pilot, "2025-07 11396")
        await press(pilot, "y")
        assert isinstance(pilot.app, DabiaoApp)
        copied = pilot.app.clipboard
        assert copied.splitlines()[0].endswith("：1 倍标准 11,396 元（2025-07 至 2026-06）")
        assert "出处：2025 年度沿用（未见通知）" in copied and "wfek.com/10372" in copied
        assert "第三方说法、2026-03-18 核对" in copied and "待核：" in copied and "12434" in copied
        await press(pilot, "enter", "y")
        assert pilot.app.clipboard == copied


async def test_another_language_is_taken_at_once_and_the_cursor_stays(ana: Desk) -> None:
    async with session(ana.workspace) as pilot:
        await press(pilot, "5", "j", "j", "j", "j", "f2")
        shown = screen_text(pilot.app)
        assert "▸   Open  With which month do the 36 or 48 months end?" in shown
        await press(pilot, "enter", "f2")
        assert word("question.window.ends", "zh") in screen_text(pilot.app)


async def test_it_is_reached_from_the_other_numbers_and_from_within_a_case(ana: Desk) -> None:
    ana.create({"name": "李梅"})
    async with session(ana.workspace) as pilot:
        for way in ("1", "3", "4", "6", "2"):
            await press(pilot, way, "5")
            assert isinstance(pilot.app.screen, PolicyScreen)
        await press(pilot, "2", "enter", "5")
        assert isinstance(pilot.app.screen, PolicyScreen)
