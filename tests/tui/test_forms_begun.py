"""Several forms of new cases, one of which is shown: turned over like leaves, behind the last an empty one."""

import pytest

from models.workspace import Workspace
from tui.new_form import NewForm, NewForms


@pytest.fixture
def begun(workspace: Workspace) -> list[NewForm]:
    return [NewForm(workspace, "ana", f"1-0-{name}", {"name": name}) for name in ("张三", "李四")]


def turned(forms: NewForms, times: int) -> list[str]:
    """The names in the forms that are shown one after the other; nothing for an empty one."""
    shown = []
    for _ in range(times):
        shown.append(forms.shown.typed.get("name", ""))
        forms.turn()
    return shown


def test_the_form_asked_for_is_shown_first_else_the_first(workspace: Workspace, begun: list[NewForm]) -> None:
    assert NewForms(workspace, "ana", begun, "1-0-李四").shown is begun[1]
    assert NewForms(workspace, "ana", begun, "").shown is begun[0]


def test_behind_the_last_is_an_empty_one_then_the_first_again(workspace: Workspace, begun: list[NewForm]) -> None:
    assert turned(NewForms(workspace, "ana", begun, ""), 4) == ["张三", "李四", "", "张三"]


def test_what_is_typed_in_the_empty_one_is_one_more(workspace: Workspace) -> None:
    forms = NewForms(workspace, "ana", [], "")
    assert forms.unfinished == 0
    forms.shown.typed = {"name": "王五"}
    forms.turn()
    assert (forms.unfinished, forms.shown.typed) == (1, {})
    assert turned(forms, 3) == ["", "王五", ""]


def test_a_form_that_is_thrown_away_is_none_any_more(workspace: Workspace, begun: list[NewForm]) -> None:
    forms = NewForms(workspace, "ana", begun, "1-0-李四")
    forms.shown.typed = {}
    forms.drop_empty()
    assert (forms.unfinished, turned(forms, 3)) == (1, ["", "张三", ""])
