"""What is told with a stage (`engine.workflow.stages.Next.asks`), described as facts are, for forms and commands."""

from dataclasses import replace
from functools import cache

from engine import fields
from engine.fields import Field
from engine.materials.pack import load
from engine.workflow.stages import CLOSING
from models.office_fields import office_field

_OF_RETURN = ("where", "reasons", "text", "read_by", "answer_by", "papers")
_OF_APPLICATION = ("kind", "district", "receipt")
_OF_NOTICE = ("number", "issued", "valid_until", "score", "employer", "members")


@cache
def asked(key: str) -> Field:
    """The field behind a key; `KeyError` where nothing of that name is ever asked."""
    if key in _OF_APPLICATION:
        return office_field(f"applications.{key}")
    if key == "papers":
        named = office_field("applications.returns.papers")
        return replace(named, kind="choices", choices=tuple(paper.code for paper in load()), choice_words="paper")
    if key in _OF_RETURN:
        return office_field(f"applications.returns.{key}")
    if key in _OF_NOTICE:
        return fields.field(f"notice.{key}")
    return {"because": office_field("steps.because"), "day": office_field("steps.on")}[key]


@cache
def closing() -> Field:
    """Why a case is closed, to be chosen."""
    because = office_field("steps.because")
    return Field(because.path, "choice", CLOSING, because.annotation, because.words, "closing")
