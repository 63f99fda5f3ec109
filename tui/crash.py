"""What is kept of a crash: where in the program it happened, never the values it worked on."""

from __future__ import annotations

import traceback
from datetime import UTC, datetime
from pathlib import Path


def log(error: BaseException) -> Path | None:
    """Append the places the error passed through to the log in the state directory; None where it cannot be kept.

    Neither local variables nor the error's message are written: both may hold a client's data.
    """
    import platformdirs

    directory = platformdirs.user_state_path("dabiao", appauthor=False)
    frames = traceback.extract_tb(error.__traceback__)
    lines = [f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ} {type(error).__module__}.{type(error).__qualname__}"]
    lines += [f"  {frame.filename}:{frame.lineno} {frame.name}" for frame in frames]
    path = directory / "crash.log"
    try:
        directory.mkdir(parents=True, exist_ok=True, mode=0o700)
        with path.open("a", encoding="utf-8") as file:
            file.write("\n".join(lines) + "\n")
    except OSError:
        return None
    return path
