"""The case: what is shown of it, and how facts are added, changed and removed by keys."""

import pytest
from casework import opened
from desks import Desk
from screens import screen_text, settled

from tui.columns import wrap
from tui.screens.case import CaseScreen
from tui.screens.line import LineScreen

WANG = {
    "name": "王小明",
    "id_number": "340104199003074516",
    "permit": {"valid_until": "2027-05-09"},
    "notice": {"valid_until": "2026-12-01"},
    "employment": {"employer": "上海甲科技有限公司", "registered_in_shanghai": True},
    "education": [
        {
            "level": "bachelor",
            "degree": "bachelor",
            "graduated": "2012-07-01",
            "school": "某大学",
            "evidence": "verified",
        }
    ],
    "insurance": [{"from": "2022-11", "base": 9000, "evidence": "received"}],
}


async def test_the_header_says_who_how_far_and_until_when(ana: Desk) -> None:
    async with opened(ana, WANG, size=(80, 24), status="form") as case:
        header = case.text.splitlines()[0]
        # 36 years 30, bachelor with degree 90, 48 months 12; the notice ends within 90 days
        assert header.split() == ["王小明", "36", "岁", "填报中", "132", "分", "已核", "120", "居住证至", "2027-05-09",
                                  "积分至", "2026-12-01!"]  # fmt: skip


async def test_sections_that_earn_come_first_and_folded_ones_are_summed_up(ana: Desk) -> None:
    async with opened(ana, WANG) as case:
        shown = [line.strip("▸ ") for line in case.left if line.strip()]
        order = "基本信息 居住证 申请单位 学历学位 社保 配偶 减分与否决 子女 联系方式 积分通知书"
        places = [next(n for n, line in enumerate(shown) if line.startswith(name)) for name in order.split()]
        assert places == sorted(places)
        assert "至 2027-05-09" in case.line("居住证")
        assert "上海甲科技有限公司" in case.line("申请单位")


async def test_a_row_is_summed_up_with_its_evidence(ana: Desk) -> None:
    async with opened(ana, WANG) as case:
        await case.find("学历学位")
        await case.type("\r↓")
        assert case.here.split() == ["本科·学士", "2012", "某大学", "核"]


async def test_a_label_is_cut_short_only_where_the_value_needs_the_room(ana: Desk) -> None:
    title = {"kind": "title", "level": "intermediate", "name": "工程师" * 4, "while_in_shanghai": True}
    async with opened(ana, {**WANG, "qualification": [title]}, size=(80, 24)) as case:
        await case.find("职称技能")
        await case.type("\r↓\r")
        assert case.line("在沪工作期间取得").split()[:2] == ["在沪工作期间取得", "是"]
        await case.find("在沪工作")
        await case.type("\r")
        assert "在沪工作期…" in case.here


async def test_what_the_id_number_says_is_shown_beside_it(ana: Desk) -> None:
    async with opened(ana, WANG) as case:
        assert case.line("出生日期").split() == ["出生日期", "1990-03-07（身份证号）"]
        assert case.line("性别").split() == ["性别", "男（身份证号）"]


async def test_every_line_of_the_assessment_says_why_and_what_it_lacks(ana: Desk) -> None:
    async with opened(ana, WANG) as case:
        age = next(line for line in case.right if line.startswith("年龄"))
        assert age.split() == ["年龄", "36", "岁", "30", "核"]
        assert any("申请资格：符合" in line for line in case.right)
        assert any("0.8 倍 8/36 个月" in line for line in case.right)


async def test_a_field_is_changed_in_its_line_and_is_on_disk_when_the_next_one_is_opened(ana: Desk) -> None:
    async with opened(ana, WANG) as case:
        await case.find("居住证至")
        await case.type("\r⌧2028.3.1\t")
        assert case.document["permit"]["valid_until"] == "2028-03-01"
        assert case.screen.facts.editor is not None  # on the next field


async def test_tab_goes_through_a_record_and_shift_tab_back(ana: Desk) -> None:
    async with opened(ana, {}) as case:
        await case.find("户籍")
        await case.type("n安徽\t合肥市某路\t\t⇤⇤路 1 号\x1b")
        assert case.document["hukou"] == {"province": "安徽", "address": "合肥市某路路 1 号"}


