"""`esc` and the key after it are two keys, be they in one piece, as a slow line delivers them."""

import pytest
from textual import constants, events

from tui import actions
from tui.key_parser import KeyParser

ESC = ("escape", "\x1b")
ARROWS = {"\x1b[B": "down", "\x1b[Z": "shift+tab", "\x1bOP": "f1", "\x1b[15~": "f5"}


def keys(sent: str, monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, str | None]]:
    """The keys read in what a terminal sends at once, with nothing after it."""
    monkeypatch.setattr(constants, "ESCAPE_DELAY", 0)
    parser = KeyParser()
    read = [*parser.feed(sent), *parser.tick()]
    assert all(isinstance(key, events.Key) for key in read)
    return [(key.key, key.character) for key in read if isinstance(key, events.Key)]


ONE_SIGN = sorted({key for action in actions.ACTIONS for key in action.keys if len(key) == 1} - {"f"})


@pytest.mark.parametrize("sign", [*ONE_SIGN, "\r", "\t", "\x10", "中", "１", "1", "[", "]", "O", "X"])
def test_esc_and_a_key_in_one_piece_are_the_same_two_keys_as_in_two(sign: str, monkeypatch: pytest.MonkeyPatch) -> None:
    assert keys("\x1b" + sign, monkeypatch) == [ESC, *keys(sign, monkeypatch)]


def test_what_comes_behind_them_is_read_on(monkeypatch: pytest.MonkeyPatch) -> None:
    assert keys("\x1bjj/ws", monkeypatch) == [ESC, ("j", "j"), ("j", "j"), ("slash", "/"), ("w", "w"), ("s", "s")]


@pytest.mark.parametrize("sent", ["\x1b", "\x1b\x1b"])
def test_esc_alone_is_esc(sent: str, monkeypatch: pytest.MonkeyPatch) -> None:
    assert keys(sent, monkeypatch) == [ESC] * len(sent)


@pytest.mark.parametrize("sent", ARROWS)
def test_a_key_that_is_sent_with_an_esc_in_front_is_that_key(sent: str, monkeypatch: pytest.MonkeyPatch) -> None:
    assert [key for key, _ in keys(sent, monkeypatch)] == [ARROWS[sent]]
    assert keys("\x1b" + sent, monkeypatch) == [ESC, *keys(sent, monkeypatch)]


@pytest.mark.parametrize(("sent", "key"), [("\x1bb", "ctrl+left"), ("\x1bf", "ctrl+right"), ("\x1b\x7f", "ctrl+w")])
def test_alt_with_an_arrow_goes_by_words_and_does_not_leave_the_field(
    sent: str, key: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert keys(sent, monkeypatch) == [(key, None)]
