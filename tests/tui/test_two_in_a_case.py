"""Two people and more in one case: what each sees of the others, and what becomes of the same field."""

from typing import Any

import pytest
from casework import Case, opened, reopened
from desks import Desk
from screens import press, screen_lines, screen_text, session, settled

from tui.screens.cases import CasesScreen

AWARD = {"level": "provincial", "granted": "2019-01-01"}


async def looked(case: Case) -> None:
    """The second in which the session looks for what others have done."""
    case.pilot.app.look()  # type: ignore[attr-defined]
    await case.dealt_with()


def said(case: Case) -> str:
    """The line above the footer."""
    return screen_lines(case.pilot.app)[-2]


# --- who changed what


async def test_a_change_by_another_is_told_with_its_field_and_stays_beside_the_field(ana: Desk, bo: Desk) -> None:
    async with opened(ana, {"name": "王小明"}) as case:
        bo.set(case.id, "applicant.ethnic_group", "汉族")
        await looked(case)
        assert "bo 刚改了：民族" in said(case)
        await case.find("民族")
        assert said(case).endswith("bo 刚刚改")
        await case.type("↓")
        assert "bo" not in said(case)


async def test_all_that_others_have_changed_in_one_second_is_told(ana: Desk, bo: Desk) -> None:
    cy = Desk(ana.workspace, "cy")
    async with opened(ana, {"name": "王小明"}) as case:
        bo.set(case.id, "applicant.ethnic_group", "汉族")
        bo.set(case.id, "status", "form")
        cy.set(case.id, "applicant.sex", "male")
        await looked(case)
        assert "cy 刚改了：性别  bo 刚改了：状态、民族" in said(case)


async def test_what_another_changed_just_before_ones_own_command_is_told_too(ana: Desk, bo: Desk) -> None:
    async with opened(ana, {"name": "王"}) as case:
        await case.find("姓名")
        await case.type("\r小明")
        bo.set(case.id, "applicant.sex", "male")
        await case.type("\x1b")  # its own writing reads the case anew
        await looked(case)
        assert "bo 刚改了：性别" in said(case)


async def test_what_was_filled_in_with_the_case_says_who_made_it(ana: Desk, bo: Desk) -> None:
    case_id = bo.create({"name": "王小明"})
    async with reopened(ana, case_id) as case:
        await case.find("姓名")
        assert said(case).endswith("bo 刚刚填")
        await case.find("民族")  # nobody has written anything there
        assert "bo" not in said(case)


async def test_what_one_has_just_written_oneself_is_not_told(ana: Desk) -> None:
    async with opened(ana, {"name": "王"}) as case:
        await case.find("姓名")
        await case.type("\r小明\x1b")
        assert "ana" not in said(case)


async def test_a_row_says_who_touched_it_last(ana: Desk, bo: Desk) -> None:
    async with opened(ana, {"award": [AWARD]}) as case:
        bo.set(case.id, ana.row(case.id, "award") + ".granted", "2020-01-01")
        await looked(case)
        await case.find("表彰奖励")
        assert "bo" not in said(case).rpartition("：")[0]
        await case.type("\r↓")
        assert said(case).endswith("bo 刚刚改")


async def test_it_is_said_in_english_too(ana: Desk, bo: Desk) -> None:
    async with opened(ana, {"name": "王小明"}, language="en") as case:
        bo.set(case.id, "applicant.name", "王大明")
        await looked(case)
        await case.find("Name")
        assert said(case).endswith("changed by bo just now")


async def test_in_the_list_a_change_by_another_shows_and_the_cursor_stays(ana: Desk, bo: Desk) -> None:
    ids = [ana.create({"name": name}) for name in ("张三", "李梅", "王五")]
    async with session(ana.workspace) as pilot:
        await press(pilot, "j")
        bo.set(ids[0], "status", "form")
        pilot.app.look()  # type: ignore[attr-defined]
        await settled(pilot)
        lines = screen_lines(pilot.app)
        assert any("张三" in line and "填报中" in line for line in lines)
        assert [line.split()[1] for line in lines if line.startswith("▸")] == ["李梅"]


async def test_a_case_that_another_takes_away_is_told_with_the_name_and_what_was_typed_is_kept(
    ana: Desk, bo: Desk
) -> None:
    case_id = bo.create({"name": "王"})
    async with reopened(ana, case_id) as case:
        await case.find("姓名")
        await case.type("\r小明")
        bo.undo(case_id)
        case.pilot.app.look()  # type: ignore[attr-defined]
        await settled(case.pilot)
        assert isinstance(case.pilot.app.screen, CasesScreen)
        assert f"bo 撤销了新建，{case_id} 号案件已经不在了" in screen_text(case.pilot.app)
        assert case.drafts == {"name": "王小明"}
    bo.redo(case_id)
    async with reopened(ana, case_id) as case:
        assert "上次填到这里" in case.told


