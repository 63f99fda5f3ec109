"""A backup is restored while people work: what they see is what was restored, and what they type overwrites nothing."""

from pathlib import Path

import pytest
from casework import Case, opened
from desks import Desk
from screens import screen_lines, session, settled

from models.author import Author
from models.backups import make
from models.restoring import restore
from models.workspace import Target
from tui.app import DabiaoApp
from tui.screens.cases import CasesScreen


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Where the backup is."""
    return tmp_path / "copy.db"


def put_back(desk: Desk, file: Path) -> None:
    """Bo restores the backup, from a shell."""
    assert restore(Target(desk.workspace.path), file, by=Author("bo", "cli"), sure=lambda standing: True)


async def a_second_later(case: Case) -> None:
    app = case.pilot.app
    assert isinstance(app, DabiaoApp)
    app.look()
    await settled(case.pilot)


async def test_an_open_case_shows_what_was_restored(ana: Desk, file: Path) -> None:
    async with opened(ana, {"name": "张三", "contact": {"phone": "13800000001"}}) as case:
        make(ana.workspace.path, file)
        ana.set(case.id, "applicant.contact.phone", "13900000009")
        await a_second_later(case)
        assert "139****0009" in case.text
        put_back(ana, file)
        await a_second_later(case)
        assert "138****0001" in case.text and "139****0009" not in case.text


async def test_one_that_has_gone_on_as_often_in_another_way_does_too(ana: Desk, file: Path) -> None:
    """The revision is the same in both; the values are not."""
    async with opened(ana, {"name": "张三", "contact": {"phone": "13800000001"}}) as case:
        before = file.with_stem("before")
        make(ana.workspace.path, before)
        ana.set(case.id, "applicant.contact.phone", "13800000002")
        make(ana.workspace.path, file)
        put_back(ana, before)
        ana.set(case.id, "applicant.contact.phone", "13900000009")
        await a_second_later(case)
        assert "139****0009" in case.text
        put_back(ana, file)
        await a_second_later(case)
        assert "138****0002" in case.text and "139****0009" not in case.text


async def test_who_wrote_a_fact_last_is_who_did_in_what_was_restored(ana: Desk, file: Path) -> None:
    async with opened(ana, {"name": "张三", "contact": {"phone": "13800000001"}}) as case:
        before = file.with_stem("before")
        make(ana.workspace.path, before)
        Desk(ana.workspace, "dan").set(case.id, "applicant.contact.phone", "13800000002")
        make(ana.workspace.path, file)
        put_back(ana, before)
        for number in range(3):  # more entries than the backup has
            Desk(ana.workspace, "cai").set(case.id, "applicant.contact.phone", f"1390000000{number}")
        await a_second_later(case)
        await case.find("手机")
        assert "cai" in screen_lines(case.pilot.app)[-2]
        put_back(ana, file)
        await a_second_later(case)
        await case.find("手机")
        assert "dan" in screen_lines(case.pilot.app)[-2]


async def test_what_is_being_typed_clashes_with_what_was_restored(ana: Desk, file: Path) -> None:
    async with opened(ana, {"name": "张三", "contact": {"phone": "13800000001"}}) as case:
        make(ana.workspace.path, file)
        ana.set(case.id, "applicant.contact.phone", "13900000009")
        await a_second_later(case)
        await case.find("手机")
        await case.type("\r⌧13700000007")
        put_back(ana, file)
        await case.type("\r")
        assert case.document["contact"]["phone"] == "13800000001"
        # whoever has to choose sees both whole
        assert "13700000007" in case.text and "13800000001" in case.text
        await case.type("1")  # mine
        assert case.document["contact"]["phone"] == "13700000007"


async def test_a_case_that_the_backup_does_not_have_leads_back(ana: Desk, file: Path) -> None:
    make(ana.workspace.path, file)
    async with opened(ana, {"name": "张三"}) as case:
        put_back(ana, file)
        await a_second_later(case)
        assert isinstance(case.pilot.app.screen, CasesScreen)


async def test_who_did_it_and_with_what_is_told_to_all_and_once(ana: Desk, file: Path) -> None:
    ana.create({"name": "张三"})
    make(ana.workspace.path, file)
    async with session(ana.workspace, size=(120, 24)) as pilot:
        assert isinstance(pilot.app, DabiaoApp)
        put_back(ana, file)
        pilot.app.look()
        await settled(pilot)
        assert screen_lines(pilot.app)[-2].startswith(" ! bo 用备份恢复了案件库（copy.db #1）")
        await pilot.press("j")
        ana.set(1, "status", "form")
        pilot.app.look()
        await settled(pilot)
        assert "恢复" not in screen_lines(pilot.app)[-2]
    async with session(ana.workspace) as pilot:  # who comes later sees it as it is
        assert screen_lines(pilot.app)[-2] == ""
