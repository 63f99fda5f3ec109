"""What a terminal sends, read as keys: `esc` and the key after it are two keys, also where they come in one piece.

A slow line, or whoever types fast, delivers the two together. Textual takes that for Alt and the key, or for the key
alone: the `esc` is lost, and what comes after it goes on in a field that was to be left. No key of ours has Alt in it.
"""

from __future__ import annotations

from collections.abc import Iterable

from textual import events
from textual._xterm_parser import XTermParser

ESC = "\x1b"
# What Alt with an arrow or with backspace sends on some terminals (macOS): by words, in a field. Taken for `esc` it
# would leave the field, and what is typed next would be commands.
BY_WORDS = frozenset("bf\x7f")


class KeyParser(XTermParser):
    """Textual's parser, that keeps `esc` and the next key apart."""

    def _sequence_to_key_events(self, sequence: str, alt: bool = False) -> Iterable[events.Key]:
        came_together = len(sequence) == 2 and sequence[0] == ESC and sequence[1] not in BY_WORDS | {ESC, "[", "O"}
        if alt or came_together:
            yield events.Key("escape", ESC)
        yield from super()._sequence_to_key_events(sequence[-1] if came_together else sequence)