async def test_enter_commits_and_leads_to_the_next_line(ana: Desk) -> None:
    async with opened(ana, {}) as case:
        await case.find("姓名")
        await case.type("\r王小明\r")
        assert case.document["name"] == "王小明"
        assert case.screen.facts.editor is None and case.here.startswith("身份证号")


async def test_esc_commits_and_stays(ana: Desk) -> None:
    async with opened(ana, {}) as case:
        await case.find("姓名")
        await case.type("\r王小明\x1b")
        assert case.document["name"] == "王小明"
        assert case.here.split() == ["姓名", "王小明"]


async def test_typing_ahead_loses_nothing(ana: Desk) -> None:
    """Two schoolings and two stretches of insurance in one breath, while every field is written to disk."""
    async with opened(ana, {}) as case:
        await case.find("学历学位")
        await case.type("n本科\t学士\t1\t某大学\t江苏\t\t20080901\t20120701\t软件工程\x1b")
        await case.type("n硕士研究生\t硕士\t全日制\t另一大学\t\t\t\t2015.7.1\x1b")
        await case.find("社保")
        await case.type("n2015.7\t202006\t1.2万\x1bn20年7月\t至今\t12,500\t上海甲科技有限公司\x1b")
        bachelor, master = case.document["education"]
        assert {key: value for key, value in bachelor.items() if key != "id"} == {
            "level": "bachelor", "degree": "bachelor", "form": "full_time", "school": "某大学", "place": "江苏",
            "enrolled": "2008-09-01", "graduated": "2012-07-01", "major": "软件工程",
        }  # fmt: skip
        assert master["school"] == "另一大学" and master["graduated"] == "2015-07-01"
        first, second = case.document["insurance"]
        assert (first["from"], first["to"], first["base"]) == ("2015-07", "2020-06", 12000)
        assert (second["from"], second.get("to"), second["base"]) == ("2020-07", None, 12500)


async def test_letters_in_a_field_are_letters(ana: Desk) -> None:
    async with opened(ana, {}) as case:
        await case.find("姓名")
        await case.type("\rqxnu2/?\x1b")
        assert case.document["name"] == "qxnu2/?"


async def test_a_new_row_in_which_nothing_is_typed_is_not_kept(ana: Desk) -> None:
    async with opened(ana, {}) as case:
        await case.find("表彰奖励")
        await case.type("n\t\t\x1b")
        assert "award" not in case.document
        assert not any("新的一行" in line for line in case.left)


async def test_a_row_is_removed_and_u_takes_it_back_to_its_place(ana: Desk) -> None:
    rows = [{"from": "2020-01", "to": "2020-06", "base": 8000}, {"from": "2020-07", "base": 9000}]
    async with opened(ana, {"insurance": rows}) as case:
        await case.find("社保")
        await case.type("\r↓x")
        assert [row["from"] for row in case.document["insurance"]] == ["2020-07"]
        assert "u 撤销" in case.text
        await case.type("u")
        assert [row["from"] for row in case.document["insurance"]] == ["2020-01", "2020-07"]
        await case.type("U")
        assert [row["from"] for row in case.document["insurance"]] == ["2020-07"]


async def test_a_row_loses_its_last_fact_and_goes(ana: Desk) -> None:
    async with opened(ana, {"talent": [{"kind": "entrepreneur"}]}) as case:
        await case.find("创业中介人才")
        await case.type("\r↓\r↓x")
        assert "talent" not in case.document


async def test_x_clears_a_field(ana: Desk) -> None:
    async with opened(ana, WANG) as case:
        await case.find("居住证至")
        await case.type("x")
        assert "permit" not in case.document


async def test_a_choice_is_picked_with_the_arrows(ana: Desk) -> None:
    async with opened(ana, WANG) as case:
        await case.find("婚姻状况")
        await case.type("\r↓↓\t")
        assert case.document["marital_status"] == "married"


async def test_the_menu_of_a_choice_narrows_as_one_types(ana: Desk) -> None:
    async with opened(ana, {}) as case:
        await case.find("婚姻状况")
        await case.type("\r")
        assert "1 未婚" in case.text and "4 丧偶" in case.text
        await case.type("离")
        assert "3 离异" in case.text and "未婚" not in case.text
        assert "→ 离异" in case.text


