"""What cannot be taken yet stays at its field, outlives the session, and is taken when its partner agrees."""

import asyncio

from casework import opened, reopened
from desks import Desk
from screens import settled

from tui.widgets import facts

MAN_1990 = "340104199003074516"


async def test_what_contradicts_a_fact_stays_at_its_field_with_the_reason(ana: Desk) -> None:
    async with opened(ana, {"birth_date": "1988-03-07"}) as case:
        await case.find("身份证号")
        await case.type(f"\r{MAN_1990}\x1b")
        assert "id_number" not in case.document
        assert case.drafts == {"id_number": MAN_1990}
        assert case.line(MAN_1990).rstrip().endswith("!")
        assert "身份证号写的是1990-03-07" in case.told


async def test_two_that_need_one_another_are_taken_in_one_command(ana: Desk) -> None:
    async with opened(ana, {"birth_date": "1988-03-07"}) as case:
        await case.find("身份证号")
        await case.type(f"\r{MAN_1990}\t⌧1990.3.7\x1b")
        assert case.document["id_number"] == MAN_1990 and case.document["birth_date"] == "1990-03-07"
        assert case.drafts == {}
        assert len(ana.entries(case.id)) == 2  # made, and both changed at once
        await case.type("u")
        assert case.document == {"birth_date": "1988-03-07"}


async def test_a_record_that_needs_two_facts_waits_for_the_second(ana: Desk) -> None:
    async with opened(ana, {}) as case:
        await case.find("减分与否决")
        await case.type("n行政拘留\t")
        assert "offence" not in case.document and len(case.drafts) == 1
        await case.type("2025-01-01\x1b")
        assert [(row["kind"], row["date"]) for row in case.document["offence"]] == [("detention", "2025-01-01")]
        assert case.drafts == {}


async def test_a_title_becomes_a_skill_once_its_level_agrees(ana: Desk) -> None:
    async with opened(ana, {"qualification": [{"kind": "title", "level": "senior"}]}) as case:
        await case.find("职称技能")
        await case.type("\r↓\r↓\r技能等级\t")
        assert case.document["qualification"][0]["kind"] == "title"
        await case.type("二级\x1b")
        assert (case.document["qualification"][0]["kind"], case.document["qualification"][0]["level"]) == ("skill", "2")


async def test_what_is_not_understood_stays_too(ana: Desk) -> None:
    async with opened(ana, {"permit": {"valid_until": "2027-05-09"}}) as case:
        await case.find("居住证至")
        await case.type("\r⌧2027-02-30\x1b")
        assert case.document["permit"]["valid_until"] == "2027-05-09"
        assert "没有“2027-02-30”这一天" in case.told and "目前仍按2027-05-09" in case.told


async def test_a_draft_outlives_the_session_and_is_gone_on_with(ana: Desk) -> None:
    async with opened(ana, {"birth_date": "1988-03-07"}) as case:
        await case.find("身份证号")
        await case.type(f"\r{MAN_1990[:-1]}\x1b")
    async with reopened(ana, case.id) as again:
        assert "身份证号应为18位" in again.told
        await again.find("身份证号")
        await again.type("\r6\t⌧19900307\x1b")
        assert again.document["id_number"] == MAN_1990
        assert again.drafts == {}


async def test_a_draft_of_a_new_row_is_there_again(ana: Desk) -> None:
    async with opened(ana, {}) as case:
        await case.find("减分与否决")
        await case.type("n行政拘留\x1b")
    async with reopened(ana, case.id) as again:
        await again.find("减分与否决")
        await again.type("↓↓↓\r2025-01-01\x1b")
        assert again.document["offence"][0]["kind"] == "detention"


async def test_x_drops_a_draft_and_what_was_stored_stands(ana: Desk) -> None:
    async with opened(ana, {"name": "王小明", "birth_date": "1988-03-07"}) as case:
        await case.find("身份证号")
        await case.type(f"\r{MAN_1990}\x1bx")
        assert case.drafts == {} and case.document == {"name": "王小明", "birth_date": "1988-03-07"}


async def test_what_is_typed_is_kept_soon_after_the_last_key_and_not_committed(ana: Desk, monkeypatch: object) -> None:
    async with opened(ana, {"name": "王"}) as case:
        await case.find("姓名")
        await case.type("\r小明")
        assert case.drafts == {}
        await asyncio.wait_for(_kept(case), 10)
        assert case.drafts == {"name": "王小明"} and case.document == {"name": "王"}
        await case.type("\x1b")
        assert case.drafts == {} and case.document == {"name": "王小明"}


