"""What only a real process shows: what is loaded, a reader that goes away, an interrupt, a terminal."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess

import pytest
from terminal import DABIAO, Terminal

Command = Callable[..., CompletedProcess[str]]

LOADED = """
import json, sys
from tui.cli import main
code = main(sys.argv[1:])
print(json.dumps(sorted({name.partition(".")[0] for name in sys.modules})), file=sys.stderr)
sys.exit(code)
"""


def loaded(*arguments: str | Path) -> set[str]:
    done = subprocess.run(
        [sys.executable, "-c", LOADED, *map(str, arguments)],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=True,
    )
    return set(json.loads(done.stderr.splitlines()[-1]))


@pytest.fixture
def cases(dabiao: Command, examples: Path) -> None:
    """A workspace with a case."""
    assert dabiao("import", examples / "01-age-and-degree.toml").returncode == 0


def test_scoring_a_file_loads_no_database(examples: Path) -> None:
    assert not loaded("score", examples / "01-age-and-degree.toml") & {
        "textual",
        "sqlcipher3",
        "sqlmodel",
        "sqlalchemy",
    }


@pytest.mark.usefixtures("cases")
@pytest.mark.parametrize("arguments", [["list"], ["show", "1", "--masked"], ["score", "1"]], ids=" ".join)
def test_reading_loads_neither_the_orm_nor_a_screen(arguments: list[str]) -> None:
    assert not loaded(*arguments) & {"textual", "sqlmodel", "sqlalchemy", "alembic", "pypinyin"}


@pytest.mark.usefixtures("cases")
@pytest.mark.parametrize(
    "arguments", [["set", "1", "status=form", "step.because=x"], ["demo", "3", "--into", "demo.db"]], ids=" ".join
)
def test_no_command_loads_a_screen(arguments: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).parents[2]))
    monkeypatch.chdir(tmp_path)
    assert "textual" not in loaded(*arguments)


def test_a_reader_that_has_seen_enough_ends_it_quietly(examples: Path) -> None:
    many = [str(examples / "16-proven-or-not.toml")] * 300
    with subprocess.Popen(
        [*DABIAO, "score", "--json", *many], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, encoding="utf-8"
    ) as running:
        assert running.stdout is not None
        assert running.stderr is not None
        assert json.loads(running.stdout.readline())["total"] == 348
        running.stdout.close()
        assert running.stderr.read() == ""
        assert running.wait() == 0


def test_an_interrupt_ends_it_quietly() -> None:
    with subprocess.Popen(
        [*DABIAO, "score", "-"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as running:
        assert running.stdin is not None
        # more than a pipe holds: once it is taken, the program is reading
        running.stdin.write(b"#" * 200_000)
        running.stdin.flush()
        os.kill(running.pid, signal.SIGINT)
        out, err = running.communicate()
    assert (running.returncode, out, err) == (130, b"", b"")


def test_data_are_utf_8_whatever_the_locale(dabiao: Command, examples: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONIOENCODING", "ascii")
    monkeypatch.setenv("PYTHONUTF8", "0")
    done = dabiao("score", "--json", examples / "01-age-and-degree.toml")
    assert json.loads(done.stdout)["lines"][0]["because"] == "38 岁"


def test_names_of_files_that_are_no_text_do_no_harm(tmp_path: Path) -> None:
    path = os.fsencode(tmp_path) + b"/\xff.toml"
    done = subprocess.run([*DABIAO, "score", path], capture_output=True, check=False)
    assert (done.returncode, done.stdout) == (2, b"")
    assert b"Traceback" not in done.stderr


def test_the_demo_opens_and_leaves_nothing_behind(
    terminal: Terminal, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = tmp_path / "throw-away"
    place.mkdir()
    monkeypatch.setenv("TMPDIR", str(place))
    terminal.start([*DABIAO, "demo", "12"])
    terminal.wait_for("演示")
    terminal.send("q")
    terminal.wait_for("退出")
    terminal.send("y")
    assert terminal.wait_until_ended() == 0
    assert list(place.iterdir()) == []
    assert not Path(os.environ["DABIAO_DB"]).exists()
