"""The applicant model described, for whoever shows it or takes values for it: the form, the commands, the tests.

All of it is read off the model's own annotations; there is no second list of fields. `members` describes any model.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from dataclasses import field as attribute
from datetime import date
from decimal import Decimal, InvalidOperation
from functools import cache
from types import MappingProxyType, NoneType
from typing import Annotated, Any, Literal, get_args, get_origin

from pydantic import BaseModel, TypeAdapter, ValidationError
from pydantic.fields import FieldInfo

from engine.document import Invalid, Problem, reason_of
from engine.facts import Applicant
from engine.months import Month
from engine.words import word

Kind = Literal["text", "date", "month", "money", "integer", "decimal", "boolean", "choice", "choices", "texts"]
_KINDS: dict[type, Kind] = {
    str: "text",
    date: "date",
    Month: "month",
    int: "integer",
    Decimal: "decimal",
    bool: "boolean",
}
_FLAGS = {"true": True, "false": False}


@dataclass(frozen=True, slots=True)
class Field:
    """One fact that can be known: where it stands (without row numbers) and what kind of value it takes.

    `words` is the table of the catalogue that names it, `choice_words` the one that names its choices, where that is
    not a table of its own.
    """

    path: str
    kind: Kind
    choices: tuple[str, ...] = ()
    annotation: Any = attribute(default=None, repr=False, compare=False)
    words: str = "fact"
    choice_words: str | None = None

    def label(self, language: str) -> str:
        """The name people read."""
        return word(f"{self.words}.{self.path}", language)

    def choice_label(self, choice: str, language: str) -> str:
        """The name people read for one of `choices`."""
        return word(f"{self.choice_words or f'value.{self.path}'}.{choice}", language)


@dataclass(frozen=True, slots=True)
class Section:
    """A group of facts; `repeats` where it has rows. The facts of the person themselves have the path ""."""

    path: str
    repeats: bool
    fields: "tuple[Field | Section, ...]"
    words: str = "fact"

    def label(self, language: str) -> str:
        """The name people read."""
        return word(f"{self.words}.{self.path}" if self.path else self.words, language)


@cache
def sections() -> tuple[Section, ...]:
    """The whole model, in its own order: the facts of the person first, then each group."""
    found = tuple(members(Applicant))
    person = tuple(m for m in found if isinstance(m, Field))
    return (Section("", False, person), *(m for m in found if isinstance(m, Section)))


def members(
    model: type[BaseModel], words: str = "fact", choice_words: Mapping[str, str] = MappingProxyType({})
) -> Iterator[Field | Section]:
    """What a model has, in its own order; `choice_words` by path. Documents within it (`filed`) are no fields."""
    return _members(model, "", words, choice_words)


def field(path: str) -> Field:
    """The field at a path without row numbers (`education.level`); `KeyError` where there is none."""
    return _by_path()[path]


def every() -> list[Field]:
    """All fields of the model."""
    return list(_by_path().values())


def parse_value(field: Field, text: str) -> Any:
    """A value as a machine writes it (`2015-07`, `12500`, `true`, `age,title`), as the JSON the document keeps.

    `Invalid` with what was expected where the text is not such a value.
    """
    adapter = _adapter(field)
    try:
        return adapter.dump_python(adapter.validate_python(_candidate(field.kind, text)), mode="json")
    except ValidationError as error:
        details = error.errors(include_url=False)
        raise Invalid([Problem(field.path, text, reason_of(detail)) for detail in details]) from None


def _candidate(kind: Kind, text: str) -> Any:
    """What the model is asked to take; text that cannot be of the kind is left for the model to refuse."""
    text = text.strip()
    match kind:
        case "money" | "integer":
            digits = text.removeprefix("-")
            return int(text) if digits.isascii() and digits.isdigit() and len(digits) < 20 else text
        case "decimal":
            try:
                return Decimal(text)
            except InvalidOperation:
                return text
        case "boolean":
            return _FLAGS.get(text, text)
        case "choices" | "texts":
            return [part.strip() for part in text.split(",")]
        case _:
            return text


@cache
def _by_path() -> dict[str, Field]:
    return {found.path: found for section in sections() for found in _fields(section)}


@cache
def _adapter(field: Field) -> TypeAdapter[Any]:
    return TypeAdapter(field.annotation)


def _fields(section: Section) -> Iterator[Field]:
    for member in section.fields:
        if isinstance(member, Field):
            yield member
        else:
            yield from _fields(member)


def _members(
    model: type[BaseModel], prefix: str, words: str, choice_words: Mapping[str, str]
) -> Iterator[Field | Section]:
    # what a group shares with others (the evidence) comes after what is its own
    for name, info in sorted(model.model_fields.items(), key=lambda item: item[0] not in model.__annotations__):
        # a row's own name in the store is not a fact and never shown
        if name != "id" and get_origin(_known(info.annotation)) is not dict:
            yield _member(prefix + (info.alias or name), info, words, choice_words)


def _member(path: str, info: FieldInfo, words: str, choice_words: Mapping[str, str]) -> Field | Section:
    known = _known(info.annotation)
    plain = _bare(known)
    repeats = get_origin(plain) is list
    item = _bare(get_args(plain)[0]) if repeats else plain
    if isinstance(item, type) and issubclass(item, BaseModel):
        return Section(path, repeats, tuple(_members(item, path + ".", words, choice_words)), words)
    if get_origin(item) is Literal:
        return Field(path, "choices" if repeats else "choice", get_args(item), known, words, choice_words.get(path))
    if repeats:
        return Field(path, "texts", (), known, words)
    return Field(path, "money" if _in_yuan(known, info) else _KINDS[item], (), known, words)


def _known(annotation: Any) -> Any:
    """The annotation of a value that is there (`X | None` is X)."""
    kinds = [part for part in get_args(annotation) if part is not NoneType]
    return kinds[0] if NoneType in get_args(annotation) else annotation


def _bare(annotation: Any) -> Any:
    return get_args(annotation)[0] if get_origin(annotation) is Annotated else annotation


def _in_yuan(annotation: Any, info: FieldInfo) -> bool:
    notes = [*get_args(annotation), info]
    return any(isinstance(n, FieldInfo) and n.json_schema_extra == {"format": "yuan"} for n in notes)
