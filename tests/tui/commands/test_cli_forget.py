"""`dabiao forget`: only with the name, then for good; `--masked`, and what the journal says of whole numbers."""

import json
from collections.abc import Callable
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from journalled import changes_of

from models import backups, locking
from models.settings import Backups
from models.workspace import open_workspace

Command = Callable[..., Any]
NUMBER, PHONE = "340104199003074516", "13812340000"


@pytest.fixture
def filled(command: Command, office: Path, applicant: Callable[..., Path]) -> Path:
    """A workspace with two cases."""
    command("import", applicant("a.json", name="王小明", id_number=NUMBER, contact={"phone": PHONE}))
    command("import", applicant("b.json", name="陈静", spouse={"id_number": NUMBER}))
    return office


def entries(path: Path, name: str) -> list[Any]:
    """The entries of a command: by whom, of which case, and their changes."""
    with closing(open_workspace(path)) as workspace:
        opened = changes_of(workspace.connection)
        found = workspace.connection.execute('SELECT id, "by", case_id FROM entry WHERE command = ?', (name,))
        return [(case_id, list(opened[number])) for number, _, case_id in found]


class TestForget:
    def test_with_the_name_it_is_done_and_told(self, command: Command, filled: Path) -> None:
        done = command("forget", 1, "--yes", "王小明")
        assert (done.code, done.out) == (0, "")
        assert "1 号案件已清除" in done.err and "还有 1 个案件写着" in done.err and "：2" in done.err
        assert [case["id"] for case in command("list", "--json").json["cases"]] == [2]

    def test_as_a_document(self, command: Command, filled: Path) -> None:
        with closing(open_workspace(filled)) as workspace:
            backups.daily(workspace, date(2026, 11, 22), Backups())
        told = command("forget", 1, "--yes", "王小明", "--json").json
        assert told == {"id": 1, "entry": 3, "others": [2], "copies_until": "2027-02-20", "left": None}

    @pytest.mark.parametrize("given", ["王小", "", "陈静", "1"])
    def test_with_another_name_nothing_is_done(self, command: Command, filled: Path, given: str) -> None:
        done = command("forget", 1, "--yes", given)
        assert done.code == 2 and "没有清除" in done.err
        assert len(command("list", "--json").json["cases"]) == 2

    def test_where_nobody_can_be_asked_nothing_is_done(self, command: Command, filled: Path) -> None:
        done = command("forget", 1, given=b"\xe7\x8e\x8b")
        assert done.code == 2 and "--yes" in done.err
        assert len(command("list", "--json").json["cases"]) == 2

    def test_what_never_was_is_told(self, command: Command, filled: Path) -> None:
        done = command("forget", 9, "--yes", "9")
        assert done.code == 2 and "没有 9 号案件" in done.err

    def test_show_says_that_it_was_erased(self, command: Command, filled: Path) -> None:
        command("forget", 1, "--yes", "王小明")
        done = command("show", 1)
        assert done.code == 2 and "已按要求清除" in done.err

    def test_a_restore_says_whom_it_erased_again(self, command: Command, filled: Path, tmp_path: Path) -> None:
        command("backup", tmp_path / "copy.db")
        command("forget", 1, "--yes", "王小明")
        done = command("restore", tmp_path / "copy.db", "--yes")
        assert "1 号案件在备份以后清除过" in done.err
        assert [case["id"] for case in command("list", "--json").json["cases"]] == [2]


class TestMasked:
    def test_show_masks_facts_and_journal(self, command: Command, filled: Path) -> None:
        command("set", 1, "applicant.contact.phone=13900001111")
        whole, masked = command("show", 1, "--json").out, command("show", 1, "--json", "--masked").out
        assert all(number in whole for number in (NUMBER, PHONE, "13900001111"))
        assert not any(number in masked for number in (NUMBER, PHONE, "13900001111"))
        assert "340104********4516" in masked and "138****0000" in masked
        assert json.loads(masked).keys() == json.loads(whole).keys()

    def test_show_in_words_too(self, command: Command, filled: Path) -> None:
        assert NUMBER in command("show", 1).out
        assert "340104********4516" in command("show", 1, "--masked").out

    @pytest.mark.parametrize("as_json", [(), ("--json",)])
    def test_form_masks(self, command: Command, filled: Path, as_json: tuple[str, ...]) -> None:
        assert NUMBER in command("form", 1, *as_json).out
        masked = command("form", 1, *as_json, "--masked").out
        assert NUMBER not in masked and "340104********4516" in masked


class TestExports:
    @pytest.mark.parametrize("words", [("show", 1), ("show", 1, "--json"), ("form", 1, 2), ("plan", 1, "--json")])
    def test_whole_numbers_are_in_the_journal_without_them(self, command: Command, filled: Path, words: Any) -> None:
        command(*words)
        ((case_id, (change,)),) = entries(filled, "export")
        cases = [word for word in words if isinstance(word, int)]
        assert case_id is None
        assert change["after"] == {"command": words[0], "count": len(cases), "cases": cases}

    @pytest.mark.parametrize("words", [("show", 1, "--masked"), ("form", 1, "--masked"), ("list", "--json")])
    def test_what_shows_none_is_not(self, command: Command, filled: Path, words: Any) -> None:
        command(*words)
        assert entries(filled, "export") == []

    def test_files_are_not(self, command: Command, filled: Path, applicant: Callable[..., Path]) -> None:
        command("form", applicant("c.json", name="张三", id_number=NUMBER))
        assert entries(filled, "export") == []

    def test_where_nobody_can_write_reading_goes_on(
        self, command: Command, filled: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("tui.commands.session.EXPORT_PATIENCE", 0.05)
        with locking.locked(filled):
            done = command("show", 1, "--json")
        assert done.code == 0 and NUMBER in done.out and "没有能记入历史" in done.err

    def test_undo_passes_over_them(self, command: Command, filled: Path) -> None:
        command("show", 1)
        with closing(open_workspace(filled)) as workspace:
            from models.author import Author
            from models.undoing import undo
            from tui.commands.session import account

            assert undo(workspace, by=Author(account()), today=date(2026, 11, 22)).case_id == 2


class TestCopies:
    def test_are_listed_with_their_days(self, command: Command, filled: Path) -> None:
        with closing(open_workspace(filled)) as workspace:
            backups.daily(workspace, date(2026, 11, 20), Backups())
        (copy,) = command("backup", "--list", "--json").json["copies"]
        assert (copy["day"], copy["kind"]) == ("2026-11-20", "daily")
        assert "每日备份" in command("backup", "--list").out

    def test_expire_by_the_settings_or_before_a_day(self, command: Command, filled: Path) -> None:
        with closing(open_workspace(filled)) as workspace:
            for day in (date(2026, 8, 1), date(2026, 11, 1), date(2026, 11, 20)):
                backups.daily(workspace, day, Backups())
        (gone,) = command("backup", "--expire", "--json").json["removed"]
        assert gone.endswith("2026-08-01.db")
        (gone,) = command("backup", "--expire", "2026-11-02", "--json").json["removed"]
        assert gone.endswith("2026-11-01.db")
        assert command("backup", "--expire", "2099-01-01", "--json").json["removed"] == []
