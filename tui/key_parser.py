"""What a terminal sends, read as keys: `esc` and the key after it are two keys, also where they come in one piece.
What no terminal sends in earnest (a window of a million columns, a key that is no character) is passed over.

A slow line, or whoever types fast, delivers the two together. Textual takes that for Alt and the key, or for the key
alone: the `esc` is lost, and what comes after it goes on in a field that was to be left. No key of ours has Alt in it.
"""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress

from textual import events
from textual._xterm_parser import BRACKETED_PASTE_END, BRACKETED_PASTE_START, XTermParser
from textual.keys import Keys
from textual.message import Message

from tui.unsafe import UNSAFE

ESC = "\x1b"
# What Alt with an arrow or with backspace sends on some terminals (macOS): by words, in a field. Taken for `esc` it
# would leave the field, and what is typed next would be commands.
BY_WORDS = frozenset("bf\x7f")
LARGEST = 1000  # columns or lines of a window
TYPED_AT_ONCE = 64  # characters: more in one piece is a paste


class KeyParser(XTermParser):
    """Textual's parser, that keeps `esc` and the next key apart.

    A long paste comes in pieces, and the end in one of them may be of its own text. It counts once nothing more has
    come for a moment, or a key has: until then what comes is of the paste.
    """

    _held = ""  # an end of a paste that may not be the last, and what came behind it
    _fed = False  # since the last tick

    def feed(self, data: str) -> Iterable[Message]:
        self._fed = True
        if not data:  # nothing will come any more
            yield from self._released()
            yield from super().feed(data)
            return
        more = len(data) > TYPED_AT_ONCE or _ends(self._held + data) > _ends(self._held)
        if self._held and not more:
            yield from self._released()
        data, self._held = self._held + data, ""
        if more and len(data) > TYPED_AT_ONCE:
            data = _one_end(data)
            data, self._held = data[: (at := _end_in(data))], data[at:]
        yield from self._messages(data)

    def tick(self) -> Iterable[Message]:
        if not self._fed:
            yield from self._released()
        self._fed = False
        yield from super().tick()

    def _released(self) -> Iterable[Message]:
        data, self._held = self._held, ""
        yield from self._messages(data)

    def _messages(self, data: str) -> Iterable[Message]:
        if not data:
            return
        for message in super().feed(_one_end(data)):
            if not isinstance(message, events.Resize):
                if not (isinstance(message, events.Key) and _is_no_character(message.character)):
                    yield message
            elif 0 < message.size.width <= LARGEST and 0 < message.size.height <= LARGEST:
                yield message
            else:
                self.terminal_size, self.mouse_pixels = None, False

    def parse_mouse_code(self, code: str) -> Message | None:
        with suppress(ZeroDivisionError):  # in a window that says it is no pixel wide
            return super().parse_mouse_code(code)
        return None

    def _parse_extended_key(self, sequence: str) -> list[events.Key] | None:  # type: ignore[override]
        try:
            return super()._parse_extended_key(sequence)
        except (ValueError, OverflowError):  # the number of no character
            return [events.Key(Keys.Ignore, sequence)]

    def _sequence_to_key_events(self, sequence: str, alt: bool = False) -> Iterable[events.Key]:
        came_together = len(sequence) == 2 and sequence[0] == ESC and sequence[1] not in BY_WORDS | {ESC, "[", "O"}
        if alt or came_together:
            yield events.Key("escape", ESC)
        yield from super()._sequence_to_key_events(sequence[-1] if came_together else sequence)


def _is_no_character(character: str | None) -> bool:
    return character is not None and not character.isascii() and UNSAFE.search(character) is not None


def _ends(data: str) -> int:
    return data.count(BRACKETED_PASTE_END)


def _end_in(data: str) -> int:
    """Where the last end of a paste begins, or what may become one; the length where there is none."""
    if (at := data.rfind(BRACKETED_PASTE_END)) >= 0:
        return at
    longest = range(len(BRACKETED_PASTE_END) - 1, 0, -1)
    return len(data) - next((n for n in longest if data.endswith(BRACKETED_PASTE_END[:n])), 0)


def _one_end(data: str) -> str:
    """What came, with one end to each paste, the last: text that holds an end itself would go on as keys."""
    if _ends(data) < 2:
        return data
    pieces = [piece.rpartition(BRACKETED_PASTE_END) for piece in data.split(BRACKETED_PASTE_START)]
    return BRACKETED_PASTE_START.join(
        f"{before.replace(BRACKETED_PASTE_END, '')}{end}{after}" for before, end, after in pieces
    )
