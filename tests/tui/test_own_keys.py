"""A consultant gives an action another key: it works, is shown everywhere, and is kept as theirs alone."""

import pytest
from desks import Desk
from screens import burst, line_with, press, screen_lines, screen_text, session

from models.workspace import Workspace
from models.writing import set_preference
from tui.actions import ACTIONS, BY_ID
from tui.own_keys import IN_FIELDS, OwnKeys, read
from tui.screens.case import CaseScreen
from tui.screens.cases import CasesScreen
from tui.text import LANGUAGES, text
from tui.widgets.footer import Footer

SCOPES = ("cases", "list", "filter", "app")


@pytest.mark.parametrize(
    ("action", "key", "code"),
    [
        ("cases.copy", "z", "keys_taken"),
        ("cases.copy", "j", "keys_taken"),
        ("cases.copy", "enter", "keys_fixed"),
        ("filter.to_list", "k", "keys_in_field"),
        ("app.today", "y", "keys_taken"),
        ("cases.copy", "你", "keys_no_key"),
        ("cases.copy", ",", "keys_no_key"),
    ],
)
def test_a_key_that_has_a_meaning_beside_it_is_refused(action: str, key: str, code: str) -> None:
    reason = OwnKeys().why_not(BY_ID[action], key, SCOPES)
    assert reason is not None and reason.code == code


def test_a_free_key_is_taken_and_one_that_was_given_up_is_free_again() -> None:
    own = OwnKeys().given(BY_ID["cases.copy"], "0")
    assert own.of(BY_ID["cases.copy"]) == ("0",)
    assert own.why_not(BY_ID["cases.log"], "0", SCOPES) is not None
    assert own.why_not(BY_ID["cases.log"], "y", SCOPES) is None
    assert own.given(BY_ID["cases.copy"], None) == OwnKeys()


def test_what_was_kept_comes_back_and_what_does_not_fit_is_passed_over() -> None:
    own = OwnKeys().given(BY_ID["cases.copy"], "0")
    assert read(own.kept()) == own
    for kept in (None, "", "[]", "{", '{"cases.gone": "0"}', '{"cases.copy": "enter"}', '{"field.done": "0"}'):
        assert read(kept) == OwnKeys()


def test_a_kept_key_that_another_action_beside_it_has_by_now_is_passed_over() -> None:
    assert read('{"cases.copy": "z"}') == OwnKeys()
    swapped = {"cases.copy": "z", "cases.chase": "y"}
    assert read(OwnKeys(swapped).kept()) == OwnKeys(swapped)
    assert read(OwnKeys({**swapped, "cases.copy": "s"}).kept()) == OwnKeys()  # y is its own again


def test_of_themselves_the_keys_of_the_registry_are_free_of_each_other() -> None:
    for action in ACTIONS:
        if action.scope not in IN_FIELDS and action.scope not in ("app", "list", "part"):
            for key in action.keys:
                reason = OwnKeys().why_not(action, key, (action.scope,))
                assert reason is None or reason.code == "keys_fixed"


async def test_enter_in_the_help_gives_an_action_another_key(ana: Desk) -> None:
    ana.create({"name": "王小明"})
    async with session(ana.workspace, size=(100, 40)) as pilot:
        await press(pilot, "question_mark", "j", "enter", "0")  # the first action of the list is to open
        assert "“打开”现在是 0" in screen_text(pilot.app) and line_with(pilot.app, "打开").split()[1] == "0"
        await press(pilot, "escape")
        assert "0 打开" in screen_lines(pilot.app)[-1]
        await press(pilot, "enter")
        assert isinstance(pilot.app.screen, CasesScreen)
        await press(pilot, "０")  # with an input method on
        assert isinstance(pilot.app.screen, CaseScreen)
    async with session(ana.workspace) as pilot:
        await press(pilot, "0")
        assert isinstance(pilot.app.screen, CaseScreen)


