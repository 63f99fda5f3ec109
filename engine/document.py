"""The applicant file: text to facts and back, with every error of a file told, in the file's order."""

import difflib
import json
import tomllib
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any, Literal, NamedTuple, get_args

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from engine.contradictions import contradictions
from engine.facts import KINDS_ALONE, Applicant
from engine.reason import Reason
from engine.words import say

_TOO_DEEP = Reason("fact.too_deep", {})


class Problem(NamedTuple):
    """One thing wrong with a file: the key (`education.0.level`, "" for the whole), the value, what was expected."""

    key: str
    value: Any
    reason: Reason


class Invalid(Exception):
    """The facts cannot be taken; `problems` has all of them, in the order of the file."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__("; ".join(f"{p.key}: {p.reason.code}" for p in problems))
        self.problems = problems


def parse(text: str | bytes, form: Literal["toml", "json"]) -> Applicant:
    """The applicant a file describes; `Invalid` with every problem otherwise."""
    return validate(read(text, form))


def read(text: str | bytes, form: Literal["toml", "json"]) -> dict[str, Any]:
    """A file's content as plain data, unchecked; `Invalid` with one problem of key "" where it does not parse."""
    try:
        content = text.decode("utf-8-sig") if isinstance(text, bytes) else text.removeprefix("\ufeff")
        loaded = tomllib.loads(content, parse_float=Decimal) if form == "toml" else _from_json(content)
    except UnicodeDecodeError as error:
        assert isinstance(text, bytes)
        line, column = _position(text[: error.start].decode("utf-8", "replace"))
        raise Invalid([Problem("", None, Reason("fact.not_utf8", {"line": line, "column": column}))]) from None
    except json.JSONDecodeError as error:
        raise Invalid([_unparsable("JSON", error.lineno, error.colno, error.msg)]) from None
    except tomllib.TOMLDecodeError as error:
        message, line, column = _toml_place(str(error), content)
        raise Invalid([_unparsable("TOML", line, column, message)]) from None
    except RecursionError:
        raise Invalid([Problem("", None, _TOO_DEEP)]) from None
    if not isinstance(loaded, dict):
        raise Invalid([Problem("", plain(loaded), Reason("fact.not_a_table", {}))])
    return loaded


def _unparsable(form: str, line: int, column: int, message: str) -> Problem:
    values = {"form": form, "line": line, "column": column, "message": message}
    return Problem("", None, Reason("fact.unparsable", values))


def _position(before: str) -> tuple[int, int]:
    return before.count("\n") + 1, len(before) - (before.rfind("\n") + 1) + 1


def _toml_place(message: str, content: str) -> tuple[str, int, int]:
    """tomllib tells the place in its message, `(at line 3, column 5)` or `(at end of document)`."""
    text, _, place = message.rpartition(" (at ")
    digits = "".join(c if c.isdigit() else " " for c in place).split()
    return (text or message, *((int(digits[0]), int(digits[1])) if len(digits) == 2 else _position(content)))


class _Twice(ValueError):
    pass


def _from_json(content: str) -> Any:
    def once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        table = dict(pairs)
        if len(table) != len(pairs):
            names = [name for name, _ in pairs]
            raise _Twice(next(name for name in names if names.count(name) > 1))
        return table

    def constant(name: str) -> Any:
        raise _Twice(name)

    try:
        return json.loads(content, parse_float=Decimal, object_pairs_hook=once, parse_constant=constant)
    except _Twice as error:
        name = str(error)
        code = "fact.not_a_number" if name.lstrip("-") in {"NaN", "Infinity"} else "fact.key_twice"
        raise Invalid([Problem("", name, Reason(code, {"key": name}))]) from None


def validate(document: Mapping[str, Any]) -> Applicant:
    """The applicant a document describes; `Invalid` with every problem otherwise."""
    try:
        return _checked(document)
    except RecursionError:
        raise Invalid([Problem("", None, _TOO_DEEP)]) from None


def problems(document: Mapping[str, Any]) -> list[Problem]:
    """All that is wrong with a document, in its own order; empty where it is right."""
    try:
        validate(document)
    except Invalid as invalid:
        return invalid.problems
    return []


def _checked(document: Mapping[str, Any]) -> Applicant:
    found: list[Problem] = []
    try:
        applicant = Applicant.model_validate(document, context=KINDS_ALONE)
    except ValidationError as error:
        details = error.errors(include_url=False)
        found = [_problem(detail, document) for detail in details]
        # what is left is looked at as well, so that a contradiction is told beside a misspelling
        applicant = Applicant.model_validate(_without(document, details), context=KINDS_ALONE)
    found.extend(Problem(c.key, plain(c.value), c.reason) for c in contradictions(applicant))
    if found:
        raise Invalid(sorted(found, key=lambda p: _place(document, p.key.split("."))))
    return applicant


