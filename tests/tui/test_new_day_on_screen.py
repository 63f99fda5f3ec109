"""Midnight in a running session: the scores that fall due move, and that is said."""

from datetime import date

from desks import DAY, Desk
from screens import line_with, screen_text, session, settled

TOMORROW = date(2026, 11, 23)
SCHOOLED = {"education": [{"level": "bachelor", "degree": "bachelor", "graduated": "2012-07-01"}]}


async def test_at_midnight_who_moved_is_said_and_the_list_shows_it(ana: Desk) -> None:
    ana.create({"name": "张三", "birth_date": "1982-11-23"} | SCHOOLED)  # 44 tomorrow
    ana.create({"name": "李四", "birth_date": "1990-05-01"})
    days = [DAY]
    async with session(ana.workspace, clock=lambda: days[-1]) as pilot:
        assert "变动" not in screen_text(pilot.app)
        days.append(TOMORROW)
        pilot.app.look()
        await settled(pilot)
        assert "1 个案件变动：张三 120→119 跌破标准分" in screen_text(pilot.app)
        assert " 119 " in screen_text(pilot.app)
    (entry,) = ana.workspace.connection.execute("SELECT by FROM entry WHERE command = 'new_day'").fetchall()
    assert entry == ("calendar",)


async def test_opened_on_a_later_day_it_says_so_too(ana: Desk) -> None:
    for name in "甲乙丙丁":
        ana.create({"name": name, "birth_date": "1982-11-23"})
    async with session(ana.workspace, today=TOMORROW) as pilot:
        assert "4 个案件变动：甲 30→29" in screen_text(pilot.app)
        assert " 等" in line_with(pilot.app, "个案件变动")


async def test_opened_once_more_on_that_day_nothing_is_said(ana: Desk) -> None:
    ana.create({"name": "甲", "birth_date": "1982-11-23"})
    async with session(ana.workspace, today=TOMORROW):
        pass
    async with session(ana.workspace, today=TOMORROW) as pilot:
        assert "变动" not in screen_text(pilot.app)
