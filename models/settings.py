"""The office's settings: `settings.toml` in the user's configuration directory.

A file with a mistake in it stops nobody: what is wrong takes its default, and that is told.
"""

from pathlib import Path
from typing import Any, NamedTuple

from platformdirs import user_config_path
from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator
from pydantic_core import ErrorDetails

from engine.document import Invalid, Problem, plain, read
from engine.reason import Reason
from models.bounded import Unread, read_file

LONGEST_KEPT = 3650
LONGEST_IDLE = 240
_SECONDS = 2.0  # every start reads them


class _Section(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, frozen=True, use_attribute_docstrings=True)


class Backups(_Section):
    """The copies that are made by themselves."""

    directory: Path | None = Field(default=None, strict=False)
    """Where they go; without it `backups` beside the workspace. It has to be there: a disk that is not is told."""

    keep_days: int = Field(default=30, ge=1, le=LONGEST_KEPT)
    """Of how many days they are kept; days without one do not count."""

    longest_days: int = Field(default=90, ge=1, le=LONGEST_KEPT)
    """How many days a copy lives at most, counted by the calendar: until then it still holds who was erased since."""

    daily: bool = True
    """Whether one is made each day."""

    @field_validator("directory", mode="before")
    @classmethod
    def _absolute(cls, given: Any) -> Path | None:
        if given is None:
            return None
        try:
            path = Path(given).expanduser()
        except (TypeError, RuntimeError):  # not text; ~somebody whom this machine does not know
            path = Path()
        if not path.is_absolute():
            raise ValueError
        return path


class Lock(_Section):
    """The screen that locks itself."""

    minutes: int = Field(default=15, ge=0, le=LONGEST_IDLE)
    """After how many minutes without a key; 0 is never."""

    ends: bool = False
    """Whether a session without a PIN ends then, instead of hiding what it shows."""


class Settings(_Section):
    """All of them."""

    backups: Backups = Backups()
    """The copies that are made by themselves."""

    lock: Lock = Lock()
    """The screen that locks itself."""


_SECTIONS: dict[str, type[_Section]] = {"backups": Backups, "lock": Lock}


class Loaded(NamedTuple):
    """The settings, where they were looked for, and what is wrong there."""

    settings: Settings
    file: Path
    problems: tuple[Problem, ...]


def place() -> Path:
    """Where the settings are, whether or not the file is there."""
    return user_config_path("dabiao", appauthor=False) / "settings.toml"


def load(file: Path | None = None) -> Loaded:
    """The settings of a file, by default the office's; without one the defaults."""
    file = file or place()
    try:
        given = read(read_file(file, seconds=_SECONDS), "toml")
    except Unread as unread:
        if unread.is_absent:
            return Loaded(Settings(), file, ())
        problem = Problem("", None, Reason("settings.unreadable", {"why": unread.reason}))
        return Loaded(Settings(), file, (problem,))
    except Invalid as invalid:
        return Loaded(Settings(), file, tuple(invalid.problems))
    try:
        return Loaded(Settings.model_validate(given), file, ())
    except ValidationError as error:
        wrong = error.errors(include_url=False)
    for detail in wrong:
        _leave_out(given, [str(step) for step in detail["loc"]])
    return Loaded(Settings.model_validate(given), file, tuple(map(_problem, wrong)))


def _leave_out(given: dict[str, Any], way: list[str]) -> None:
    *sections, key = way
    for section in sections:
        given = given[section]
    del given[key]


def _problem(detail: ErrorDetails) -> Problem:
    key = ".".join(map(str, detail["loc"]))
    return Problem(key, plain(detail["input"]), _reason(detail, key))


def _reason(detail: ErrorDetails, key: str) -> Reason:
    kind = detail["type"]
    if kind == "extra_forbidden":
        section = _SECTIONS.get(key.partition(".")[0], Settings) if "." in key else Settings
        return Reason("settings.unknown_key", {"known": list(section.model_fields)})
    if kind in {"model_type", "dict_type"}:
        return Reason("settings.table", {"key": key})
    default = _SECTIONS[key.partition(".")[0]].model_fields[key.rpartition(".")[2]].default
    if kind.startswith("bool"):
        return Reason("settings.boolean", {"default": str(default).lower()})
    if kind == "value_error":
        return Reason("settings.directory", {})
    if key == "lock.minutes":
        return Reason("settings.minutes", {"most": LONGEST_IDLE, "default": default})
    return Reason("settings.days", {"most": LONGEST_KEPT, "default": default})
