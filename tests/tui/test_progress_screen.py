"""The progress of a case: what may follow and why not, a step taken by its form, the clocks, a renewal."""

from casesteps import IN_FORCE, READY
from casework import reopened
from desks import Desk
from screens import burst, line_with, press, screen_text

from tui.screens.progress import ProgressScreen


async def test_s_shows_the_stages_that_follow_and_why_one_is_closed(ana: Desk) -> None:
    closed = {**READY, "employment": {"employer": "上海甲", "points_account": "unregistered"}}
    case_id = ana.create(closed, status="engaged")
    async with reopened(ana, case_id, size=(100, 40)) as case:
        await press(case.pilot, "s")
        assert isinstance(case.pilot.app.screen, ProgressScreen)
        assert "→ 单位注册" in screen_text(case.pilot.app)
        assert "✗" in line_with(case.pilot.app, "→ 建个人账号") and "单位" in line_with(case.pilot.app, "→ 建个人账号")


async def test_enter_asks_for_what_goes_with_a_stage_and_takes_the_case_there(ana: Desk) -> None:
    case_id = ana.create(READY, status="account")
    async with reopened(ana, case_id, size=(100, 40)) as case:
        await press(case.pilot, "s", "enter")
        shown = screen_text(case.pilot.app)
        assert "进到“填报中”" in shown and "首次申请" in shown
        await press(case.pilot, "f9")
        assert "填报中  2026-11-22 起，第 0 天" in screen_text(case.pilot.app)
    assert ana.case(case_id).status == "form"


async def test_a_stage_whose_condition_is_not_met_wants_a_reason(ana: Desk) -> None:
    closed = {**READY, "employment": {"employer": "上海甲", "points_account": "unregistered"}}
    case_id = ana.create(closed, status="employer_setup")
    async with reopened(ana, case_id, size=(100, 40)) as case:
        await press(case.pilot, "s", "enter")
        assert "条件还没满足" in screen_text(case.pilot.app)
        await press(case.pilot, "f9")
        assert "原因 要填" in screen_text(case.pilot.app) and ana.case(case_id).status == "employer_setup"
        await burst(case.pilot, "人事说开好了")
        await press(case.pilot, "f9")
    assert ana.case(case_id).status == "account"


async def test_a_return_is_told_with_where_and_why(ana: Desk) -> None:
    case_id = ana.create(READY, status="hr_review")
    async with reopened(ana, case_id, size=(100, 60)) as case:
        await press(case.pilot, "s", "enter", "f9")
        screen = case.pilot.app.screen
        assert isinstance(screen, ProgressScreen)
        screen.lines.go_to("next:returned")
        await press(case.pilot, "enter")
        await burst(case.pilot, "\t合同期限不够\t合同不满一年\t人事\t12-05")
        await press(case.pilot, "f9")
        assert "↩ 2026-11-22  网上  合同期限不够  合同不满一年  2026-12-05 前补正" in screen_text(case.pilot.app)
    [application] = ana.case(case_id).office["applications"]
    assert application["returns"][0]["answer_by"] == "2026-12-05"


async def test_the_four_clocks_stand_side_by_side(ana: Desk) -> None:
    case_id = ana.create(IN_FORCE, status="in_force")
    async with reopened(ana, case_id, size=(100, 45)) as case:
        await press(case.pilot, "o")
        shown = screen_text(case.pilot.app)
        assert shown.index(" 居住证  有效") < shown.index(" 单位账号  正常使用") < shown.index(" 积分  有效")


async def test_the_day_of_a_clock_stands_below_where_the_line_has_no_room_for_it(ana: Desk) -> None:
    case_id = ana.create({**READY, "employment": {"employer": "上海甲"}}, status="engaged")
    async with reopened(ana, case_id, size=(80, 40)) as case:
        await press(case.pilot, "f2", "s", "enter", "f9")
        shown = screen_text(case.pilot.app).splitlines()
        place = next(number for number, line in enumerate(shown) if line.startswith("   Application  "))
        assert shown[place].endswith("Employer registration  since 2026-11-22")
        assert shown[place + 1] == "     2026-12-22, 30 days left"


