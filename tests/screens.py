"""Looking at a screen as people do: its lines as text."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from textual.app import App

from engine import words
from tui import text


def screen_lines(app: App[Any]) -> list[str]:
    """The lines of what is shown now, without the blanks at their ends."""
    return [strip.text.rstrip() for strip in app.screen._compositor.render_strips()]


def screen_text(app: App[Any]) -> str:
    """What is shown now as one text. It holds no catalogue key and no brace: that would be a word left out."""
    shown = "\n".join(screen_lines(app))
    keys = [key for key in _dotted_keys() if key in shown]
    assert not keys, f"catalogue keys on the screen: {keys}\n{shown}"
    assert "{" not in shown and "}" not in shown, f"a brace on the screen\n{shown}"
    return shown


def _dotted_keys() -> list[str]:
    catalogues: list[Mapping[str, str]] = [text.catalogue("zh"), words.catalogue("zh")]
    return [key for catalogue in catalogues for key in catalogue if "." in key]