async def _kept(case: object) -> None:
    while not case.drafts:  # type: ignore[attr-defined]
        await settled(case.pilot)  # type: ignore[attr-defined]


async def test_a_session_that_ends_in_the_middle_of_a_field_keeps_it(ana: Desk) -> None:
    async with opened(ana, {"name": "王"}) as case:
        await case.find("姓名")
        await case.type("\r小明")
    assert case.drafts == {"name": "王小明"}
    async with reopened(ana, case.id) as again:
        assert "上次填到这里" in again.told
        await again.find("民族")
        await again.type("\r汉族\x1b")  # what was cut off is not taken along
        assert again.document == {"name": "王", "ethnic_group": "汉族"}
        await again.find("姓名")
        await again.type("\r\x1b")
        assert again.document["name"] == "王小明" and again.drafts == {}


async def test_a_field_put_back_as_it_was_leaves_no_draft(ana: Desk) -> None:
    async with opened(ana, {"birth_date": "1988-03-07"}) as case:
        await case.find("身份证号")
        await case.type(f"\r{MAN_1990}\x1b\r⌧\x1b")
        assert case.drafts == {} and "!" not in case.line("身份证号")


async def test_the_same_field_changed_by_both_is_shown_with_both_values(ana: Desk, bo: Desk) -> None:
    async with opened(ana, {"name": "王"}) as case:
        await case.find("姓名")
        await case.type("\r小明")
        bo.set(case.id, "applicant.name", "王大明")
        await case.type("\x1b")
        assert case.document["name"] == "王大明"
        assert "bo2" in case.told and "改成了王大明；你填的是王小明" in case.told
        assert "1 用我的" in case.text
        await case.type("1")
        assert case.document["name"] == "王小明" and case.drafts == {}


async def test_a_change_that_was_already_shown_is_still_not_written_over(ana: Desk, bo: Desk) -> None:
    async with opened(ana, {"name": "王"}) as case:
        await case.find("姓名")
        await case.type("\r小明")
        bo.set(case.id, "applicant.name", "王大明")
        case.pilot.app.look()  # type: ignore[attr-defined]
        await case.type("\x1b")
        assert case.document["name"] == "王大明" and "用我的" in case.text


async def test_two_takes_what_the_other_one_wrote(ana: Desk, bo: Desk) -> None:
    async with opened(ana, {"name": "王"}) as case:
        await case.find("姓名")
        await case.type("\r小明")
        bo.set(case.id, "applicant.name", "王大明")
        await case.type("\x1b2")
        assert case.document["name"] == "王大明" and case.drafts == {}
        assert "用我的" not in case.text


async def test_another_field_changed_by_a_colleague_merges(ana: Desk, bo: Desk) -> None:
    async with opened(ana, {"name": "王"}) as case:
        await case.find("姓名")
        await case.type("\r小明")
        bo.set(case.id, "applicant.sex", "male")
        await case.type("\x1b")
        assert case.document == {"name": "王小明", "sex": "male"}


async def test_a_row_that_a_colleague_removed_is_not_brought_back_silently(ana: Desk, bo: Desk) -> None:
    async with opened(ana, {"award": [{"level": "provincial"}]}) as case:
        row = ana.row(case.id, "award")
        await case.find("表彰奖励")
        await case.type("\r↓\r↓↓\r2020-01-01")
        bo.change(case.id, (row, ana.tree(case.id)["applicant"]["award"][0], None))
        await case.type("\x1b")
        assert "award" not in case.document
        assert "你填的是2020-01-01" in case.told


async def test_a_row_that_goes_while_it_is_typed_in_stays_in_sight(ana: Desk, bo: Desk) -> None:
    async with opened(ana, {"award": [{"level": "provincial"}]}) as case:
        row = ana.row(case.id, "award")
        await case.find("表彰奖励")
        await case.type("\r↓\r↓↓\r2020-01")
        bo.change(case.id, (row, ana.tree(case.id)["applicant"]["award"][0], None))
        case.pilot.app.look()  # type: ignore[attr-defined]
        await case.type("-01")
        assert case.here.split() == ["授予日期", "2020-01-01"]
        await case.type("\x1b")
        assert "award" not in case.document
        await case.type("1")  # mine: the row comes back with what was typed
        assert [record["granted"] for record in case.document["award"]] == ["2020-01-01"]


async def test_the_wait_before_a_draft_is_kept_is_half_a_second() -> None:
    assert facts.KEEP_AFTER == 0.5
