"""The words on the screens' furniture: titles, keys, questions, messages; Chinese and English.

What the rules say (indicators, reasons, statuses, facts) stands in `engine.words`; `say` asks both.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.resources import files

import tomli

from engine import words
from engine.reason import Reason

LANGUAGES = words.LANGUAGES


@cache
def catalogue(language: str) -> Mapping[str, str]:
    """All texts of a language by dotted key."""
    tables = tomli.loads(files("tui").joinpath("text", f"{language}.toml").read_text(encoding="utf-8"))
    return dict(words.flatten(tables))


def text(key: str, language: str, /, **values: object) -> str:
    """The words of a key, its template filled. A key that is not there raises KeyError."""
    return catalogue(language)[key].format(**values)


def say(reason: Reason, language: str) -> str:
    """A reason in words: the screens' own reasons first, then the engine's."""
    template = catalogue(language).get(f"reason.{reason.code}")
    return words.say(reason, language) if template is None else template.format(**reason.values)
