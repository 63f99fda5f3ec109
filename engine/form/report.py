"""The form as `dabiao form --json` gives it. Labels are in the language asked for, values as they are filled in."""

from collections.abc import Sequence
from typing import Any

from engine.form import Block, FormField
from engine.words import word


def report(blocks: Sequence[Block], language: str, *, whole: bool = True) -> dict[str, Any]:
    """The document of one applicant; ID numbers and phone numbers masked unless they are wanted `whole`."""
    return {
        "sections": [
            {
                "id": block.id,
                "name": name(block, language),
                "fields": [_field(block, field, language, whole) for field in block.fields],
            }
            for block in blocks
        ]
    }


def name(block: Block, language: str) -> str:
    """What a section is called; of rows with the number."""
    called = word(f"form.{block.id}", language)
    return called if block.number is None else word("form_value.row", language, name=called, number=block.number)


def label(block: Block, field: FormField, language: str) -> str:
    """What stands before a field."""
    return word(f"form.{block.id}.{field.id}", language)


def _field(block: Block, field: FormField, language: str, whole: bool) -> dict[str, Any]:
    return {
        "label": label(block, field, language),
        "value": field.value if whole else field.shown,
        "missing": field.missing,
        "path": field.path,
        "before": field.before if whole else field.shown_before,
        "must_change": field.must_change,
    }
