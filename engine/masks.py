"""Numbers that are not for every eye: ID numbers and phone numbers, cut down to what tells them apart.

Which facts are such numbers their types say (`engine.kinds`). What people write freely is looked through for them.
"""

import re
from collections.abc import Mapping
from functools import cache
from typing import Any

from stdnum.cn import ric
from stdnum.exceptions import ValidationError as NumberError

from engine import fields
from engine.kinds import Masked

STAR = "*"
_FREE_ID = re.compile(r"(?<![0-9A-Za-z])\d{17}[\dXx](?![0-9A-Za-z])", re.ASCII)
_FREE_PHONE = re.compile(r"(?<![0-9A-Za-z])1[3-9]\d{9}(?![0-9A-Za-z])", re.ASCII)


def id_number(number: str) -> str:
    """The county and the last four: `340104********4516`."""
    return _cut(number, 6, 4) if len(number) >= 15 else _cut(number, 0, min(len(number) // 3, 4))


def phone(number: str) -> str:
    """The first three and the last four: `138****0000`; of a short one less."""
    return _cut(number, 3, 4) if len(number) >= 11 else _cut(number, 0, min(len(number) // 2, 4))


def in_text(text: str) -> str:
    """What somebody wrote, the ID numbers and mobile numbers in it masked. A credit code is none of them."""
    return _FREE_PHONE.sub(lambda found: phone(found[0]), _FREE_ID.sub(_if_id_number, text))


def masked(kind: Masked | None, value: Any) -> Any:
    """A value of a type that is masked, or as it is."""
    if not isinstance(value, str) or kind is None:
        return value
    return id_number(value) if kind.what == "id_number" else phone(value)


def kind_of(field: fields.Field | None) -> Masked | None:
    """Whether and how the values of a field are masked."""
    if field is None:
        return None
    notes = getattr(field.annotation, "__metadata__", ())
    return next((note for note in notes if isinstance(note, Masked)), None)


def in_data(data: Any, key: str = "") -> Any:
    """Facts, rows, changes as data, wherever they lie: numbers by the names of their fields, and in free text."""
    if isinstance(data, Mapping):
        named = str(data["path"]).rpartition(".")[2] if {"path", "before", "after"} <= data.keys() else None
        return {
            name: in_data(value, named if named is not None and name in ("before", "after") else name)
            for name, value in data.items()
        }
    if isinstance(data, list | tuple):
        return [in_data(value, key) for value in data]
    if isinstance(data, str):
        kind = _by_name().get(key)
        return in_text(data) if kind is None else masked(kind, data)
    return data


@cache
def _by_name() -> dict[str, Masked]:
    found = {field.path.rpartition(".")[2]: kind_of(field) for field in fields.every()}
    return {name: kind for name, kind in found.items() if kind is not None}


def _cut(text: str, first: int, last: int) -> str:
    return text[:first] + STAR * (len(text) - first - last) + (text[-last:] if last else "")


def _if_id_number(found: re.Match[str]) -> str:
    text = found[0].upper()
    return id_number(found[0]) if _has_a_birth_date_and_checksum(text) else found[0]


def _has_a_birth_date_and_checksum(number: str) -> bool:
    """As the facts take it (`engine.kinds`): the place is not looked up, not every one is in the table."""
    try:
        ric.get_birth_date(number)
    except NumberError:
        return False
    return bool(ric.calc_check_digit(number) == number[-1])
