"""What restores have replaced, kept beside the workspace: how it is named, and when it goes."""

import re
from contextlib import suppress
from datetime import UTC, date, datetime
from pathlib import Path

from models.connection import files_of
from models.today import SHANGHAI, moment


def name(path: Path) -> Path:
    """Where what is at a path is kept if it is replaced now."""
    now = "".join(character for character in moment() if character.isalnum())
    return path.with_name(f"{path.stem}-replaced-{now}{path.suffix}")


def remove_before(path: Path, day: date) -> None:
    """Removes what was replaced before a day, with all that belongs to it; what somebody has worked in since stays."""
    form = re.compile(rf"{re.escape(path.stem)}-replaced-(\d{{8}}T\d{{6}})\d*Z{re.escape(path.suffix)}", re.ASCII)
    for file in _beside(path):
        if (match := form.fullmatch(file.name)) is None:
            continue
        with suppress(OSError, ValueError):  # it stays until somebody may remove it; no moment is named so
            replaced = datetime.strptime(match[1], "%Y%m%dT%H%M%S").replace(tzinfo=UTC)
            if max(_day(replaced), *map(_worked_in, (file, file.with_name(file.name + "-wal")))) < day:
                for part in reversed(files_of(file)):
                    part.unlink(missing_ok=True)


def _beside(path: Path) -> list[Path]:
    with suppress(OSError):
        return list(path.parent.iterdir())
    return []


def _worked_in(file: Path) -> date:
    try:
        return _day(datetime.fromtimestamp(file.stat().st_mtime, UTC))
    except FileNotFoundError:
        return date.min


def _day(moment: datetime) -> date:
    return moment.astimezone(SHANGHAI).date()
