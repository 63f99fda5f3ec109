"""The applicant file: text to facts and back, with every error of a file told, in the file's order."""

import difflib
from collections.abc import Iterator, Mapping
from typing import Any, Literal, get_args

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from engine import bounds
from engine.contradictions import contradictions
from engine.facts import KINDS_ALONE, Applicant
from engine.plain_data import TOO_DEEP, read
from engine.problem import Invalid, Problem, plain, told
from engine.reason import Reason
from engine.words import say

__all__ = ["Invalid", "Problem", "dump", "parse", "plain", "problems", "read", "reason_of", "say_problem", "validate"]


def parse(text: str | bytes, form: Literal["toml", "json"]) -> Applicant:
    """The applicant a file describes; `Invalid` with every problem otherwise."""
    return validate(read(text, form))


def validate(document: Mapping[str, Any]) -> Applicant:
    """The applicant a document describes; `Invalid` with every problem otherwise."""
    try:
        return _checked(document)
    except RecursionError:
        raise Invalid([Problem("", None, TOO_DEEP)]) from None


def problems(document: Mapping[str, Any]) -> list[Problem]:
    """All that is wrong with a document, in its own order; empty where it is right."""
    try:
        validate(document)
    except Invalid as invalid:
        return invalid.problems
    return []


def _checked(document: Mapping[str, Any]) -> Applicant:
    found: list[Problem] = []
    more = 0
    try:
        applicant = Applicant.model_validate(document, context=KINDS_ALONE)
    except ValidationError as error:
        details = error.errors(include_url=False)
        details.sort(key=lambda detail: _place(document, [str(step) for step in detail["loc"]]))
        found = [_problem(detail, document) for detail in details[: bounds.TOLD]]
        more = len(details) - len(found)
        # what is left is looked at as well, so that a contradiction is told beside a misspelling
        applicant = Applicant.model_validate(_without(document, details), context=KINDS_ALONE)
    found.extend(Problem(c.key, plain(c.value), c.reason) for c in contradictions(applicant))
    if found:
        raise Invalid(told(sorted(found, key=lambda p: _place(document, p.key.split("."))), more))
    return applicant


def _problem(detail: ErrorDetails, document: Any) -> Problem:
    key = ".".join(str(step) for step in detail["loc"])
    value = _at(document, detail["loc"])
    too_many = detail["type"] == "too_long" and isinstance(value, list)
    return Problem(key, len(value) if too_many else plain(value), reason_of(detail))


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
    if kind == "string_unicode":  # half of a sign that JSON writes in two
        return Reason("fact.text", {})
    if kind == "missing":
        return Reason("fact.required", {})
    if kind == "too_long" and "max_length" in detail.get("ctx", {}):
        return Reason("fact.too_many_rows", {"most": detail["ctx"]["max_length"]})
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
        elif isinstance(document, list) and step.isascii() and step.isdigit() and len(step) < 6:
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


def say_problem(problem: Problem, language: str) -> str:
    """A problem as one sentence without its key: what was expected, and what to do."""
    return say(problem.reason, language)
