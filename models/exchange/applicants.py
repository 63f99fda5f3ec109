"""Applicant files, read: found, not too large, told TOML from JSON, checked."""

import stat
from pathlib import Path
from typing import BinaryIO, Literal

from engine.document import Invalid, Problem, parse
from engine.facts import Applicant
from engine.reason import Reason

MOST_MEGABYTES = 5
STANDARD_INPUT = "-"
_FORMS: dict[str, Literal["toml", "json"]] = {".toml": "toml", ".json": "json"}
_TABLES = frozenset({".csv", ".tsv", ".xlsx", ".xls", ".xlsm", ".ods"})


def read_applicant(source: str, standard_input: BinaryIO) -> Applicant:
    """The applicant a file describes; `-` reads standard input.

    The ending says whether it is TOML or JSON; without one of the two, the first character does. `Invalid` with every
    problem; a file that cannot be read is one problem with the key "".
    """
    ending = "" if source == STANDARD_INPUT else Path(source).suffix.lower()
    if ending in _TABLES:
        raise _unreadable("table", ending=ending)
    content = _content(source, standard_input)
    if not content.strip():
        raise _unreadable("empty")
    form = _FORMS.get(ending) or ("json" if content.removeprefix(b"\xef\xbb\xbf").lstrip()[:1] == b"{" else "toml")
    return parse(content, form)


def _content(source: str, standard_input: BinaryIO) -> bytes:
    most = MOST_MEGABYTES * 1_000_000
    try:
        if source == STANDARD_INPUT:
            content = standard_input.read(most + 1)
        else:
            if stat.S_ISDIR(Path(source).stat().st_mode):
                raise _unreadable("directory")
            with open(source, "rb") as file:
                content = file.read(most + 1)
    except FileNotFoundError:
        raise _unreadable("absent") from None
    except PermissionError:
        raise _unreadable("unreadable") from None
    except (OSError, ValueError) as error:  # ValueError: a NUL in the name
        raise _unreadable("failed", problem=getattr(error, "strerror", None) or "NUL") from None
    if len(content) > most:
        raise _unreadable("too_large", most=MOST_MEGABYTES)
    if b"\0" in content:
        raise _unreadable("binary")
    return content


def _unreadable(code: str, **values: object) -> Invalid:
    return Invalid([Problem("", None, Reason(f"file.{code}", values))])