def _problem(detail: ErrorDetails, document: Any) -> Problem:
    key = ".".join(str(step) for step in detail["loc"])
    return Problem(key, plain(_at(document, detail["loc"])), reason_of(detail))


def reason_of(detail: ErrorDetails) -> Reason:
    """What was expected, from an error of the model."""
    kind = detail["type"]
    if kind == "extra_forbidden":
        known = _keys_at(detail["loc"][:-1])
        near = difflib.get_close_matches(str(detail["loc"][-1]), known, n=1)
        return (
            Reason("fact.unknown_key_near", {"near": near[0]}) if near else Reason("fact.unknown_key", {"known": known})
        )
    if kind == "literal_error":
        choices = _choices(str(detail["ctx"]["expected"]))
        near = difflib.get_close_matches(str(detail["input"]), choices, n=1)
        if near:
            return Reason("fact.choice_near", {"choices": choices, "near": near[0]})
        return Reason("fact.choice", {"choices": choices})
    if kind == "missing":
        return Reason("fact.required", {})
    if kind == "list_type":
        return Reason("fact.rows", {})
    if kind in {"model_type", "dict_type", "model_attributes_type"}:
        return Reason("fact.table", {})
    # every other error is one of engine.kinds
    return Reason(f"fact.{kind}", dict(detail.get("ctx", {})))


def _choices(expected: str) -> list[str]:
    return [part.strip().strip("'") for part in expected.replace(" or ", ", ").split(",")]


def _keys_at(loc: tuple[int | str, ...]) -> list[str]:
    model: type[BaseModel] = Applicant
    for step in loc:
        if isinstance(step, str):
            field = next(f for name, f in model.model_fields.items() if (f.alias or name) == step)
            model = next(m for m in _models(field.annotation))
    return [f.alias or name for name, f in model.model_fields.items()]


def _models(annotation: Any) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for argument in get_args(annotation):
        yield from _models(argument)


def _at(document: Any, loc: tuple[int | str, ...]) -> Any:
    for step in loc:
        try:
            document = document[step]
        except (KeyError, IndexError, TypeError):
            return None
    return document


def _without(document: Mapping[str, Any], details: list[ErrorDetails]) -> dict[str, Any]:
    """The document without its wrong values. Rows keep their places, so that keys still name them."""
    right: dict[str, Any] = _copied(document)
    for detail in details:
        *way, last = detail["loc"]
        if way and way[0] == "offence":  # its keys are required, and nothing contradicts an offence
            right.pop("offence", None)
            continue
        if isinstance(last, int) and detail["type"] != "model_type":  # an item of a plain list: leave out the list
            *way, last = way
        parent = _at(right, tuple(way))
        if isinstance(last, int) and isinstance(parent, list):
            parent[last] = {}
        elif isinstance(parent, dict):
            parent.pop(last, None)
    return right


def _copied(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {name: _copied(item) for name, item in value.items()}
    return [_copied(item) for item in value] if isinstance(value, list) else value


def _place(document: Any, key: list[str]) -> tuple[int, ...]:
    """Where a key stands in the document; one that is not there comes after its neighbours."""
    place: list[int] = []
    for step in key:
        if isinstance(document, Mapping):
            names = list(document)
            place.append(names.index(step) if step in names else len(names))
            document = document.get(step)
        elif isinstance(document, list) and step.isdigit():
            place.append(int(step))
            document = document[int(step)] if int(step) < len(document) else None
        else:
            break
    return tuple(place)


def dump(applicant: Applicant) -> dict[str, Any]:
    """The facts as JSON-able data: only the keys that are known, in the order of the model.

    A group that is there with nothing in it stays (`[employment]` alone says that there is an employer).
    """
    return applicant.model_dump(mode="json", by_alias=True, exclude_defaults=True)


def plain(value: Any) -> Any:
    """A value as JSON shows it (days and exact numbers as people write them)."""
    # the leaves first: most of a document is these
    if value is None or isinstance(value, (str, bool, float)) or type(value) is int:
        return value
    if isinstance(value, Mapping):
        return {str(k): plain(v) for k, v in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(v) for v in value]
    if isinstance(value, Decimal):
        return float(value)
    return str(value)


def say_problem(problem: Problem, language: str) -> str:
    """A problem as one sentence without its key: what was expected, and what to do."""
    return say(problem.reason, language)
