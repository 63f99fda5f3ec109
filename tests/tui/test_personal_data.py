"""ID numbers and phone numbers: masked until somebody asks, and that somebody did is in the journal, once a session."""

from typing import Any

from casework import Case, opened, reopened
from desks import Desk
from screens import line_with, press, screen_text, session, settled

NUMBER, PHONE = "340104199003074516", "13812340000"
WANG: dict[str, Any] = {
    "name": "王小明",
    "id_number": NUMBER,
    "contact": {"phone": PHONE},
    "employment": {"uscc": "91310115MA1K3BXX0C", "hr": [{"name": "周敏", "phone": "13912340001"}]},
}


def looks(desk: Desk) -> list[tuple[str, int]]:
    """Who looked at the numbers of which case, by the journal."""
    sql = "SELECT \"by\", case_id FROM entry WHERE command = 'look' ORDER BY id"
    return list(desk.workspace.connection.execute(sql))


async def written(case: Case) -> None:
    """What is written behind the screen is written."""
    await settled(case.pilot)


async def test_a_case_shows_them_masked_until_V_and_again(ana: Desk) -> None:
    async with opened(ana, WANG) as case:
        shown = screen_text(case.pilot.app)
        assert "340104********4516" in shown and NUMBER not in shown
        await case.type("V")
        assert NUMBER in screen_text(case.pilot.app)
        await case.type("V")
        assert NUMBER not in screen_text(case.pilot.app)


async def test_a_look_is_written_down_once_a_session_and_without_a_value(ana: Desk) -> None:
    async with opened(ana, WANG) as case:
        await case.type("VVV")
        await written(case)
        assert looks(ana) == [("ana", case.id)]
        assert ana.entries(case.id)[0].changes == []
    async with reopened(ana, case.id) as case:
        await case.type("V")
        await written(case)
    assert looks(ana) == [("ana", case.id)] * 2


async def test_a_case_that_is_only_read_writes_nothing_down(ana: Desk) -> None:
    async with opened(ana, WANG) as case:
        await case.type("hf")
        await written(case)
        assert looks(ana) == []


async def test_in_its_editor_a_number_is_whole_and_that_is_a_look(ana: Desk) -> None:
    async with opened(ana, WANG) as case:
        await case.find("身份证号")
        await case.type("e")
        assert NUMBER in screen_text(case.pilot.app)
        await case.type("\x1b")
        await written(case)
        assert looks(ana) == [("ana", case.id)]
        assert case.document["id_number"] == NUMBER


async def test_another_field_in_its_editor_is_none(ana: Desk) -> None:
    async with opened(ana, WANG) as case:
        await case.find("姓名")
        await case.type("e")
        await case.type("\x1b")
        await written(case)
        assert looks(ana) == []


async def test_a_number_that_is_typed_in_is_whole_while_it_is_typed(ana: Desk) -> None:
    async with opened(ana, {"name": "王小明"}) as case:
        await case.find("身份证号")
        await case.type(f"e{NUMBER}")
        assert NUMBER in screen_text(case.pilot.app)
        await case.type("\r")
        await written(case)
        assert case.document["id_number"] == NUMBER
        assert NUMBER not in screen_text(case.pilot.app)
        assert looks(ana) == []


async def test_the_history_masks_what_was_changed(ana: Desk) -> None:
    case_id = ana.create(WANG)
    ana.set(case_id, "applicant.contact.phone", "13900001111")
    async with reopened(ana, case_id) as case:
        await press(case.pilot, "h")
        assert "138****0000 → 139****1111" in screen_text(case.pilot.app)
        await press(case.pilot, "V")
        assert f"{PHONE} → 13900001111" in screen_text(case.pilot.app)
        await press(case.pilot, "V", "enter")
        assert "139****1111" in screen_text(case.pilot.app) and "13900001111" not in screen_text(case.pilot.app)


async def test_the_form_masks_and_y_copies_the_whole(ana: Desk) -> None:
    case_id = ana.create(WANG)
    async with reopened(ana, case_id) as case:
        await press(case.pilot, "a")
        assert "340104********4516" in line_with(case.pilot.app, "身份证号")
        await press(case.pilot, "y")
        await written(case)
        assert looks(ana) == []  # the name is no number
        while case.pilot.app.clipboard != NUMBER:
            await press(case.pilot, "y")
        assert NUMBER not in screen_text(case.pilot.app)
        await written(case)
        assert looks(ana) == [("ana", case_id)]


async def test_an_employers_contacts_are_masked_until_V(ana: Desk) -> None:
    case_id = ana.create(WANG)
    async with session(ana.workspace) as pilot:
        await press(pilot, "4", "enter")
        assert "周敏  139****0001" in screen_text(pilot.app)
        await press(pilot, "V")
        assert "周敏  13912340001" in screen_text(pilot.app)
        await pilot.app.workers.wait_for_complete()
    assert looks(ana) == [("ana", case_id)]


async def test_undo_passes_over_a_look(ana: Desk) -> None:
    async with opened(ana, WANG) as case:
        ana.set(case.id, "status", "form")
        await case.type("V")
        await written(case)
        await case.type("u")
        await written(case)
        assert ana.case(case.id).status == "lead"


async def test_a_look_in_the_history_cannot_be_taken_back(ana: Desk) -> None:
    async with opened(ana, WANG) as case:
        await case.type("V")
        await written(case)
        await press(case.pilot, "h")
        assert "查看完整号码" in screen_text(case.pilot.app)
        await press(case.pilot, "u")
        await written(case)
        assert "没有什么可撤回的" in screen_text(case.pilot.app)
