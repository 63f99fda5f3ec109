"""Facts that are not known where they would matter: not known is not zero, and it is said."""

from collections.abc import Iterator

from engine.facts import Applicant, EvidencedRow
from engine.scope import Scope

# what a record needs before it can earn at all
_NEEDED = {
    "education": ("level", "graduated"),
    "qualification": ("kind", "level", "obtained"),
    "investment": ("company", "year"),
    "service": ("kind", "from_"),
    "talent": ("kind", "from_"),
    "award": ("level", "granted"),
}
_SCHOOLS = {"high_school", "secondary_vocational"}


def missing(a: Applicant, scope: Scope, first: int, last: int) -> Iterator[str]:
    """Paths of facts left out that would matter; a base is missed where its months fall in `first`..`last`."""
    if a.born is None:
        yield "birth_date"
    for n, row in enumerate(a.insurance):
        fact = row.__dict__  # as in engine.insured: hundreds of rows, at every key
        if fact["from_"] is not None or fact["evidence"] == "rejected":
            continue
        # months elsewhere or paid afterwards count nowhere, whenever they began
        if fact["province"] in (None, "上海") and fact["pay_kind"] != "back_paid":
            yield f"insurance.{n}.from"
    yield from (f"insurance.{n}.base" for n, start, end in scope.baseless if start <= last and end >= first)
    for section, needed in _NEEDED.items():
        rows: list[EvidencedRow] = getattr(a, section)
        for n, record in enumerate(rows):
            if record.evidence == "rejected" or getattr(record, "level", None) in _SCHOOLS:
                continue
            for field in needed:
                if getattr(record, field) is None:
                    yield f"{section}.{n}.{field.rstrip('_')}"
    if a.spouse and a.spouse.shanghai_hukou and a.spouse.married is None and a.spouse.evidence != "rejected":
        yield "spouse.married"