@pytest.mark.parametrize("keys", [("right", "enter"), ("h",), ("h", "enter"), ("question_mark",), ("ctrl+p",)])
async def test_a_case_that_goes_while_something_of_it_is_open_leads_back_to_the_list(
    ana: Desk, bo: Desk, keys: tuple[str, ...]
) -> None:
    case_id = bo.create({"id_number": "340104199003074516"})
    async with reopened(ana, case_id) as case:
        await press(case.pilot, *keys)
        bo.undo(case_id)
        case.pilot.app.look()  # type: ignore[attr-defined]
        await settled(case.pilot)
        assert isinstance(case.pilot.app.screen, CasesScreen)


# --- the same field


async def test_a_third_ones_value_takes_the_place_of_the_second_ones_in_the_choice(ana: Desk, bo: Desk) -> None:
    cy = Desk(ana.workspace, "cy")
    async with opened(ana, {"name": "王"}) as case:
        await case.find("姓名")
        await case.type("\r小明")
        bo.set(case.id, "applicant.name", "王大明")
        await case.type("\x1b")
        assert "改成了王大明；你填的是王小明" in case.told
        cy.set(case.id, "applicant.name", "王中明")
        await looked(case)
        assert "cy2" in case.told and "改成了王中明；你填的是王小明" in case.told
        await case.type("1")
        assert case.document["name"] == "王小明" and case.drafts == {}


async def test_a_value_that_comes_between_the_choice_and_the_key_is_not_written_over(ana: Desk, bo: Desk) -> None:
    async with opened(ana, {"name": "王"}) as case:
        await case.find("姓名")
        await case.type("\r小明")
        bo.set(case.id, "applicant.name", "王大明")
        await case.type("\x1b")
        bo.set(case.id, "applicant.name", "王中明")
        await case.type("1")  # what was shown was 王大明
        assert case.document["name"] == "王中明" and "改成了王中明；你填的是王小明" in case.told
        await case.type("1")
        assert case.document["name"] == "王小明"


async def test_the_other_one_undoes_and_both_values_are_still_to_choose_from(ana: Desk, bo: Desk) -> None:
    async with opened(ana, {"name": "王"}) as case:
        await case.find("姓名")
        await case.type("\r小明")
        bo.set(case.id, "applicant.name", "王大明")
        await case.type("\x1b")
        bo.undo(case.id)
        await looked(case)
        assert "改成了王；你填的是王小明" in case.told
        await case.type("1")
        assert case.document["name"] == "王小明" and case.drafts == {}


async def test_undo_after_taking_theirs_takes_back_ones_own_last_command_not_theirs(ana: Desk, bo: Desk) -> None:
    async with opened(ana, {"name": "王"}) as case:
        await case.find("民族")
        await case.type("\r汉族\x1b")
        await case.find("姓名")
        await case.type("\r小明")
        bo.set(case.id, "applicant.name", "王大明")
        await case.type("\x1b2u")
        assert case.document == {"name": "王大明"}


async def test_the_keys_of_the_choice_stand_in_the_footer_on_its_line_alone(ana: Desk, bo: Desk) -> None:
    async with opened(ana, {"name": "王"}) as case:
        await case.find("姓名")
        await case.type("\r小明")
        bo.set(case.id, "applicant.name", "王大明")
        await case.type("\x1b")
        assert "用我的" in screen_lines(case.pilot.app)[-1]
        await case.type("↓")
        assert "用我的" not in screen_lines(case.pilot.app)[-1]
        await case.type("↑")
        assert "用我的" in screen_lines(case.pilot.app)[-1]


@pytest.mark.parametrize(("key", "told"), [("1", "用了你的：姓名"), ("2", "用了对方的：姓名")])
async def test_the_choice_that_was_made_is_told_and_nothing_of_the_clash_stays(
    ana: Desk, bo: Desk, key: str, told: str
) -> None:
    async with opened(ana, {"name": "王"}) as case:
        await case.find("姓名")
        await case.type("\r小明")
        bo.set(case.id, "applicant.name", "王大明")
        await case.type("\x1b")
        await looked(case)
        assert said(case).endswith("bo 刚刚改")
        await case.type(key)
        await looked(case)
        assert told in said(case) and "别人同时改了" not in said(case)
        assert said(case).endswith("bo 刚刚改") == (key == "2")
        assert "用我的" not in screen_lines(case.pilot.app)[-1]


async def test_a_choice_that_was_not_made_is_offered_again_beside_what_stands(ana: Desk, bo: Desk) -> None:
    async with opened(ana, {"name": "王"}) as case:
        await case.find("姓名")
        await case.type("\r小明")
        bo.set(case.id, "applicant.name", "王大明")
        await case.type("\x1b")
    async with reopened(ana, case.id) as again:
        assert "上次填到这里" in again.told and "目前仍按王大明" in again.told
        await again.find("姓名")
        await again.type("x")
        assert again.document["name"] == "王大明" and again.drafts == {}


