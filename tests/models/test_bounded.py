"""Files and streams that have no end, are none, or are more than is taken: refused soon, in bounded memory."""

import os
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from io import BytesIO
from pathlib import Path

import pytest

from engine import bounds
from engine.words import LANGUAGES, say
from models import anchor, locking, settings
from models.bounded import Unread, first_bytes, read_file, read_stream


def why(read: Callable[[], bytes]) -> str:
    """Why it is refused, sayable in each language."""
    with pytest.raises(Unread) as unread:
        read()
    assert all(say(unread.value.reason, language) for language in LANGUAGES)
    return unread.value.reason.code.removeprefix("file.")


def test_a_file_is_read_up_to_its_bound_and_not_a_byte_beyond(tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.write_bytes(b"x" * 1000)
    assert read_file(path, 1000) == b"x" * 1000
    assert why(lambda: read_file(path, 999)) == "too_large"


def test_a_file_of_a_gigabyte_is_not_read_at_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a"
    with path.open("wb") as file:
        file.truncate(1 << 30)
    monkeypatch.setattr(os, "read", lambda *_: pytest.fail("it was read"))
    assert why(lambda: read_file(path)) == "too_large"


def _link_to_itself(path: Path) -> None:
    path.symlink_to(path)


def _socket(path: Path) -> None:
    made = socket.socket(socket.AF_UNIX)
    made.bind(str(path))
    made.close()


NO_FILES: dict[str, tuple[Callable[[Path], None], str]] = {
    "nothing": (lambda path: None, "absent"),
    "a directory": (Path.mkdir, "directory"),
    "a link to itself": (_link_to_itself, "loop"),
    "a link to nothing": (lambda path: path.symlink_to("none"), "absent"),
    "a link to a device": (lambda path: path.symlink_to("/dev/zero"), "special"),
    "a socket": (_socket, "special"),
    "a pipe into which nobody writes": (lambda path: os.mkfifo(path), "too_slow"),
}


@pytest.mark.parametrize(("make", "code"), NO_FILES.values(), ids=NO_FILES)
def test_what_is_no_file_is_told(
    make: Callable[[Path], None], code: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)  # the name of a socket is short
    make(Path("a"))
    assert why(lambda: read_file("a", seconds=0.05)) == code


@pytest.mark.parametrize("name", ["a\0b", "x" * 5000])
def test_a_name_that_no_file_has_is_told(name: str) -> None:
    assert why(lambda: read_file(name)) == "failed"


@pytest.fixture
def pouring(tmp_path: Path) -> Iterator[Path]:
    """A pipe into which somebody writes without end."""
    path = tmp_path / "pipe"
    os.mkfifo(path)

    def pour() -> None:
        with suppress(OSError), path.open("wb", buffering=0) as file:
            while True:
                file.write(b"# x\n" * 1000)

    thread = threading.Thread(target=pour, daemon=True)
    thread.start()
    yield path
    thread.join(10)
    assert not thread.is_alive()


def test_a_pipe_without_end_is_left_at_the_bound(pouring: Path) -> None:
    assert why(lambda: read_file(pouring)) == "too_large"


def test_a_pipe_that_ends_is_read_like_a_file(tmp_path: Path) -> None:
    path = tmp_path / "pipe"
    os.mkfifo(path)
    thread = threading.Thread(target=path.write_bytes, args=(b"name = 'x'",))
    thread.start()
    assert read_file(path) == b"name = 'x'"
    thread.join()


def test_a_stream_is_read_up_to_the_same_bound() -> None:
    assert read_stream(BytesIO(b"x" * bounds.FILE_BYTES)) == b"x" * bounds.FILE_BYTES
    assert why(lambda: read_stream(BytesIO(b"x" * (bounds.FILE_BYTES + 1)))) == "too_large"
    with Path("/dev/zero").open("rb") as zero:
        assert why(lambda: read_stream(zero)) == "too_large"


def test_a_stream_that_falls_silent_is_left_after_its_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bounds, "SECONDS", 0.05)
    there, here = os.pipe()
    with os.fdopen(there, "rb") as silent, os.fdopen(here, "wb", buffering=0) as speaking:
        speaking.write(b"name = ")
        assert why(lambda: read_stream(silent)) == "too_slow"


# --- what the program keeps itself


SPOILT: dict[str, Callable[[Path], None]] = {
    "a pipe": lambda path: os.mkfifo(path),
    "a device": lambda path: path.symlink_to("/dev/zero"),
    "a directory": Path.mkdir,
    "a gigabyte": lambda path: os.truncate(os.open(path, os.O_CREAT | os.O_RDWR), 1 << 30),
}


@pytest.mark.parametrize("spoil", SPOILT.values(), ids=SPOILT)
def test_an_anchor_that_is_none_is_told_at_once(spoil: Callable[[Path], None], tmp_path: Path) -> None:
    spoil(anchor.place(tmp_path / "cases.db"))
    with pytest.raises((anchor.Damaged, OSError)):
        anchor.read(tmp_path / "cases.db")


@pytest.mark.parametrize("spoil", SPOILT.values(), ids=SPOILT)
def test_a_lock_that_is_none_names_nobody(spoil: Callable[[Path], None], tmp_path: Path) -> None:
    spoil(tmp_path / "cases.db-lock")
    assert locking.holder(tmp_path / "cases.db") is None


@pytest.mark.parametrize("spoil", SPOILT.values(), ids=SPOILT)
def test_settings_that_are_none_are_told_and_the_defaults_taken(
    spoil: Callable[[Path], None], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settings, "_SECONDS", 0.05)
    spoil(tmp_path / "settings.toml")
    loaded = settings.load(tmp_path / "settings.toml")
    assert loaded.settings == settings.Settings()
    assert [problem.reason.code for problem in loaded.problems] == ["settings.unreadable"]
    assert all(say(problem.reason, language) for problem in loaded.problems for language in LANGUAGES)


def test_first_bytes_are_no_more_than_asked_for(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"x" * 100)
    assert first_bytes(tmp_path / "a", 7) == b"x" * 7
