"""Applicant files, read: told TOML from JSON, checked."""

from pathlib import Path
from typing import BinaryIO, Literal

from engine.document import Invalid, Problem, parse
from engine.facts import Applicant
from engine.reason import Reason
from models.bounded import Unread, read_file, read_stream

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
    try:
        content = read_stream(standard_input) if source == STANDARD_INPUT else read_file(source)
    except Unread as unread:
        raise Invalid([Problem("", None, unread.reason)]) from None
    if b"\0" in content:
        raise _unreadable("binary")
    return content


def _unreadable(code: str, **values: object) -> Invalid:
    return Invalid([Problem("", None, Reason(f"file.{code}", values))])
