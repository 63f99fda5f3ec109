"""The form: which facts are shown in which order, how they are called, and how a value reads and is typed.

Made from the model (`engine.fields`), not beside it: what is written here is only the order (what earns comes
first, what serves the office comes folded), and which keys sum a row up. A section that the model gains and this
page does not know appears by itself, after the others.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import cache
from typing import Any, Final

from rich.cells import cell_len

from engine import masks
from engine.fields import Field, Section, sections
from engine.reason import Reason
from engine.words import word
from engine.workflow import STATUSES
from models.office_fields import office_field, office_sections
from models.paths import APPLICANT, field_of, word_of
from tui.signs import clean
from tui.text import LANGUAGES, text
from tui.typed import Option, Value, understand

EARNING: Final = (
    "", "permit", "employment", "education", "qualification", "insurance", "spouse", "service", "talent", "award",
    "investment", "offence", "child",
)  # fmt: skip

# What the workspace keeps of a case beside the applicant's facts: no part of the document, same form.
CASE: Final = Section(
    "case",
    False,
    (
        Field("status", "choice", tuple(STATUSES)),
        Field("consultant", "text"),
        Field("tags", "texts"),
        Field("need_by", "date"),
    ),
)
OF_CASE: Final = frozenset(field.path for field in CASE.fields)

SUMMARIES: Final[Mapping[str, Sequence[str]]] = {
    "permit": ("valid_until", "kind"),
    "employment": ("employer", "district"),
    "employment.hr": ("name", "phone"),
    "education": ("level", "degree", "graduated", "school"),
    "qualification": ("level", "name", "obtained"),
    "insurance": ("from", "to", "base", "pay_kind", "province"),
    "spouse": ("name", "shanghai_hukou", "married"),
    "service": ("kind", "from", "to"),
    "talent": ("kind", "from", "to"),
    "award": ("level", "granted"),
    "investment": ("year", "company", "tax_paid", "local_staff"),
    "offence": ("kind", "date"),
    "child": ("name", "birth_date", "school"),
    "contact": ("called", "phone"),
    "hukou": ("province", "kind"),
    "contract": ("from", "to", "employer"),
    "work": ("from", "to", "unit"),
    "tax": ("from", "to", "income"),
    "archive": ("location", "holder"),
    "notice": ("valid_until", "score"),
    "case": ("status", "consultant"),
    "what_ifs": ("line", "kept"),
    "tasks": ("what", "due", "owner", "done"),
    "applications": ("kind", "opened", "district", "receipt", "outcome"),
    "applications.returns": ("on", "where", "reasons", "text"),
    "steps": ("stage", "on", "because"),
    "papers": ("code", "state", "since"),
    "notes": ("on", "by", "text"),
    "fees": ("what", "amount", "received"),
    "snoozes": ("what", "until"),
}
UNREMARKABLE: Final = frozenset({"normal", "none", "permit"})
OPEN_ENDS: Final = frozenset({"to", "contract_until"})


@cache
def form() -> tuple[Section, ...]:
    """The sections in the order of the screen; one inside another (`employment.hr`) follows it as its own."""
    known = {section.path: section for section in _flat(sections())}
    earning = [known.pop(path) for path in EARNING if path in known]
    return (*earning, *known.values(), CASE)


def office(section: Section) -> bool:
    """Whether the section serves the form, the papers and the messages rather than the score."""
    return section.path not in EARNING


def plain_fields(section: Section) -> tuple[Field, ...]:
    """The fields of a section, without the sections inside it."""
    return tuple(member for member in section.fields if isinstance(member, Field))


@cache
def field_at(path: str) -> Field:
    """The field at a path without rows, the case's own among them; `KeyError` where there is none."""
    return {field.path: field for section in form() for field in plain_fields(section)}[path]


@cache
def section_at(path: str) -> Section:
    """The section at a path, or a list of rows the office keeps; `KeyError` where there is none."""
    return ({section.path: section for section in form()} | office_sections())[path]


def of(path: str) -> Field:
    """The field that a path in a case leads to."""
    if path in OF_CASE or path.startswith(f"{APPLICANT}."):
        return field_at(path if path in OF_CASE else field_of(path))
    return office_field(field_of(path))


def has(path: str) -> bool:
    """Whether a path in a case leads to a field of this form; the rows the office keeps have forms of their own."""
    if path not in OF_CASE and not path.startswith(f"{APPLICANT}."):
        return False
    try:
        of(path)
    except KeyError:
        return False
    return True


