"""What is kept of a crash: where in the program it happened, never the values it worked on."""

from __future__ import annotations

import logging
import os
import platform
import sys
import threading
import traceback
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import asyncio

CRASHED = 70  # the exit code (EX_SOFTWARE)
MOST = 1_000_000  # bytes of the log; then it is begun anew beside the last one
# the one sentence that is in no catalogue: it is for where these cannot be read
NO_WORDS = "达标的文件不完整，请重新安装 · Dabiao's own files are not whole: please install it again"


def log(error: BaseException) -> Path | None:
    """Append the places the error passed through to the log in the state directory; None where it cannot be kept.

    Neither local variables nor the error's message are written: both may hold a client's data.
    """
    import platformdirs

    directory = platformdirs.user_state_path("dabiao", appauthor=False)
    path = directory / "crash.log"
    try:
        directory.mkdir(parents=True, exist_ok=True, mode=0o700)
        if path.exists() and path.stat().st_size > MOST:
            path.replace(path.with_suffix(".log.1"))
        with open(path, "a", encoding="utf-8", opener=_for_its_owner) as file:
            file.write("\n".join(_lines(error)) + "\n")
    except OSError:
        return None
    return path


def told(key: str, place: Path | None, text: Callable[..., str]) -> str:
    """What is said of a crash that is noted in `place`, by the key of its words in `text`."""
    try:
        return text(key, place=place) if place else text(f"{key}_unlogged")
    except (OSError, ValueError, LookupError):  # the words themselves are what is broken
        return f"{NO_WORDS} ({place})" if place else NO_WORDS


def _for_its_owner(path: str, flags: int) -> int:
    """Opened without following a link somebody has laid, and without waiting for whoever would read a pipe."""
    return os.open(path, flags | os.O_NOFOLLOW | os.O_NONBLOCK, 0o600)


def _lines(error: BaseException) -> Iterator[str]:
    from importlib import metadata

    try:
        version = metadata.version("dabiao")
    except metadata.PackageNotFoundError:
        version = "?"
    yield f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ} dabiao {version} python {platform.python_version()}"
    seen: list[BaseException] = []
    cause: BaseException | None = error
    while cause is not None and cause not in seen:
        seen.append(cause)
        yield f"  {type(cause).__module__}.{type(cause).__qualname__}"
        for frame in traceback.extract_tb(cause.__traceback__):
            yield f"    {frame.filename}:{frame.lineno} {frame.name}"
        cause = cause.__cause__ or (None if cause.__suppress_context__ else cause.__context__)


def watch(loop: asyncio.AbstractEventLoop) -> None:
    """Have errors that nobody waits for, in a thread, a task, an object that goes, noted in the log alone: Python would
    print them, with the values in them, in the middle of the screen or after it."""

    def note(error: BaseException | None) -> None:
        if error is not None and not isinstance(error, SystemExit):
            log(error)

    loop.set_exception_handler(lambda _, context: note(context.get("exception")))
    threading.excepthook = lambda arguments: note(arguments.exc_value)
    sys.unraisablehook = lambda arguments: note(arguments.exc_value)
    logging.getLogger().addHandler(logging.NullHandler())