# --- rows


async def test_a_row_that_another_removed_comes_back_whole_with_ones_own_value(ana: Desk, bo: Desk) -> None:
    rows = [AWARD, {"level": "municipal_general", "granted": "2021-01-01"}]
    async with opened(ana, {"award": rows}) as case:
        row = ana.row(case.id, "award")
        await case.find("表彰奖励")
        await case.type("\r↓\r↓↓\r⌧2020-01-01")
        bo.change(case.id, (row, ana.document(case.id)["award"][0], None))
        await case.type("\x1b")
        assert len(case.document["award"]) == 1
        await case.type("1")
        assert [(row["level"], row["granted"]) for row in case.document["award"]] == [
            ("provincial", "2020-01-01"),
            ("municipal_general", "2021-01-01"),
        ]
        assert case.drafts == {}


async def test_taking_theirs_leaves_a_row_that_they_removed_removed(ana: Desk, bo: Desk) -> None:
    async with opened(ana, {"award": [AWARD]}) as case:
        await case.find("表彰奖励")
        await case.type("\r↓\r↓↓\r⌧2020-01-01")
        bo.change(case.id, (ana.row(case.id, "award"), ana.document(case.id)["award"][0], None))
        await case.type("\x1b2")
        assert "award" not in case.document and case.drafts == {}


async def test_a_row_that_they_removed_and_brought_back_takes_ones_own_value(ana: Desk, bo: Desk) -> None:
    async with opened(ana, {"award": [AWARD]}) as case:
        await case.find("表彰奖励")
        await case.type("\r↓\r↓↓\r⌧2020-01-01")
        bo.change(case.id, (ana.row(case.id, "award"), ana.document(case.id)["award"][0], None))
        await case.type("\x1b")
        bo.undo(case.id)
        await case.type("1")  # in the field stands what was seen there
        assert [(row["level"], row["granted"]) for row in case.document["award"]] == [("provincial", "2020-01-01")]
        assert case.drafts == {}


async def test_the_last_fact_of_a_row_is_cleared_and_what_another_added_to_it_stays(ana: Desk, bo: Desk) -> None:
    async with opened(ana, {"award": [{"level": "provincial"}]}) as case:
        await case.find("表彰奖励")
        await case.type("\r↓\r↓")
        bo.set(case.id, ana.row(case.id, "award") + ".granted", "2020-01-01")
        await case.type("x")
        (row,) = case.document["award"]
        assert (row.get("level"), row["granted"]) == (None, "2020-01-01")
        assert case.drafts == {} and "!" not in case.line("级别")


async def test_a_row_that_another_has_just_changed_is_not_removed_unseen(ana: Desk, bo: Desk) -> None:
    async with opened(ana, {"award": [AWARD]}) as case:
        await case.find("表彰奖励")
        await case.type("\r↓")
        bo.set(case.id, ana.row(case.id, "award") + ".granted", "2020-01-01")
        await case.type("x")
        assert [row["granted"] for row in case.document["award"]] == ["2020-01-01"]
        assert "别人刚改过这一行，没有删" in said(case) and "2020-01-01" in case.here
        await case.type("x")
        assert "award" not in case.document


async def test_a_row_that_both_removed_is_gone_once(ana: Desk, bo: Desk) -> None:
    async with opened(ana, {"award": [AWARD]}) as case:
        await case.find("表彰奖励")
        await case.type("\r↓")
        bo.change(case.id, (ana.row(case.id, "award"), ana.document(case.id)["award"][0], None))
        await case.type("x")
        assert "award" not in case.document
        assert len(ana.entries(case.id)) == 2  # made, and bo's


async def test_rows_that_both_added_are_both_there(ana: Desk, bo: Desk) -> None:
    async with opened(ana, {}) as case:
        await case.find("表彰奖励")
        await case.type("n省部级及以上\t")
        bo.change(case.id, ("applicant.award.bo1", None, {"level": "municipal_general"}, 0))
        await case.type("2020-01-01\x1b")
        assert sorted(row["level"] for row in case.document["award"]) == ["municipal_general", "provincial"]


async def test_rows_of_which_there_may_be_one_leave_the_later_one_as_a_draft_with_the_reason(
    ana: Desk, bo: Desk
) -> None:
    row: dict[str, Any] = {"company": "甲公司", "year": 2024, "tax_paid": 100000}
    async with opened(ana, {}) as case:
        await case.find("投资与带动就业")
        await case.type("n甲公司\t")
        bo.change(case.id, ("applicant.investment.bo1", None, row, 0))
        await case.type("2024\x1b")
        assert sorted(row.get("year", 0) for row in case.document["investment"]) == [0, 2024]
        assert list(case.drafts.values()) == ["2024"]
