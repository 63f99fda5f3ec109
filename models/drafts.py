"""What is kept beside the cases for one person: what they typed and could not commit yet, and how they like things."""

from collections.abc import Sequence

from sqlalchemy import bindparam, delete
from sqlmodel import Session

from engine.kinds import clean
from models.author import LONGEST_NAME
from models.tables import DRAFTS, Draft, Preference
from models.today import moment
from models.transaction import transaction
from models.workspace import Workspace

LONGEST_DRAFT = 2000
LONGEST_PATH = 200
LONGEST_VALUE = 10_000
_FORGET = delete(DRAFTS).where(
    DRAFTS.c.case_id == bindparam("case"),
    DRAFTS.c.by == bindparam("who"),
    DRAFTS.c.path.in_(bindparam("paths", expanding=True)),
)


def save_draft(workspace: Workspace, case_id: int, by: str, path: str, text: str) -> None:
    """Keeps what a person typed at a field; it survives the program, whatever ends it."""
    draft = Draft(
        case_id=case_id,
        by=_name(by),
        path=clean(path)[:LONGEST_PATH],
        text=clean(text)[:LONGEST_DRAFT],
        at=moment(),
    )
    with transaction(workspace, of_any_schema=True) as session:
        session.merge(draft)


def clear_draft(workspace: Workspace, case_id: int, by: str, path: str) -> None:
    """Forgets what a person typed at a field."""
    with transaction(workspace, of_any_schema=True) as session:
        forget(session, case_id, by, [path])


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
