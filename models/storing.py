"""Cases out of the tables and into them: the document, what is derived from it and its search keys, all together."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import delete, func, insert, select, tuple_, update
from sqlmodel import Session, col

from engine.policy import Policy
from models.contents import columns_of, document_of, tree_of
from models.deriving import Derived, derive
from models.paths import APPLICANT, Tree
from models.tables import Case, Document, Entry, SearchKey


class Basis(NamedTuple):
    """What a command derives by, and the moment it writes down (UTC)."""

    policy: Policy
    day: date
    moment: str

    def derived(self, tree: Tree) -> Derived:
        """What lists sort and filter by."""
        return derive(tree[APPLICANT], tree["status"], self.policy, self.day)


class Stored(NamedTuple):
    """A case as it stands."""

    revision: int
    tree: Tree


def find(session: Session, ids: Iterable[int]) -> dict[int, Stored]:
    """These cases by their ids; those that are not there are left out."""
    kept = (col(Case.status), col(Case.consultant), col(Case.tags), col(Case.need_by), col(Document.document))
    found = session.execute(
        select(col(Case.id), col(Case.revision), *kept)
        .join(Document, col(Document.case_id) == col(Case.id))
        .where(col(Case.id).in_(list(ids)))
    )
    return {case_id: Stored(revision, tree_of(*columns)) for case_id, revision, *columns in found}


def add(session: Session, cases: Sequence[tuple[Tree, Derived]], at: str) -> list[int]:
    """New cases with what was derived from them, and the moment (UTC); their ids, in the same order."""
    if not cases:
        return []
    rows = [
        {"revision": 1, "created_at": at, "updated_at": at, **columns_of(tree), **derived.columns()}
        for tree, derived in cases
    ]
    made = session.scalars(insert(Case).returning(col(Case.id), sort_by_parameter_order=True), rows)
    ids = [case_id for case_id in made if case_id is not None]
    _add_documents(session, zip(ids, (tree for tree, _ in cases), strict=True))
    _add_keys(session, ((i, key) for i, (_, derived) in zip(ids, cases, strict=True) for key in derived.keys))
    return ids


def bring_back(session: Session, trees: Mapping[int, Tree], basis: Basis) -> None:
    """Cases that were taken away, under their old ids, with the day they were first made."""
    if not trees:
        return
    history = {
        case_id: (count, first)
        for case_id, count, first in session.execute(
            select(col(Entry.case_id), func.count(), func.min(Entry.at))
            .where(col(Entry.case_id).in_(trees))
            .group_by(col(Entry.case_id))
        )
    }
    derived = {case_id: basis.derived(tree) for case_id, tree in trees.items()}
    rows = [
        {
            "id": case_id,
            # every entry was one revision: no editor may take the case for one it has seen
            "revision": history[case_id][0] + 1,
            "created_at": history[case_id][1],
            "updated_at": basis.moment,
            **columns_of(tree),
            **derived[case_id].columns(),
        }
        for case_id, tree in trees.items()
    ]
    session.execute(insert(Case), rows)
    _add_documents(session, trees.items())
    _add_keys(session, ((i, key) for i, found in derived.items() for key in found.keys))


def rewrite(session: Session, trees: Mapping[int, Tree], revisions: Mapping[int, int], basis: Basis) -> None:
    """Cases that are there, with other contents: one revision after the given, present ones."""
    if not trees:
        return
    derived = {case_id: basis.derived(tree) for case_id, tree in trees.items()}
    rows = [
        {
            "id": case_id,
            "revision": revisions[case_id] + 1,
            "updated_at": basis.moment,
            **columns_of(tree),
            **derived[case_id].columns(),
        }
        for case_id, tree in trees.items()
    ]
    session.execute(update(Case), rows)
    documents = [{"case_id": case_id, "document": document_of(tree)} for case_id, tree in trees.items()]
    session.execute(update(Document), documents)
    replace_keys(session, {case_id: found.keys for case_id, found in derived.items()})


def take_away(session: Session, ids: Iterable[int]) -> None:
    """Cases out of the table, their documents and search keys with them; their journal stays."""
    session.execute(delete(Case).where(col(Case.id).in_(list(ids))))


def replace_keys(session: Session, keys: Mapping[int, frozenset[str]]) -> None:
    """The search keys of cases; those that stay the same are not written again."""
    old = {
        (case_id, key)
        for key, case_id in session.execute(
            select(col(SearchKey.key), col(SearchKey.case_id)).where(col(SearchKey.case_id).in_(keys))
        )
    }
    new = {(case_id, key) for case_id, found in keys.items() for key in found}
    if gone := [(key, case_id) for case_id, key in old - new]:
        session.execute(delete(SearchKey).where(tuple_(col(SearchKey.key), col(SearchKey.case_id)).in_(gone)))
    _add_keys(session, new - old)


def _add_documents(session: Session, cases: Iterable[tuple[int, Tree]]) -> None:
    session.execute(insert(Document), [{"case_id": i, "document": document_of(tree)} for i, tree in cases])


def _add_keys(session: Session, pairs: Iterable[tuple[int, str]]) -> None:
    rows: list[dict[str, Any]] = [{"key": key, "case_id": case_id} for case_id, key in pairs]
    if rows:
        session.execute(insert(SearchKey), rows)