def name(path: str, language: str) -> str:
    """The name of whatever a path leads to: a field, a row's section, the case."""
    return word(word_of(path), language)


def path_of(section: Section) -> str:
    """The path of a section in a case; the case's own facts have none in common and are named `case`."""
    if section is CASE:
        return CASE.path
    return f"{APPLICANT}.{section.path}" if section.path else APPLICANT


def _flat(found: Sequence[Field | Section]) -> Iterator[Section]:
    for section in found:
        if isinstance(section, Section):
            yield section
            yield from _flat(section.fields)


def section_label(section: Section, language: str) -> str:
    """The name of a section."""
    return text("case.of_case", language) if section is CASE else section.label(language)


@cache
def label(field: Field, language: str) -> str:
    """The name of a field."""
    return word(f"write.field.{field.path}", language) if field.path in OF_CASE else field.label(language)


@cache
def longest_label(section: str, language: str) -> int:
    """The width in cells of the longest name of a field of the section at a path."""
    return max(cell_len(label(field, language)) for field in plain_fields(section_at(section)))


@cache
def options(field: Field, language: str) -> tuple[Option, ...]:
    """What a field can be chosen from, in the model's order; nothing for a field that is typed freely."""
    if field.path == "status":
        return tuple(Option(status, word(f"status.{status}", language)) for status in field.choices)
    if field.kind == "boolean":
        return tuple(Option(flag, word(f"value.{flag}", language)) for flag in ("true", "false"))
    return tuple(Option(choice, field.choice_label(choice, language)) for choice in field.choices)


def shown(field: Field, value: Any, language: str, *, whole: bool = False) -> str:
    """A value as people read it; nothing for one that is not known. ID numbers and phone numbers are masked unless
    they are wanted `whole`, also where the office has written them freely."""
    if value is None:
        return ""
    if not whole and isinstance(value, str) and field.kind == "text":
        kind = masks.kind_of(field)
        value = masks.in_text(value) if kind is None and field.words != "fact" else masks.masked(kind, value)
    if field.kind == "money" and isinstance(value, int):
        return f"{value:,}"
    return typed(field, value, language)


def typed(field: Field, value: Any, language: str) -> str:
    """A value as it stands in the editor: what, typed, gives the value again."""
    if value is None:
        return ""
    if field.kind == "boolean":
        return word("value.true" if value else "value.false", language)
    labels = {option.id: option.label for option in options(field, language)}
    if isinstance(value, list):
        return word("list.and", language).join(labels.get(str(item), str(item)) for item in value)
    return labels.get(str(value), str(value))


def understood(path: str, said: str, today: date, language: str) -> Value | Reason:
    """The value of what is typed at a field of a case, or why it is none: `typed`, turned round.

    A draft may have been typed in another language than is now shown.
    """
    if path == "status" and not clean(said):
        return Reason("typed.status_needed", {})
    field = of(path)
    first: Value | Reason = None
    for known in sorted(LANGUAGES, key=lambda known: known != language):
        value = understand(field.kind, said, today, options=options(field, known), open_end=open_end(field))
        if not isinstance(value, Reason):
            return value
        first = first or value
    return first


def open_end(field: Field) -> bool:
    """Whether the field ends a span that may be left open (`至今`)."""
    return field.path.rpartition(".")[2] in OPEN_ENDS


def summary(section: Section, values: Mapping[str, Any], language: str, *, whole: bool = False) -> str:
    """A row, or a section without rows, in a few words; nothing where nothing is known of it."""
    by_key = {field.path.rpartition(".")[2]: field for field in plain_fields(section)}
    parts: list[str] = []
    for key in SUMMARIES.get(section.path, tuple(by_key)[:3]):
        value = values.get(key)
        if key == "to" and values.get("from"):
            parts[-1] = f"{parts[-1]} – {value or text('case.till_now', language)}"
        elif value is None or value in UNREMARKABLE:
            continue
        elif key == "degree" and parts:
            parts[-1] = f"{parts[-1]}·{shown(by_key[key], value, language, whole=whole)}"
        elif key == "graduated":
            parts.append(str(value)[:4])
        elif key == "valid_until":
            parts.append(text("case.until", language, day=value))
        elif by_key[key].kind == "boolean":
            parts.append(f"{label(by_key[key], language)} {shown(by_key[key], value, language, whole=whole)}")
        else:
            parts.append(shown(by_key[key], value, language, whole=whole))
    return "  ".join(parts)
