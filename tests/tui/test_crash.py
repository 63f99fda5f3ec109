"""The end nobody wants: one plain sentence that says what to do, a log without anybody's data, nothing typed lost."""

import asyncio
import os
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from desks import Desk
from screens import settled
from textual.app import App
from textual.pilot import Pilot

from models.workspace import Target, Workspace
from tui import cli, crash
from tui.app import DabiaoApp
from tui.commands.session import Session
from tui.commands.workspace import show
from tui.screens.cases import CasesScreen
from tui.widgets.footer import Footer
from tui.widgets.table import Table

CLIENT = "李女士 13800000000"


class Broken(Exception):
    """Something nobody thought of."""


def broken(*_: object, **__: object) -> Any:
    """Fails with a client's name in its values, its message, its note and its cause."""
    client = CLIENT
    try:
        raise KeyError(client)
    except KeyError as cause:
        error = Broken(client)
        error.add_note(client)
        raise error from cause


@pytest.fixture
def state(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """Where the log is."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    return tmp_path / "state" / "dabiao" / "crash.log"


@pytest.fixture(autouse=True)
def hooks(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Python's own hooks, put back afterwards."""
    monkeypatch.setattr(sys, "unraisablehook", sys.unraisablehook)
    monkeypatch.setattr(threading, "excepthook", threading.excepthook)
    yield


Ended = tuple[int, str]


@pytest.fixture
def ended(
    workspace: Workspace, state: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Callable[..., Ended]:
    """Shows the workspace, presses keys in it, and waits for the end: the exit code and all that was said."""

    def run(*keys: str) -> Ended:
        async def press(pilot: Pilot[None]) -> None:
            for key in keys:
                await settled(pilot)
                await pilot.press(key)
            async with asyncio.timeout(30):
                while pilot.app.return_code is None:
                    await pilot.pause(0.01)

        plain = App.run
        monkeypatch.setattr(DabiaoApp, "run", lambda app: plain(app, headless=True, auto_pilot=press))
        session = Session("zh", True, os.environ, None, False, None)
        code = show(session, Target(workspace.path))
        output = capsys.readouterr()
        return code, (output.out + output.err)

    return run


PLACES = {
    "an action": (CasesScreen, "act_filter"),
    "a message": (Table, "show"),
    "composing": (CasesScreen, "body"),
    "mounting": (CasesScreen, "on_mount"),
    "drawing": (Footer, "runs"),
    "the start": (DabiaoApp, "on_mount"),
    "a timer": (DabiaoApp, "look"),
}


@pytest.mark.parametrize("place", PLACES)
def test_wherever_it_breaks_one_sentence_is_said_and_no_data_is_told_or_noted(
    ended: Callable[..., Ended], state: Path, monkeypatch: pytest.MonkeyPatch, place: str
) -> None:
    owner, name = PLACES[place]
    monkeypatch.setattr(owner, name, broken)
    code, said = ended("slash")
    assert code == 70
    assert said.startswith("程序出错，已退出。已保存的都在，正在填的也留着") and said.count("\n") == 1
    assert "按 D" in said and str(state) in said
    noted = state.read_text(encoding="utf-8")
    assert "test_crash.Broken" in noted and "builtins.KeyError" in noted and "test_crash.py" in noted
    for text in (said, noted):
        assert "李女士" not in text and "13800000000" not in text
        assert "Traceback" not in text


def test_where_no_log_can_be_kept_that_is_not_promised(
    ended: Callable[..., Ended], state: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    state.parent.parent.write_text("no directory")
    monkeypatch.setattr(CasesScreen, "act_filter", broken)
    code, said = ended("slash")
    assert code == 70
    assert said.startswith("程序出错，已退出") and "记在" not in said


def test_what_was_being_typed_when_it_broke_is_kept(
    ended: Callable[..., Ended], ana: Desk, workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tui.commands.session.account", lambda: "ana")
    monkeypatch.setattr(DabiaoApp, "act_help", broken)
    case_id = ana.create({"name": "王"})
    code, _ = ended("enter", "slash", *"xm", "enter", "enter", *"abc", "f1")
    assert code == 70
    assert ana.count("SELECT text FROM draft WHERE case_id = ?", case_id) == "王abc"


def test_a_command_that_breaks_says_one_sentence_too(
    state: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("tui.commands.listing.run", broken)
    assert cli.main(["list"]) == 70
    output = capsys.readouterr()
    assert output.out == ""
    assert output.err.startswith("程序出错，这条命令没有做完") and output.err.count("\n") == 1
    assert "李女士" not in output.err + state.read_text(encoding="utf-8")


def no_words(_: str) -> Any:
    """The catalogue as it is read where a file of it is cut off."""
    raise ValueError("Expected ']' at the end of a table declaration")


def test_where_the_words_themselves_are_broken_a_command_says_so_in_both_languages(
    state: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("tui.text.catalogue", no_words)
    assert cli.main(["list"]) == 70
    assert capsys.readouterr().err == f"{crash.NO_WORDS} ({state})\n"


def test_and_so_does_a_session(ended: Callable[..., Ended], state: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def lost(_: object) -> None:
        monkeypatch.setattr("tui.text.catalogue", no_words)
        broken()

    monkeypatch.setattr(CasesScreen, "act_filter", lost)
    assert ended("slash") == (70, f"{crash.NO_WORDS} ({state})\n")


def test_a_command_that_is_interrupted_ends_as_shells_say(monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_: object) -> int:
        raise KeyboardInterrupt

    monkeypatch.setattr("tui.commands.listing.run", interrupted)
    assert cli.main(["list"]) == 130


async def test_what_breaks_where_nobody_waits_for_it_is_noted_and_not_printed(
    state: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    loop = asyncio.get_running_loop()
    crash.watch(loop)
    thread = threading.Thread(target=broken)
    thread.start()
    thread.join()
    loop.call_soon(broken)
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    assert state.read_text(encoding="utf-8").count("test_crash.Broken") == 2
    output = capfd.readouterr()
    assert output.out + output.err == ""


def test_a_log_that_has_grown_long_is_begun_anew(state: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(crash, "MOST", 10)
    crash.log(Broken("first"))
    first = state.read_text(encoding="utf-8")
    crash.log(Broken("second"))
    assert state.with_suffix(".log.1").read_text(encoding="utf-8") == first
    assert state.read_text(encoding="utf-8").count("Broken") == 1


def test_the_log_is_for_its_owner_alone(state: Path) -> None:
    crash.log(Broken("x"))
    assert state.stat().st_mode & 0o777 == 0o600
    assert state.parent.stat().st_mode & 0o777 == 0o700


def test_nothing_is_written_through_a_link_or_into_a_pipe(state: Path, tmp_path: Path) -> None:
    state.parent.mkdir(parents=True)
    state.symlink_to(tmp_path / "elsewhere")
    assert crash.log(Broken("x")) is None
    assert not (tmp_path / "elsewhere").exists()
    state.unlink()
    os.mkfifo(state)
    assert crash.log(Broken("x")) is None