async def test_a_choice_that_is_left_untouched_stays(ana: Desk) -> None:
    async with opened(ana, {"marital_status": "married"}) as case:
        await case.find("婚姻状况")
        await case.type("\r\t\x1b")
        assert case.document["marital_status"] == "married"


async def test_what_was_understood_is_said_before_it_is_taken(ana: Desk) -> None:
    async with opened(ana, {}) as case:
        await case.find("出生日期")
        await case.type("\r90年3月7日")
        assert "→ 1990-03-07" in case.text
        assert case.document == {}


async def test_a_verified_row_that_is_changed_is_only_received_and_it_is_said(ana: Desk) -> None:
    async with opened(ana, WANG) as case:
        await case.find("毕业院校")
        await case.type("\r⌧另一大学\x1b")
        assert case.document["education"][0]["evidence"] == "received"
        assert "已核" in case.text.splitlines()[-2]


async def test_undo_and_redo_say_what_they_did(ana: Desk) -> None:
    async with opened(ana, {"name": "王小明"}) as case:
        await case.find("姓名")
        await case.type("\r⌫⌫大明\x1bu")
        assert case.document["name"] == "王小明" and "已撤销：姓名" in case.text
        await case.type("U")
        assert case.document["name"] == "王大明" and "已重做：姓名" in case.text


async def test_right_leads_to_the_assessment_and_enter_opens_a_line(ana: Desk) -> None:
    async with opened(ana, WANG) as case:
        await case.pilot.press("right", "j", "enter")
        await settled(case.pilot)
        assert isinstance(case.pilot.app.screen, LineScreen)
        shown = screen_text(case.pilot.app)
        assert shown.splitlines()[0].split() == ["学历", "90", "分", "已核", "90"]
        assert "本科和学士学位 90 分" in shown  # the rule, with the figures of the law
        assert "沪府规〔2022〕21号" in shown and "2026-03-18 核对" in shown and "起执行" in shown
        assert "学历学位 本科·学士  2012  某大学" in shown and "已核" in shown


async def test_enter_on_a_fact_of_a_line_leads_to_that_field(ana: Desk) -> None:
    async with opened(ana, WANG) as case:
        await case.pilot.press("right", "enter", "enter")
        await settled(case.pilot)
        assert case.here.split() == ["身份证号", "340104********4516"]


async def test_what_was_assumed_is_named_and_leads_to_its_field(ana: Desk) -> None:
    person = {"birth_date": "1990-03-07", "insurance": [{"from": "2022-01", "base": 9000}]}
    async with opened(ana, person) as case:
        await case.pilot.press("right", "j", "enter")
        await settled(case.pilot)
        assert "没填，按“是”算" in screen_text(case.pilot.app)
        await case.pilot.press("G", "enter")
        await settled(case.pilot)
        assert case.here.startswith("缴费与合同单位一致")


async def test_what_is_missing_is_listed_and_leads_to_its_field(ana: Desk) -> None:
    async with opened(ana, {"education": [{"level": "bachelor"}]}) as case:
        assert any("学历学位 本科 · 毕业日期" in line for line in case.right)
        await case.pilot.press("right", "G", "enter")
        await settled(case.pilot)
        assert case.here.startswith("毕业日期")


async def test_a_field_is_found_by_its_name_or_its_first_letters(ana: Desk) -> None:
    async with opened(ana, {}) as case:
        await case.type("/档案号")
        assert case.here.startswith("档案号") and "找：档案号" in case.text
        await case.type("\r/csrq\r")
        assert case.here.startswith("出生日期")


async def test_chinese_text_that_reaches_the_list_looks_for_a_field(ana: Desk) -> None:
    async with opened(ana, {}) as case:
        await case.type("微信\r")
        assert case.here.startswith("微信")


async def test_full_width_keys_are_the_same_keys(ana: Desk) -> None:
    async with opened(ana, {}) as case:
        await case.type("／邮箱\rｅa@b.cn\x1bｕ")
        assert "contact" not in case.document
        await case.type("Ｕ")
        assert case.document["contact"] == {"email": "a@b.cn"}


async def test_a_paste_is_text_and_no_keys(ana: Desk) -> None:
    from textual.events import Paste

    async with opened(ana, {}) as case:
        await case.find("姓名")
        await case.type("\r")
        case.pilot.app.post_message(Paste("王\x1b[2J小明\nq"))
        await case.type("\x1b")
        assert case.document["name"] == "王[2J小明 q"