async def test_a_key_that_is_taken_says_by_what_and_backspace_brings_back_its_own(ana: Desk) -> None:
    async with session(ana.workspace, size=(100, 40)) as pilot:
        await press(pilot, "question_mark", "j", "enter", "z")
        assert "z 已经是“催件”" in screen_text(pilot.app)
        await press(pilot, "enter", "0", "enter", "backspace")
        assert "“打开”现在是 enter" in screen_text(pilot.app)


@pytest.mark.parametrize(
    ("pressed", "said"),
    [("、", "/ 已经是“筛选”"), ("　", "space 已经是“选中”"), ("你", "“你”不能当作键"), ("，", "“,”不能当作键")],
)
async def test_with_an_input_method_on_a_key_is_the_key_it_is_and_writing_is_none(
    ana: Desk, pressed: str, said: str
) -> None:
    async with session(ana.workspace, size=(100, 40)) as pilot:
        await press(pilot, "question_mark", "j", "enter", pressed)
        assert said in screen_text(pilot.app)
        assert line_with(pilot.app, "打开").split()[1] == "enter"


async def test_the_palette_finds_an_action_by_the_key_it_has_now(ana: Desk) -> None:
    own = OwnKeys().given(BY_ID["cases.chase"], "0").given(BY_ID["cases.copy"], "z")
    set_preference(ana.workspace, "ana", "keys", own.kept())
    ana.create({"name": "王小明"})
    async with session(ana.workspace) as pilot:
        await press(pilot, "ctrl+p", "z")
        assert "复制编号和姓名" in line_with(pilot.app, "▸ z")
        await press(pilot, "backspace", "y")
        assert "▸ y" not in screen_text(pilot.app)


async def test_what_is_told_names_the_key_the_action_has_now(ana: Desk) -> None:
    own = OwnKeys().given(BY_ID["app.undo"], "0").given(BY_ID["cases.new"], "8")
    set_preference(ana.workspace, "ana", "keys", own.kept())
    async with session(ana.workspace, size=(100, 40)) as pilot:
        assert "8       电话速测" in screen_text(pilot.app) and "N       新建案件" in screen_text(pilot.app)
        case_id = ana.create({"name": "王小明", "education": [{"level": "bachelor", "school": "某大学"}]})
        await pilot.app.open_case(case_id)  # type: ignore[attr-defined]
        await burst(pilot, "/学历学位\r\rjx")
        assert "0 撤销" in screen_lines(pilot.app)[-2]


async def test_they_are_ones_own(workspace: Workspace) -> None:
    set_preference(workspace, "bo", "keys", OwnKeys().given(BY_ID["cases.new"], "0").kept())
    async with session(workspace) as pilot:
        assert "n 新客户" in screen_lines(pilot.app)[-1]


@pytest.mark.parametrize("language", LANGUAGES)
async def test_what_is_told_names_the_key_that_the_consultant_has(ana: Desk, language: str) -> None:
    given = {"notes.add": "0", "what_if.add": "0", "case.remove": "0", "part.reveal": "9", "cases.drafts": "0"}
    set_preference(ana.workspace, "ana", "keys", OwnKeys(given).kept())
    case_id = ana.create({"name": "王小明"})
    async with session(ana.workspace, language=language) as pilot:
        await pilot.app.open_case(case_id)
        for part, key in (("c", "notes.none"), ("w", "what_if.new")):
            await press(pilot, part)
            assert text(key, language, press=OwnKeys(given)) in screen_text(pilot.app)
        await press(pilot, "0", "escape", "f", "9")
        assert text("app.whole", language, key="9") in screen_text(pilot.app)
        for key in ("app.crashed_unlogged", "case.offered"):
            assert pilot.app.text(key) == text(key, language, press=OwnKeys(given)) != text(key, language)


async def test_a_screen_without_keys_of_its_own_shows_those_of_the_application(ana: Desk) -> None:
    async with session(ana.workspace) as pilot:
        footer = pilot.app.screen.query_one(Footer)
        for scopes, quit_is_told in (((), True), (("filter",), False), (("filter", "cases"), True)):
            footer.show(scopes)
            assert ("app.back" in {action.id for action, _, _ in footer.entries()}) is quit_is_told
