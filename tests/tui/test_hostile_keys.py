"""What comes in at the keyboard that no keyboard sends: it ends nothing, resizes nothing, and runs as no command."""

import codecs
from typing import Any

import pytest
from textual import events
from textual.drivers import linux_driver

import tui.terminal  # noqa: F401 - takes its place in the driver
from tui.key_parser import LARGEST, KeyParser

START, END = "\x1b[200~", "\x1b[201~"


def came(*pieces: str) -> list[Any]:
    """The messages of what came, piece by piece, and of the moment after in which nothing came."""
    parser = KeyParser()
    found = [message for piece in pieces for message in [*parser.feed(piece), *parser.tick()]]
    return [*found, *parser.tick()]


def keys(*pieces: str) -> list[str]:
    return [message.key for message in came(*pieces) if isinstance(message, events.Key)]


def pasted(*pieces: str) -> list[str]:
    return [message.text for message in came(*pieces) if isinstance(message, events.Paste)]


def test_a_paste_that_holds_its_own_end_does_not_go_on_as_keys() -> None:
    text = f"{START}王{END}qyq{END}"
    assert keys(text + "j") == ["j"]
    assert pasted(text + "j") == ["王qyq"]


@pytest.mark.parametrize("size", [65, 66, 67, 100, 1000, 4096])
@pytest.mark.parametrize("end", [END, END * 3, f"{END}q{END}"])
def test_nor_does_a_long_one_that_comes_in_pieces(size: int, end: str) -> None:
    text = "王" * 150 + end + "qyq" + "x" * 700 + end + "qyq" * 50
    sent = f"{START}{text}{END}"
    pieces = [sent[at : at + size] for at in range(0, len(sent), size)]
    if len(pieces[-1]) > 6:  # else it may be a key that is pressed
        assert keys(*pieces) == []
        assert pasted(*pieces) == [text.replace(END, "")]
    assert keys(*pieces, "j")[-1] == "j"


def test_a_long_paste_waits_for_a_moment_only_and_not_once_a_key_comes() -> None:
    parser = KeyParser()
    sent = f"{START}{'王' * 100}{END}"
    assert not [*parser.feed(sent), *parser.tick()]
    assert [type(message) for message in parser.tick()] == [events.Paste]
    assert not [*parser.feed(sent), *parser.tick()]
    assert [type(message) for message in parser.feed("j")] == [events.Paste, events.Key]


def test_two_pastes_in_one_piece_are_two() -> None:
    assert pasted(f"{START}a{END}x{START}b{END}" + "y") == ["a", "b"]
    assert keys(f"{START}a{END}x{START}b{END}" + "y") == ["x", "y"]


@pytest.mark.parametrize("size", ["99999;99999", "0;80", "24;0", f"{LARGEST + 1};80", f"24;{LARGEST + 1}"])
def test_a_window_that_no_terminal_has_is_passed_over(size: str) -> None:
    assert not [one for one in came(f"\x1b[48;{size};0;0t") if isinstance(one, events.Resize)]


def test_a_window_that_one_may_have_is_taken() -> None:
    (resized,) = (one for one in came("\x1b[48;45;160;0;0t") if isinstance(one, events.Resize))
    assert resized.size == (160, 45)


def test_the_mouse_in_a_window_of_no_pixels_ends_nothing() -> None:
    assert keys("\x1b[48;45;160;0;0t\x1b[<0;10;10M", "j") == ["j"]


@pytest.mark.parametrize("number", ["2010101", "9999999999", "55296", "8238", "917505"])
def test_a_key_that_is_no_character_is_passed_over(number: str) -> None:
    assert keys(f"\x1b[{number}u", "j")[-1:] == ["j"]
    assert all(
        message.character is None or message.character.isascii()
        for message in came(f"\x1b[{number}u")
        if isinstance(message, events.Key)
    )


@pytest.mark.parametrize("sign", ["\u202e", "\u200b", "\x9b", "\U000e0071"])
def test_a_sign_that_hides_or_steers_is_no_key(sign: str) -> None:
    assert keys(f"a{sign}b") == ["a", "b"]


def test_bytes_that_are_no_utf_8_are_shown_as_such_and_end_nothing() -> None:
    decode = linux_driver.getincrementaldecoder("utf-8")().decode  # type: ignore[attr-defined]
    assert decode("王j".encode("gbk")).endswith("j")
    whole = "王".encode()
    assert decode(whole[:1]) + decode(whole[1:]) == "王"
    assert codecs.getincrementaldecoder("utf-8")().errors == "strict"  # nobody else's is changed
