"""`dabiao doctor` from the shell: what is said, the exit code, and what is written only when asked for."""

import os
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from desks import DAY, Desk
from doctoring import on_disk, settle, tamper
from rich.cells import cell_len

from models import anchor
from models.chain import Head
from models.connection import connect
from models.workspace import open_workspace

Command = Callable[..., Any]


@pytest.fixture
def path(office: Path) -> Path:
    """A workspace with two cases at `$DABIAO_DB`, closed."""
    office.chmod(0o600)
    with closing(open_workspace(office)) as workspace:
        ana = Desk(workspace, "ana", DAY)
        ana.create({"name": "王小明", "contact": {"phone": "13800000000"}}, status="form")
        ana.create({"name": "李梅"})
        settle(office)
    return office


def checks(document: Any, code: str) -> list[Any]:
    return [check for check in document["checks"] if check["code"] == code]


class TestWhatItSays:
    def test_a_workspace_that_is_right_is_done_with_0(self, command: Command, path: Path) -> None:
        ran = command("doctor", "--json")
        assert ran.code == 0
        assert ran.json["ok"] is True
        assert all(check["ok"] for check in ran.json["checks"])

    def test_a_fault_ends_with_1(self, command: Command, path: Path) -> None:
        tamper(path, "UPDATE cases SET score = 999 WHERE id = 1")
        ran = command("doctor", "--json")
        assert ran.code == 1
        assert ran.json["ok"] is False

    def test_each_check_says_what_is_wrong_how_bad_and_what_to_do(self, command: Command, path: Path) -> None:
        tamper(path, "UPDATE cases SET score = 999 WHERE id = 1")
        (check,) = checks(command("doctor", "--json").json, "derived.differs")
        assert check == {
            "check": "derived",
            "ok": False,
            "severity": "fault",
            "message": "有 1 个案件列表里的数字与重算的不同：1（分）",
            "remedy": "dabiao doctor --rebuild 重做，不动案件内容和操作历史",
            "code": "derived.differs",
            "details": {"count": 1, "first": [{"case": 1, "fields": ["score"]}]},
        }

    def test_in_english_too(self, command: Command, path: Path) -> None:
        tamper(path, "UPDATE cases SET score = 999 WHERE id = 1")
        (check,) = checks(command("doctor", "--json", "--lang", "en").json, "derived.differs")
        assert check["message"] == "1 cases show in lists what a fresh count does not give: 1 (score)"

    def test_a_warning_is_no_fault(self, command: Command, path: Path) -> None:
        anchor.place(path).unlink()
        ran = command("doctor", "--json")
        assert ran.code == 0
        assert checks(ran.json, "anchor.missing")[0]["severity"] == "warning"

    @pytest.mark.parametrize("language", ["zh", "en"])
    def test_the_worst_stands_first_and_lines_fit_80_columns(self, command: Command, path: Path, language: str) -> None:
        tamper(path, "UPDATE entry SET by = 'eve' WHERE id = 1", "DELETE FROM search_key")
        anchor.place(path).unlink()
        ran = command("doctor", "--lang", language)
        lines = ran.out.splitlines()
        words = {"zh": ("故障", "警告", "正常"), "en": ("FAULT", "WARN", "ok")}[language]
        found = [word for line in lines for word in words if line.startswith(word)]
        assert found == sorted(found, key=words.index)
        assert found.count(words[0]) == 2
        assert max(map(cell_len, lines)) <= 80

    def test_how_many_of_each_is_told_at_the_end(self, command: Command, path: Path) -> None:
        tamper(path, "DELETE FROM search_key")
        assert command("doctor").err.startswith("故障 1，警告 1，")

    def test_what_cannot_be_looked_at_takes_one_line(self, command: Command, path: Path) -> None:
        os.truncate(path, 4096)
        (line,) = [line for line in command("doctor").out.splitlines() if "没有查：" in line]
        assert "操作历史" in line

    def test_a_command_to_run_stays_in_one_piece(self, command: Command, path: Path) -> None:
        path.chmod(0o644)
        assert f"→ chmod 600 {path}" in command("doctor").out

    def test_no_name_and_no_number_is_told(self, command: Command, path: Path) -> None:
        tamper(path, "UPDATE document SET document = '{}'", "UPDATE cases SET name = '王中明'")
        ran = command("doctor", "--json")
        assert [word for word in ("王", "李梅", "13800") if word in ran.out] == []


class TestWrongInput:
    def test_where_there_is_no_file_it_ends_with_2(self, command: Command, tmp_path: Path) -> None:
        ran = command("doctor", "--json", "--db", tmp_path / "none.db")
        assert (ran.code, ran.out) == (2, "")
        assert "none.db" in ran.err

    def test_a_directory(self, command: Command, tmp_path: Path) -> None:
        assert command("doctor", "--db", tmp_path).code == 2

    def test_an_address_that_is_not_supported(self, command: Command) -> None:
        assert command("doctor", "--db", "postgresql://host/db").code == 2

    @pytest.mark.parametrize("content", [b"", b"x", b"PK\x03\x04" * 100, b"SQLite format 3\x00" + bytes(84)])
    def test_whatever_is_in_a_file_is_told_in_a_sentence(
        self, command: Command, tmp_path: Path, content: bytes
    ) -> None:
        (tmp_path / "a.db").write_bytes(content)
        ran = command("doctor", "--db", tmp_path / "a.db")
        assert ran.code == 1
        assert ran.out.startswith("故障 文件")
        assert (tmp_path / "a.db").read_bytes() == content


