"""What restores have replaced, and what was there before encryption, kept beside the workspace: its name, its end."""

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


def found(path: Path) -> list[Path]:
    """What restores have replaced and is still kept, the oldest first."""
    form = _form(path)
    return sorted(file for file in _beside(path) if form.fullmatch(file.name))


def day_of(path: Path, file: Path) -> date | None:
    """The day until which somebody has worked in what was replaced: that of the restore, or a later one."""
    match = _form(path).fullmatch(file.name)
    with suppress(OSError, ValueError):  # no moment is named so
        if match is not None:
            replaced = datetime.strptime(match[1], "%Y%m%dT%H%M%S").replace(tzinfo=UTC)
            return max(_day(replaced), *map(_worked_in, (file, file.with_name(file.name + "-wal"))))
    return None


def remove_before(path: Path, day: date) -> list[Path]:
    """Removes what was replaced before a day, with all that belongs to it; what somebody has worked in since stays."""
    removed = []
    for file in found(path):
        kept = day_of(path, file)
        with suppress(OSError):  # it stays until somebody may remove it
            if kept is not None and kept < day:
                for part in reversed(files_of(file)):
                    part.unlink(missing_ok=True)
                removed.append(file)
    return removed


def _form(path: Path) -> re.Pattern[str]:
    return re.compile(
        rf"{re.escape(path.stem)}-(?:replaced|unencrypted)-(\d{{8}}T\d{{6}})\d*Z{re.escape(path.suffix)}", re.ASCII
    )


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
