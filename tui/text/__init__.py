"""The words on the screens' furniture: titles, keys, questions, messages; Chinese and English.

What the rules say (indicators, reasons, statuses, facts) stands in `engine.words`; `say` asks both.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Protocol

import tomli

from engine import words
from engine.reason import Reason

LANGUAGES = words.LANGUAGES


@cache
def catalogue(language: str) -> Mapping[str, str]:
    """All texts of a language by dotted key."""
    tables = tomli.loads(files("tui").joinpath("text", f"{language}.toml").read_text(encoding="utf-8"))
    return dict(words.flatten(tables))


class Pressed(Protocol):
    """By an action's id, the key it has; templates name it as `{press[app.undo]}`."""

    def __getitem__(self, action_id: str, /) -> str: ...


class _Usual:
    """The keys as the registry has them."""

    def __getitem__(self, action_id: str, /) -> str:
        from tui.actions import BY_ID, display  # loads Textual, which commands do without

        return display(BY_ID[action_id].keys[0])


USUAL: Pressed = _Usual()


def text(key: str, language: str, /, **values: object) -> str:
    """The words of a key, its template filled; `press` are the keys of whom it is told. A key that is not there raises
    KeyError."""
    return catalogue(language)[key].format(**{"press": USUAL, **values})


def say(reason: Reason, language: str, press: Pressed = USUAL) -> str:
    """A reason in words: the screens' own reasons first, then the engine's."""
    template = catalogue(language).get(f"reason.{reason.code}")
    return (
        words.say(reason, language)
        if template is None
        else template.format(**{"press": press, **words.spoken(reason, language)})
    )