async def test_markup_in_a_name_is_text(ana: Desk) -> None:
    async with opened(ana, {"name": "[red]王[/]", "contact": {"called": "[@click=app.exit]x"}}) as case:
        assert "[red]王[/]" in case.text and "[@click=app.exit]x" in case.text


async def test_the_bracket_keys_go_through_the_cases(ana: Desk) -> None:
    first = ana.create({"name": "张三"})
    async with opened(ana, {"name": "李梅"}) as case:
        await case.pilot.press("]")
        await settled(case.pilot)
        assert case.screen.case_id == first and "张三" in case.text.splitlines()[0]


async def test_a_colleagues_change_appears_and_leaves_the_editor_alone(ana: Desk, bo: Desk) -> None:
    async with opened(ana, WANG) as case:
        await case.find("民族")
        await case.type("\r汉")
        bo.set(case.id, "applicant.name", "王大明")
        case.pilot.app.look()  # type: ignore[attr-defined]
        await case.dealt_with()
        assert "王大明" in case.text.splitlines()[0] and "bo 刚改了：姓名" in case.text
        await case.type("族\x1b")
        assert case.document["ethnic_group"] == "汉族" and case.document["name"] == "王大明"


async def test_a_case_taken_away_by_undo_leads_back_to_the_list(ana: Desk) -> None:
    async with opened(ana, {"name": "王小明"}) as case:
        ana.undo(case.id)
        case.pilot.app.look()  # type: ignore[attr-defined]
        await settled(case.pilot)
        assert not isinstance(case.pilot.app.screen, CaseScreen)
        assert f"{case.id} 号案件已经不在了" in screen_text(case.pilot.app)


async def test_undo_in_a_case_does_not_take_the_case_away(ana: Desk) -> None:
    async with opened(ana, {"name": "王小明"}) as case:
        await case.pilot.press("u")
        await settled(case.pilot)
        assert isinstance(case.pilot.app.screen, CaseScreen)
        assert "要到案件列表里撤销" in screen_text(case.pilot.app)


async def test_a_narrow_terminal_shows_one_side_at_a_time(ana: Desk) -> None:
    async with opened(ana, WANG, size=(64, 24)) as case:
        assert "基本信息" in case.text and "申请资格" not in case.text
        await case.pilot.press("right")
        await settled(case.pilot)
        assert "基本信息" not in case.text and "申请资格：符合" in case.text


async def test_the_languages_change_while_a_field_is_open(ana: Desk) -> None:
    async with opened(ana, {"marital_status": "married"}) as case:
        await case.find("姓名")
        await case.type("\r王")
        await case.pilot.press("f2")
        await settled(case.pilot)
        assert "Marital status" in case.text and "married" in case.text.lower()
        await case.type("小明\x1b")
        assert case.document["name"] == "王小明"


@pytest.mark.parametrize("size", [(80, 24), (160, 45)])
async def test_nothing_is_cut_off_at_the_right(ana: Desk, size: tuple[int, int]) -> None:
    async with opened(ana, WANG, size=size) as case:
        await case.find("学历学位")
        await case.type("\r↓\r")
        assert all(len(line) <= size[0] for line in case.text.splitlines())
        assert "核" in case.line("本科·学士")


async def test_a_click_moves_the_cursor_and_a_second_one_edits(ana: Desk) -> None:
    async with opened(ana, WANG) as case:
        row = next(n for n, line in enumerate(case.text.splitlines()) if "民族" in line)
        await case.pilot.click(offset=(10, row))
        await settled(case.pilot)
        assert case.here.startswith("民族")
        await case.pilot.click(offset=(10, row))
        await settled(case.pilot)
        assert case.screen.facts.editor is not None


@pytest.mark.parametrize(
    ("words", "lines"),
    [
        ("没有有效的居住证、当月没有缴纳", ["没有有效的", "居住证、当", "月没有缴纳"]),
        ("没有有效证、当月", ["没有有效", "证、当月"]),
        ("前 12 个月", ["前 12 个月"]),
        ("near the city", ["near the", "city"]),
        ("340104199003074516", ["3401041990", "03074516"]),
        ("", [""]),
    ],
)
def test_words_are_broken_where_people_would(words: str, lines: list[str]) -> None:
    assert wrap(words, 10) == lines
