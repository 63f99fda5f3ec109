"""Text to plain data, TOML or JSON: bounded, unchecked; what does not parse is told by its place."""

import json
import re
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation
from typing import Any, Literal

import tomli

from engine import bounds
from engine.problem import Invalid, Problem, plain, told
from engine.reason import Reason

TOO_DEEP = Reason("fact.too_deep", {})
_TOO_LONG_A_NUMBER = Reason("fact.too_long_a_number", {"most": bounds.DIGITS})
_UNFIT = re.compile("[\ud800-\udfff]")


def read(text: str | bytes, form: Literal["toml", "json"]) -> dict[str, Any]:
    """A file's content as plain data, unchecked; `Invalid` with one problem of key "" where it does not parse."""
    try:
        content = text.decode("utf-8-sig") if isinstance(text, bytes) else text.removeprefix("\ufeff")
        if bounds.too_deep(content, form):
            raise Invalid([Problem("", None, TOO_DEEP)])
        loaded = tomli.loads(content, parse_float=_number) if form == "toml" else _from_json(content)
    except UnicodeDecodeError as error:
        assert isinstance(text, bytes)
        line, column = _position(text[: error.start].decode("utf-8", "replace"))
        raise Invalid([Problem("", None, Reason("fact.not_utf8", {"line": line, "column": column}))]) from None
    except json.JSONDecodeError as error:
        raise Invalid([_unparsable("JSON", error.lineno, error.colno, error.msg)]) from None
    except tomli.TOMLDecodeError as error:
        message, line, column = _toml_place(str(error), content)
        raise Invalid([_unparsable("TOML", line, column, message)]) from None
    except ValueError:  # an integer of thousands of digits, which tomli lets through to int()
        raise Invalid([Problem("", None, _TOO_LONG_A_NUMBER)]) from None
    if not isinstance(loaded, dict):
        raise Invalid([Problem("", plain(loaded), Reason("fact.not_a_table", {}))])
    if beyond := list(_beyond(loaded)):
        raise Invalid(told(beyond))
    return loaded


def _number(digits: str) -> Any:
    """A number as written, exactly; one so long, or so large, that it is none of ours is left to `_beyond`."""
    try:
        number = Decimal(digits) if len(digits) <= bounds.DIGITS else None
    except InvalidOperation:
        number = None
    return _TooLong(digits) if number is None or abs(number.adjusted()) > bounds.DIGITS else number


def _integer(digits: str) -> int | str:
    return int(digits) if len(digits) <= bounds.DIGITS else _TooLong(digits)


class _TooLong(str):
    """The digits of a number that is too long to be reckoned with."""

    __slots__ = ()


def _beyond(value: Any, key: str = "") -> Iterator[Problem]:
    """What in a file is more than any applicant's facts are, in the file's order. Rows are counted by the model."""
    if isinstance(value, dict):
        if len(value) > bounds.KEYS:
            yield Problem(key, len(value), Reason("fact.too_many_keys", {"most": bounds.KEYS}))
        elif key.count(".") > bounds.DEPTH:
            yield Problem(key, None, TOO_DEEP)
        else:
            for name, item in value.items():
                if _UNFIT.search(name):  # which no library tells the place of
                    yield Problem(key, None, Reason("fact.key_unfit", {}))
                else:
                    yield from _beyond(item, f"{key}.{name}" if key else name)
    elif isinstance(value, list):
        for place, item in enumerate(value):
            yield from _beyond(item, f"{key}.{place}")
    elif isinstance(value, _TooLong):
        yield Problem(key, f"{value[: bounds.DIGITS]}…", _TOO_LONG_A_NUMBER)
    elif type(value) is int and value.bit_length() > 4 * bounds.DIGITS:  # TOML's hexadecimal ones have no bound
        yield Problem(key, None, _TOO_LONG_A_NUMBER)


def _unparsable(form: str, line: int, column: int, message: str) -> Problem:
    values = {"form": form, "line": line, "column": column, "message": message}
    return Problem("", None, Reason("fact.unparsable", values))


def _position(before: str) -> tuple[int, int]:
    return before.count("\n") + 1, len(before) - (before.rfind("\n") + 1) + 1


def _toml_place(message: str, content: str) -> tuple[str, int, int]:
    """tomli tells the place in its message, `(at line 3, column 5)` or `(at end of document)`."""
    text, _, place = message.rpartition(" (at ")
    digits = "".join(c if c.isdigit() else " " for c in place).split()
    return (text or message, *((int(digits[0]), int(digits[1])) if len(digits) == 2 else _position(content)))


class _Twice(ValueError):
    pass


def _from_json(content: str) -> Any:
    def once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        table = dict(pairs)
        if len(table) != len(pairs):
            raise _Twice(next(name for name, count in Counter(name for name, _ in pairs).items() if count > 1))
        return table

    def constant(name: str) -> Any:
        raise _Twice(name)

    try:
        return json.loads(
            content, parse_float=_number, parse_int=_integer, object_pairs_hook=once, parse_constant=constant
        )
    except _Twice as error:
        name = str(error)
        code = "fact.not_a_number" if name.lstrip("-") in {"NaN", "Infinity"} else "fact.key_twice"
        raise Invalid([Problem("", name, Reason(code, {"key": name}))]) from None
