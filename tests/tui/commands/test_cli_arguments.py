"""What is wrong with a command line is said in a sentence, in the language asked for, with exit code 2."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Command = Callable[..., Any]

COMMANDS = ("demo", "score", "import", "list", "show", "set")


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("name", ["", *COMMANDS])
def test_help_is_there_for_every_command_in_both_languages(command: Command, name: str, lang: str) -> None:
    done = command("--lang", lang, *([name] if name else []), "--help")
    assert (done.code, done.err) == (0, "")
    assert done.out.isascii() == (lang == "en")
    assert "{" not in done.out.replace("{zh,en}", "")


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["nope"], "nope"),
        (["score"], "FILE|ID|-"),
        (["score", "a.toml", "--on"], "--on"),
        (["score", "a.toml", "--on", "2026-13-01"], "2026-13-01"),
        (["score", "a.toml", "--on", "20261122"], "20261122"),
        (["score", "a.toml", "--law", "2018"], "2018"),
        (["score", "a.toml", "--colour"], "--colour"),
        (["score", "a.toml", "--js"], "--js"),
        (["list", "--lang", "fr"], "fr"),
        (["show", "1", "2"], "2"),
        (["show", "0"], "0"),
        (["show", "99999999999999999999"], "99999999999999999999"),
        (["set", "1"], "PATH=VALUE"),
        (["--json=yes", "list"], "--json"),
        (["list", "--json=yes"], "--json"),
        (["demo", "--into"], "--into"),
    ],
)
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_wrong_arguments(command: Command, arguments: list[str], told: str, lang: str) -> None:
    done = command(*arguments, *([] if "--lang" in arguments else ["--lang", lang]))
    assert (done.code, done.out) == (2, "")
    assert told in done.err
    assert "dabiao --help" in done.err.splitlines()[-1]


def test_an_unknown_language_in_the_surroundings(command: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DABIAO_LANG", "klingon")
    done = command("list")
    assert (done.code, done.out) == (2, "")
    assert "klingon" in done.err


@pytest.mark.parametrize(("locale", "chinese"), [("en_GB.UTF-8", False), ("C.UTF-8", True), ("zh_CN.UTF-8", True)])
def test_without_a_word_the_locale_decides(
    command: Command, monkeypatch: pytest.MonkeyPatch, locale: str, chinese: bool
) -> None:
    monkeypatch.delenv("DABIAO_LANG")
    monkeypatch.setenv("LC_ALL", locale)
    assert command("nope").err.isascii() is not chinese


def test_a_wrong_today_is_told(command: Command, office: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DABIAO_TODAY", "tomorrow")
    done = command("list")
    assert (done.code, done.out) == (2, "")
    assert "tomorrow" in done.err


def test_a_today_before_the_first_law_is_told(command: Command, office: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DABIAO_TODAY", "2000-01-01")
    for arguments in (["list"], ["score", "-"]):
        done = command(*arguments, given=b"birth_year = 1990")
        assert (done.code, done.out) == (2, "")
        assert "2013-07-01" in done.err


def test_a_database_of_another_kind_is_told_without_its_password(command: Command) -> None:
    done = command("--db", "postgresql://ana:secret@host/cases", "list")
    assert (done.code, done.out) == (2, "")
    assert "secret" not in done.err


def test_options_and_files_may_be_mixed(command: Command, examples: Path) -> None:
    file = examples / "01-age-and-degree.toml"
    assert len(command("score", file, "--json", file).out.splitlines()) == 2
