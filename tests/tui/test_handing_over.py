"""Cases handed over with a brief: what it says, who gets them, and one undo that takes all of it back."""

import pytest
from casesteps import READY
from desks import DAY, Desk
from screens import burst, press, screen_lines, screen_text, session
from staff import employ, owner

from engine.policy import load
from models import employing
from tui.brief_words import brief, plain
from tui.text import LANGUAGES

TASK = {"what": "回电话 <b>[x](y)</b>", "due": "2026-11-20"}


@pytest.fixture
def two(ana: Desk) -> list[int]:
    """Two cases of ana's: something was promised in one, and an original is with us."""
    employ(ana.workspace)
    cases = [ana.create({**READY, "name": name}, status="account", consultant="ana") for name in ("王小明", "李*梅")]
    ana.change(cases[0], ("tasks.k3f9a", None, TASK), ("papers.p3f9a", None, PAPER))
    return cases


PAPER = {"code": "B03", "state": "original_seen", "held_by": "前台", "held_since": "2026-11-02"}


def said(ana: Desk, cases: list[int], language: str = "zh") -> str:
    return "\n".join(brief([ana.case(case) for case in cases], "bea", "ana", DAY, load(), language))


def test_it_says_where_each_stands_what_is_owed_promised_and_held(ana: Desk, two: list[int]) -> None:
    text = said(ana, two)
    assert text.startswith("# 移交单：2 个案件移交给 bea\n\n移交人 ana，2026-11-22")
    first, second = text.split("\n## ")[1:]
    assert first.startswith(f"{two[0]} 王小明") and "环节：建个人账号" in first and "等：" in first
    assert "还欠材料：" in first
    assert "答应过：" in first and "2026-11-20（已过期）" in first
    assert "原件在我方：" in first and "前台 保管，2026-11-02 起" in first
    assert "答应过" not in second and "原件在我方" not in second


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_is_said_in_either_language(ana: Desk, two: list[int], language: str) -> None:
    assert ("Originals" in said(ana, two, language) or "Original with us" in said(ana, two, language)) == (
        language == "en"
    )


def test_what_people_typed_has_no_meaning_in_it(ana: Desk, two: list[int]) -> None:
    text = said(ana, two)
    assert "李\\*梅" in text and "<b>" not in text.replace("\\<", "") and "\\[x\\]" in text
    assert plain("a\n# b") == "a \\# b"


async def test_selected_cases_are_handed_over_and_one_undo_takes_all_back(ana: Desk, two: list[int]) -> None:
    async with session(ana.workspace) as pilot:
        await press(pilot, "a", "m", *"jjjjjj", "enter")
        await burst(pilot, "nobody\r")
        assert "没有 nobody 这个人" in screen_text(pilot.app) and "bea" in screen_text(pilot.app)
        await press(pilot, *["backspace"] * 6)
        await burst(pilot, "bea\r")
        assert "会改 2 个案件" in screen_text(pilot.app) and ana.case(two[0]).consultant == "ana"
        await press(pilot, "enter")
        assert "移交单已复制" in screen_lines(pilot.app)[-2]
        assert pilot.app.clipboard.startswith("# 移交单：2 个案件移交给 bea")
        assert [ana.case(case).consultant for case in two] == ["bea", "bea"]
        assert ana.entries(two[0])[0].command == "hand_over"
        await press(pilot, "enter", "u", "y")
        assert [ana.case(case).consultant for case in two] == ["ana", "ana"]


async def test_who_sees_their_own_cases_hands_them_over_and_sees_them_no_more(ana: Desk, two: list[int]) -> None:
    employing.add(ana.workspace, "ana", "consultant", "own", by=owner(ana.workspace))
    ana.workspace.seen_by = "ana"
    async with session(ana.workspace) as pilot:
        await press(pilot, "a", "m", *"jjjjjj", "enter")
        await burst(pilot, "bea\r")
        await press(pilot, "enter")
        assert "王小明" in pilot.app.clipboard
        await press(pilot, "enter")
        assert "王小明" not in screen_text(pilot.app)
        await press(pilot, "u", "y")
        assert "王小明" in screen_text(pilot.app)