async def test_a_renewal_names_what_must_be_changed_and_copies_it(ana: Desk) -> None:
    lapsing = {**IN_FORCE, "notice": {**IN_FORCE["notice"], "valid_until": "2026-12-20"}}
    lapsing |= {"child": [{"name": "王一", "entered_primary": 2020}]}
    case_id = ana.create(lapsing, status="in_force")
    async with reopened(ana, case_id, size=(100, 45)) as case:
        await press(case.pilot, "o")
        assert "待续办" in screen_text(case.pilot.app)
        assert "社保累计月份  136" in line_with(case.pilot.app, "社保累计月份")
        assert "七年级" in line_with(case.pilot.app, "就读年级")
        screen = case.pilot.app.screen
        assert isinstance(screen, ProgressScreen)
        screen.lines.go_to("copy:136")
        await press(case.pilot, "y")
        assert case.pilot.app.clipboard == "136"


async def test_the_ticks_of_an_application_are_filled_in(ana: Desk) -> None:
    case_id = ana.create(READY, status="account")
    async with reopened(ana, case_id, size=(100, 45)) as case:
        await press(case.pilot, "s", "enter", "f9")
        screen = case.pilot.app.screen
        assert isinstance(screen, ProgressScreen)
        application = ana.case(case_id).office["applications"][0]["id"]
        screen.lines.go_to(f"application:{application}")
        await press(case.pilot, "enter", "tab", "tab")
        await burst(case.pilot, "浦2026-118\t\t今天")
        await press(case.pilot, "f9")
        assert "收件凭证号  浦2026-118" in screen_text(case.pilot.app)
    assert ana.case(case_id).office["applications"][0]["degree_checked"] == "2026-11-22"


async def test_u_takes_a_step_back(ana: Desk) -> None:
    case_id = ana.create(READY, status="account")
    async with reopened(ana, case_id, size=(100, 45)) as case:
        await press(case.pilot, "s", "enter", "f9", "u")
        assert "建个人账号" in screen_text(case.pilot.app).splitlines()[2]
    assert ana.case(case_id).office == {}


async def test_everything_is_said_in_english_too(ana: Desk) -> None:
    case_id = ana.create(IN_FORCE, status="in_force")
    async with reopened(ana, case_id, size=(100, 45), language="en") as case:
        await press(case.pilot, "o")
        assert "Four clocks" in screen_text(case.pilot.app) and "Next stages" in screen_text(case.pilot.app)


async def test_a_status_typed_among_the_facts_is_a_step_on_the_same_conditions(ana: Desk) -> None:
    case_id = ana.create(READY, status="account")
    async with reopened(ana, case_id, size=(100, 45)) as case:
        await case.find("状态")
        await case.type("\r⌧审核中\r")
        assert ana.case(case_id).status == "account" and "审核中" in case.text
    assert ana.case(case_id).revision == 1


async def test_what_was_typed_for_a_stage_and_left_is_there_again(ana: Desk) -> None:
    closed = {**READY, "employment": {"employer": "上海甲", "points_account": "unregistered"}}
    case_id = ana.create(closed, status="employer_setup")
    async with reopened(ana, case_id, size=(100, 40)) as case:
        await press(case.pilot, "s", "enter", "f9")  # to the reason, which is needed
        await burst(case.pilot, "人事说开好了")
        await press(case.pilot, "escape")
        assert ana.case(case_id).status == "employer_setup"
        await press(case.pilot, "enter")
        assert "人事说开好了" in screen_text(case.pilot.app)
        await press(case.pilot, "f9")
    assert ana.case(case_id).status == "account"
    assert ana.case(case_id).office["steps"][0]["because"] == "人事说开好了"
    assert ana.drafts(case_id) == {}
