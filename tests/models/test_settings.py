"""The office's settings: what is wrong in the file is told by its key and takes its default; nobody is stopped."""

import os
from pathlib import Path

import pytest

from engine.words import LANGUAGES, say
from models.settings import Backups, Settings, load


@pytest.fixture
def file() -> Path:
    """The office's file."""
    path = Path(os.environ["XDG_CONFIG_HOME"]) / "dabiao" / "settings.toml"
    path.parent.mkdir(parents=True)
    return path


def wrong(file: Path, text: str) -> dict[str, str]:
    """What is told of a file, by key. Each of it is a sentence in either language."""
    file.write_text(text, "utf-8")
    loaded = load()
    assert loaded.file == file
    assert all(say(problem.reason, language) for problem in loaded.problems for language in LANGUAGES)
    return {problem.key: problem.reason.code for problem in loaded.problems}


def test_without_a_file_they_are_the_defaults() -> None:
    loaded = load()
    assert loaded.settings == Settings()
    assert loaded.problems == ()
    assert loaded.settings.backups == Backups(directory=None, keep_days=30, daily=True)


def test_what_the_file_says_holds(file: Path, tmp_path: Path) -> None:
    assert wrong(file, f'[backups]\ndirectory = "{tmp_path}"\nkeep_days = 90\ndaily = false\n') == {}
    assert load().settings.backups == Backups(directory=tmp_path, keep_days=90, daily=False)


def test_the_rest_keeps_its_default(file: Path) -> None:
    assert wrong(file, "[backups]\nkeep_days = 7\n") == {}
    assert load().settings.backups == Backups(keep_days=7)


def test_a_directory_may_begin_at_home(file: Path) -> None:
    assert wrong(file, '[backups]\ndirectory = "~/copies"\n') == {}
    assert load().settings.backups.directory == Path(os.environ["HOME"]) / "copies"


@pytest.mark.parametrize(
    ("line", "key", "code"),
    [
        ("keep_days = 0", "backups.keep_days", "settings.days"),
        ("keep_days = -3", "backups.keep_days", "settings.days"),
        ("keep_days = 4000", "backups.keep_days", "settings.days"),
        ("keep_days = 2.5", "backups.keep_days", "settings.days"),
        ('keep_days = "30"', "backups.keep_days", "settings.days"),
        ("keep_days = true", "backups.keep_days", "settings.days"),
        ("daily = 1", "backups.daily", "settings.boolean"),
        ('daily = "yes"', "backups.daily", "settings.boolean"),
        ('directory = "copies"', "backups.directory", "settings.directory"),
        ('directory = ""', "backups.directory", "settings.directory"),
        ("directory = 3", "backups.directory", "settings.directory"),
        ('directory = "~nobody-of-that-name/copies"', "backups.directory", "settings.directory"),
        ("keep = 3", "backups.keep", "settings.unknown_key"),
    ],
)
def test_a_wrong_line_is_told_and_takes_its_default(file: Path, line: str, key: str, code: str) -> None:
    assert wrong(file, f"[backups]\n{line}\n") == {key: code}
    assert load().settings == Settings()


def test_the_other_lines_hold_all_the_same(file: Path) -> None:
    assert wrong(file, "[backups]\nkeep_days = 0\ndaily = false\nkeep = 1\n[firm]\nname = 'x'\n") == {
        "backups.keep_days": "settings.days",
        "backups.keep": "settings.unknown_key",
        "firm": "settings.unknown_key",
    }
    assert load().settings.backups == Backups(daily=False)


@pytest.mark.parametrize(
    ("text", "code"),
    [("[backups", "fact.unparsable"), ("backups = 3", "settings.table"), ("backups = [1]", "settings.table")],
)
def test_a_file_that_is_not_what_it_should_be_leaves_the_defaults(file: Path, text: str, code: str) -> None:
    assert list(wrong(file, text).values()) == [code]
    assert load().settings == Settings()


def test_a_file_that_is_no_text_leaves_the_defaults(file: Path) -> None:
    file.write_bytes(b"\xff\xfe\x00")
    assert [problem.reason.code for problem in load().problems] == ["fact.not_utf8"]


def test_a_file_that_cannot_be_read_leaves_the_defaults(file: Path) -> None:
    file.mkdir()
    loaded = load()
    assert loaded.settings == Settings()
    assert [problem.reason.code for problem in loaded.problems] == ["settings.unreadable"]
