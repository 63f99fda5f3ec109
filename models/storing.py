"""Cases out of the tables and into them: the document, what is derived from it and its search keys, all together."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from sqlalchemy import bindparam, delete, func, insert, select, tuple_, update
from sqlmodel import Session

from models.contents import columns_of, documents_of, tree_of
from models.deriving import Derived, is_of_these_rules
from models.names import Named, keys
from models.paths import APPLICANT, Tree
from models.sealing import LOOK, new_key
from models.stamps import holds
from models.tables import CASE_KEYS, CASES, DOCUMENTS, ENTRIES, SEARCH_KEYS

Columns = dict[str, Any]

# Statements that every edit runs are put together once: that takes SQLAlchemy as long as running them.
_WHOLE = (
    select(CASES, DOCUMENTS.c.document, DOCUMENTS.c.office)
    .join(DOCUMENTS)
    .where(CASES.c.id.in_(bindparam("ids", expanding=True)))
)
_NOT_DERIVED_FROM = frozenset({"consultant", "tags"})
_SET_DOCUMENT = update(DOCUMENTS).where(DOCUMENTS.c.case_id == bindparam("case"))


class Stored(NamedTuple):
    """A case as it stands: what it says, and its row in the table."""

    tree: Tree
    row: Columns

    @property
    def revision(self) -> int:
        """Counts the changes of the case."""
        return int(self.row["revision"])


class Kept(NamedTuple):
    """What is written of a case: what it says, what is derived from that, its search keys (None: as they are)."""

    tree: Tree
    derived: Derived
    keys: frozenset[str] | None

    def columns(self) -> Columns:
        """The columns of the table of cases."""
        return {**columns_of(self.tree), **self.derived.columns()}


def find(session: Session, ids: Iterable[int]) -> dict[int, Stored]:
    """These cases by their ids; those that are not there are left out."""
    rows = [row._asdict() for row in session.execute(_WHOLE, {"ids": list(ids)})]
    return {row["id"]: Stored(_tree(row), row) for row in rows}


def _tree(row: Columns) -> Tree:
    return tree_of(row["status"], row["consultant"], row["tags"], row["need_by"], row["office"], row["document"])


def new_keys(stored: Stored, tree: Tree) -> frozenset[str] | None:
    """The search keys of a case with other contents; None where they are still right. Chinese names take long."""
    # a case without a score was kept by an earlier, laxer program and may lack keys as well
    are_known = is_of_these_rules(stored.row["stamp"]) and stored.row["score"] is not None
    if are_known and Named.of(stored.tree[APPLICANT]) == Named.of(tree[APPLICANT]):
        return None
    return keys(tree[APPLICANT])


def still_derived(stored: Stored, tree: Tree, now: str) -> Derived | None:
    """What is derived of a case, where other contents leave it as it is and it holds by the stamp of now; else None.

    So ten thousand cases get another consultant, or have a tag taken back, without being scored.
    """
    if not holds(stored.row["stamp"], stored.row["due"], now) or stored.row["score"] is None:
        return None
    if any(stored.tree.get(name) != tree.get(name) for name in {*stored.tree, *tree} - _NOT_DERIVED_FROM):
        return None
    return Derived._make(stored.row[name] for name in Derived._fields)


def add(session: Session, cases: Sequence[Kept], at: str) -> list[int]:
    """New cases, made at a moment (UTC); their ids, in the same order."""
    if not cases:
        return []
    rows = [{"revision": 1, "created_at": at, "updated_at": at, **case.columns()} for case in cases]
    ids = list(session.scalars(insert(CASES).returning(CASES.c.id, sort_by_parameter_order=True), rows))
    session.execute(insert(CASE_KEYS), [{"case_id": case_id, "key": new_key()} for case_id in ids])
    _add_rest(session, dict(zip(ids, cases, strict=True)))
    return ids


def bring_back(session: Session, cases: Mapping[int, Kept], at: str) -> None:
    """Cases that were taken away, under their old ids, with the day they were first made."""
    if not cases:
        return
    of_each = select(ENTRIES.c.case_id, func.count().label("entries"), func.min(ENTRIES.c.id).label("first"))
    of_these = ENTRIES.c.case_id.in_(cases), ENTRIES.c.command != LOOK
    counted = of_each.where(*of_these).group_by(ENTRIES.c.case_id).subquery()
    # by the number of the first entry: the earliest moment may be another's, where the clock was set back since
    history = session.execute(
        select(counted.c.case_id, counted.c.entries, ENTRIES.c.at).join(ENTRIES, ENTRIES.c.id == counted.c.first)
    )
    # every entry was one revision: no editor may take the case for one it has seen
    rows = [
        {"id": i, "revision": entries + 1, "created_at": first, "updated_at": at, **cases[i].columns()}
        for i, entries, first in history
    ]
    session.execute(insert(CASES), rows)
    _add_rest(session, cases)


def rewrite(session: Session, cases: Mapping[int, Kept], stored: Mapping[int, Stored], at: str) -> None:
    """Cases that are there, with other contents: one revision after the stored, present ones."""
    rows = {i: {**kept.columns(), "revision": stored[i].revision + 1, "updated_at": at} for i, kept in cases.items()}
    set_columns(session, {i: changed(stored[i].row, row) for i, row in rows.items()})
    documents = [
        {"case": i, **written}
        for i, kept in cases.items()
        if changed(stored[i].row, written := documents_of(kept.tree))
    ]
    if documents:
        session.execute(_SET_DOCUMENT, documents)
    replace_keys(session, {i: kept.keys for i, kept in cases.items() if kept.keys is not None})


def changed(row: Columns, columns: Columns) -> Columns:
    """The columns that differ from the row's: each one written costs the indexes it is in."""
    return {name: value for name, value in columns.items() if row[name] != value}


def set_columns(session: Session, columns: Mapping[int, Columns]) -> None:
    """Sets columns of cases, of each case its own."""
    alike = defaultdict(list)
    for case_id, values in columns.items():
        if values:
            alike[frozenset(values)].append({"case": case_id, **values})
    for rows in alike.values():
        session.execute(update(CASES).where(CASES.c.id == bindparam("case")), rows)


def take_away(session: Session, ids: Iterable[int]) -> None:
    """Cases out of the table, their documents and search keys with them; their journal stays."""
    session.execute(delete(CASES).where(CASES.c.id.in_(list(ids))))


def replace_keys(session: Session, found: Mapping[int, frozenset[str]]) -> None:
    """The search keys of cases; those that stay the same are not written again."""
    if not found:
        return
    key, case_id = SEARCH_KEYS.c.key, SEARCH_KEYS.c.case_id
    old = {(row.key, row.case_id) for row in session.execute(select(key, case_id).where(case_id.in_(found)))}
    new = {(text, i) for i, texts in found.items() for text in texts}
    if gone := list(old - new):
        session.execute(delete(SEARCH_KEYS).where(tuple_(key, case_id).in_(gone)))
    _add_keys(session, new - old)


def _add_rest(session: Session, cases: Mapping[int, Kept]) -> None:
    documents = [{"case_id": i, **documents_of(kept.tree)} for i, kept in cases.items()]
    session.execute(insert(DOCUMENTS), documents)
    _add_keys(session, ((text, i) for i, kept in cases.items() for text in kept.keys or ()))


def _add_keys(session: Session, pairs: Iterable[tuple[str, int]]) -> None:
    if rows := [{"key": text, "case_id": case_id} for text, case_id in pairs]:
        session.execute(insert(SEARCH_KEYS), rows)