class TestWritesOnlyWhenAsked:
    def test_looking_changes_nothing(self, command: Command, path: Path) -> None:
        tamper(path, "UPDATE cases SET score = 999", "DELETE FROM search_key")
        before = on_disk(path.parent)
        command("doctor")
        assert on_disk(path.parent) == before

    def test_nothing_is_made_at_the_default_place(
        self, command: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.delenv("DABIAO_DB")
        assert command("doctor").code == 2
        assert not list(tmp_path.rglob("dabiao.db"))

    def test_rebuild_makes_right_what_is_derived(self, command: Command, path: Path) -> None:
        tamper(path, "UPDATE cases SET score = 999 WHERE id = 1", "DELETE FROM search_key WHERE case_id = 2")
        ran = command("doctor", "--rebuild", "--json")
        assert (ran.code, ran.json["ok"]) == (0, True)
        assert ran.json["rebuilt"] == {"cases": 2, "objects": 0}
        assert "2 个案件" in ran.err

    def test_rebuild_does_not_touch_a_damaged_file(self, command: Command, path: Path) -> None:
        data = bytearray(path.read_bytes())
        data[-4096:] = bytes(4096)
        path.write_bytes(data)
        before = on_disk(path.parent)
        ran = command("doctor", "--rebuild")
        assert ran.code == 1
        assert "没有重做" in ran.err
        assert on_disk(path.parent) == before

    def test_rebuild_does_not_bring_up_an_older_schema(self, command: Command, office: Path) -> None:
        old = Path(__file__).parents[2] / "workspaces" / "0001.db"
        office.write_bytes(old.read_bytes())
        assert "没有重做" in command("doctor", "--rebuild").err
        assert office.read_bytes() == old.read_bytes()


class TestAccepting:
    @pytest.fixture
    def cut(self, path: Path) -> Path:
        """The anchor knows of an entry that is no longer there."""
        anchor.write(path, Head(3, "a" * 64))
        return path

    def test_without_a_terminal_it_needs_yes(self, command: Command, cut: Path) -> None:
        before = on_disk(cut.parent)
        ran = command("doctor", "--accept")
        assert (ran.code, ran.out) == (2, "")
        assert "--yes" in ran.err
        assert on_disk(cut.parent) == before

    def test_with_yes_the_journal_is_accepted_as_it_stands(self, command: Command, cut: Path) -> None:
        ran = command("doctor", "--accept", "--yes", "--json")
        assert (ran.code, ran.json["ok"], ran.json["accepted"]) == (0, True, 3)

    def test_what_is_missing_is_told_before(self, command: Command, cut: Path) -> None:
        assert "尾部少了 1 条" in command("doctor", "--accept", "--yes").err

    def test_where_nothing_is_missing_nothing_is_written(self, command: Command, path: Path) -> None:
        before = on_disk(path.parent)
        ran = command("doctor", "--accept", "--yes")
        assert ran.code == 0
        assert "没有要确认的" in ran.err
        assert on_disk(path.parent) == before

    def test_a_damaged_file_is_not_written_to(self, command: Command, cut: Path) -> None:
        data = bytearray(cut.read_bytes())
        data[-4096:] = bytes(4096)
        cut.write_bytes(data)
        before = on_disk(cut.parent)
        assert command("doctor", "--accept", "--yes").code == 1
        assert on_disk(cut.parent) == before

    @pytest.mark.parametrize(("answer", "code"), [("n\n", 2), ("\n", 2), ("y\n", 0)])
    def test_on_a_terminal_it_asks(
        self, command: Command, cut: Path, monkeypatch: pytest.MonkeyPatch, answer: str, code: int
    ) -> None:
        monkeypatch.setattr("tui.commands.doctor._is_asked_on_a_terminal", lambda: True)
        assert command("doctor", "--accept", given=answer.encode()).code == code
        with closing(connect(cut)) as connection:
            entries = connection.execute("SELECT count(*) FROM entry WHERE command = 'accept'").fetchone()
        assert entries == (int(code == 0),)


def test_backups_are_looked_for_where_the_settings_put_them(command: Command, path: Path, tmp_path: Path) -> None:
    file = Path(os.environ["XDG_CONFIG_HOME"]) / "dabiao" / "settings.toml"
    file.parent.mkdir(parents=True)
    file.write_text(f"[backups]\ndirectory = {str(tmp_path / 'kept')!r}\n")
    assert checks(command("doctor", "--json").json, "space.no_directory")
    (tmp_path / "kept").mkdir(mode=0o700)
    assert command("backup").code == 0
    assert checks(command("doctor", "--json").json, "backups.ok")
