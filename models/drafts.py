"""What is kept beside the cases for one person: what they typed and could not commit yet, and how they like things."""

from collections.abc import Mapping, Sequence

from sqlalchemy import bindparam, delete, func, select
from sqlmodel import Session

from engine.cleaning import clean
from models.author import LONGEST_NAME
from models.sealing import FORGET
from models.tables import DRAFTS, ENTRIES, PREFERENCES, Draft, Preference
from models.today import moment
from models.transaction import transaction
from models.workspace import Workspace

NO_CASE = 0  # whose drafts are the forms of cases that are not made yet
LONGEST_DRAFT = 2000
LONGEST_PATH = 200
LONGEST_VALUE = 10_000
_FORGET = delete(DRAFTS).where(
    DRAFTS.c.case_id == bindparam("case"),
    DRAFTS.c.by == bindparam("who"),
    DRAFTS.c.path.in_(bindparam("paths", expanding=True)),
)
_ERASED = select(ENTRIES.c.id).where(ENTRIES.c.case_id == bindparam("case"), ENTRIES.c.command == FORGET).limit(1)
_FORGET_FORMS = delete(DRAFTS).where(
    DRAFTS.c.case_id == bindparam("none"),
    DRAFTS.c.by == bindparam("who"),
    func.substr(DRAFTS.c.path, 1, func.instr(DRAFTS.c.path, ".") - 1).in_(bindparam("forms", expanding=True)),
)
_FORGET_EARLIER = delete(PREFERENCES).where(
    PREFERENCES.c.by == bindparam("who"),
    PREFERENCES.c.name == "new_case",  # where an earlier release kept the form of a new case
)


def save_draft(workspace: Workspace, case_id: int, by: str, path: str, text: str) -> None:
    """Keeps what a person typed at a field; it survives the program, whatever ends it. Of who was erased meanwhile
    nothing is kept."""
    save_drafts(workspace, case_id, by, {path: text})


def save_drafts(workspace: Workspace, case_id: int, by: str, typed: Mapping[str, str]) -> None:
    """Keeps what a person typed at fields of a case, all of it or nothing."""
    with transaction(workspace, of_any_schema=True) as session:
        _save(session, case_id, by, typed)


def clear_draft(workspace: Workspace, case_id: int, by: str, path: str) -> None:
    """Forgets what a person typed at a field."""
    clear_drafts(workspace, case_id, by, [path])


def clear_drafts(workspace: Workspace, case_id: int, by: str, paths: Sequence[str]) -> None:
    """Forgets what a person typed at fields of a case."""
    with transaction(workspace, of_any_schema=True) as session:
        forget(session, case_id, by, paths)


def _save(session: Session, case_id: int, by: str, typed: Mapping[str, str]) -> None:
    at = moment()
    if session.scalar(_ERASED, {"case": case_id}):
        return
    for path, text in typed.items():
        kept = clean(text)[:LONGEST_DRAFT]
        session.merge(Draft(case_id=case_id, by=_name(by), path=clean(path)[:LONGEST_PATH], text=kept, at=at))


def keep_form(
    workspace: Workspace, by: str, form: str, typed: Mapping[str, str], instead_of: Sequence[str] = ()
) -> None:
    """Keeps the form of a case that is not made yet, by field, in the place of itself and of others; an empty one is
    forgotten. A form's id has no dot in it."""
    with transaction(workspace, of_any_schema=True) as session:
        forget_forms(session, by, [form, *instead_of])
        _save(session, NO_CASE, by, {f"{form}.{path}": text for path, text in typed.items()})


def forget_forms(session: Session, by: str, forms: Sequence[str]) -> None:
    """Takes away forms of cases that are not made yet, within a command that makes one of them."""
    session.execute(_FORGET_FORMS, {"none": NO_CASE, "who": _name(by), "forms": list(forms)})
    session.execute(_FORGET_EARLIER, {"who": _name(by)})


def forget(session: Session, case_id: int, by: str, paths: Sequence[str]) -> None:
    """Takes away a person's drafts at fields, within a command that commits them."""
    session.execute(
        _FORGET, {"case": case_id, "who": _name(by), "paths": [clean(path)[:LONGEST_PATH] for path in paths]}
    )


def set_preference(workspace: Workspace, by: str, name: str, value: str) -> None:
    """Keeps a person's own setting."""
    setting = Preference(by=_name(by), name=clean(name)[:LONGEST_NAME], value=value[:LONGEST_VALUE])
    with transaction(workspace) as session:
        session.merge(setting)


def _name(by: str) -> str:
    return clean(by)[:LONGEST_NAME]
