"""The tables of a workspace: the only schema. The scripts in ``models/migrations`` make exactly these.

Days and months are ISO text (``2027-03-01``), moments are UTC ISO text with milliseconds
(``2026-11-22T03:04:05.678Z``): both sort as they read. JSON text are
``document``, ``office``, ``tags``, ``exams``, ``owed``, ``risks`` and ``changes``.
A table class checks nothing when it is filled: what goes in has been validated by the engine's model before.
Commands write to the tables themselves (``CASES``…), at a fraction of what writing by way of the classes costs.
"""

from typing import Any

from sqlalchemy import DDL, Column, ForeignKey, Index, Integer, LargeBinary, Table, Text, event, text
from sqlmodel import Field, SQLModel

from models.query_looks import NOTES

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}
metadata = SQLModel.metadata
metadata.naming_convention = NAMING


class Case(SQLModel, table=True):
    """One client, one case, for ever: the id is never given again, not even when a creation is undone.

    ``name`` to ``fee_due`` are derived from all the rest in the same transaction (``models.deriving``).
    """

    __tablename__ = "cases"
    __table_args__ = (
        Index(None, "stage", "renewal"),
        Index(None, "stage"),
        Index(None, "consultant", "renewal"),
        Index(None, "consultant", "stage", "renewal"),
        Index(None, "deadline"),
        Index(None, "consultant", "deadline"),
        Index(None, "consultant", "updated_at"),
        Index(None, "consultant"),
        Index(None, "chased"),
        Index(None, "renewal", "id", "stage"),
        Index(None, "permit_until"),
        Index(None, "points_until"),
        Index(None, "score"),
        Index(None, "proven"),
        Index(None, "updated_at"),
        Index(None, "stamp"),
        Index(None, "due"),
        Index(None, "drops_on"),
        Index(None, "uscc", sqlite_where=text("uscc IS NOT NULL")),
        Index(None, "kind", "renewal"),
        Index(None, "kind"),
        Index(None, "waiting_on", "deadline"),
        Index(None, "waiting_on"),
        Index(None, "employer"),
        Index(None, "district"),
        Index(None, "need_by"),
        Index(None, "tags"),
        Index(None, "owed"),
        Index(None, "base"),
        Index(None, "base_multiple", sqlite_where=text("base_multiple IS NOT NULL")),
        Index(None, "risks"),
        Index(None, "fee_due", sqlite_where=text("fee_due IS NOT NULL")),
        {"sqlite_autoincrement": True},
    )

    id: int | None = Field(default=None, primary_key=True)
    revision: int = Field(default=1)
    status: str = Field(sa_type=Text)
    consultant: str | None = Field(default=None, sa_type=Text)
    tags: str = Field(default="[]", sa_type=Text)
    need_by: str | None = Field(default=None, sa_type=Text)
    created_at: str = Field(sa_type=Text)
    updated_at: str = Field(sa_type=Text)

    name: str | None = Field(default=None, sa_type=Text)
    called: str | None = Field(default=None, sa_type=Text)
    score: int | None = None
    proven: int | None = None
    reached: bool | None = None
    eligible: bool | None = None
    provisional: bool | None = None
    points: str = Field(default="none", sa_type=Text)  # none | valid | renew_due | lapsed | below
    permit_until: str | None = Field(default=None, sa_type=Text)
    points_until: str | None = Field(default=None, sa_type=Text)
    renewal: str | None = Field(default=None, sa_type=Text)  # the points' date, else the permit's
    employer: str | None = Field(default=None, sa_type=Text)
    district: str | None = Field(default=None, sa_type=Text)
    stamp: str = Field(default="", sa_type=Text)
    due: str | None = Field(default=None, sa_type=Text)
    next_change: str | None = Field(default=None, sa_type=Text)
    crossings: str | None = Field(default=None, sa_type=Text)
    drops_on: str | None = Field(default=None, sa_type=Text)
    exams: str | None = Field(default=None, sa_type=Text)
    uscc: str | None = Field(default=None, sa_type=Text)  # the employer's credit code
    stage: str = Field(default="lead", sa_type=Text, sa_column_kwargs={"server_default": "lead"})
    kind: str | None = Field(default=None, sa_type=Text)
    waiting_on: str | None = Field(default=None, sa_type=Text)
    since: str | None = Field(default=None, sa_type=Text)
    deadline: str | None = Field(default=None, sa_type=Text)
    deadline_code: str | None = Field(default=None, sa_type=Text)
    owed: str | None = Field(default=None, sa_type=Text)
    chased: str | None = Field(default=None, sa_type=Text)
    base: int | None = None  # of the last month paid, yuan
    base_multiple: int | None = None  # hundredths of the 1x reference
    risks: str | None = Field(default=None, sa_type=Text)
    fee_due: str | None = Field(default=None, sa_type=Text)


class Document(SQLModel, table=True):
    """What is known of the applicant, and the rows the office keeps (`models.office`); every case has one.

    Apart from the case, so that lists never walk through the text. The index holds the lines of the log themselves:
    they are looked through without the facts beside them, and cases without any are passed over.
    """

    __tablename__ = "document"
    __table_args__ = (Index("ix_document_notes", text(f"({NOTES})"), sqlite_where=text(f"{NOTES} IS NOT NULL")),)

    case_id: int = Field(sa_column=Column(Integer, ForeignKey("cases.id", ondelete="CASCADE"), primary_key=True))
    document: str = Field(sa_type=Text)
    office: str = Field(default="{}", sa_type=Text, sa_column_kwargs={"server_default": "{}"})


class SearchKey(SQLModel, table=True):
    """A beginning by which a case is found: a tail of its name, pinyin, initials, digits. Looked up by prefix."""

    __tablename__ = "search_key"
    __table_args__ = (
        Index(None, "case_id"),
        {"sqlite_with_rowid": False},
    )

    key: str = Field(sa_type=Text, primary_key=True)
    case_id: int = Field(
        sa_column=Column(Integer, ForeignKey("cases.id", ondelete="CASCADE"), primary_key=True, nullable=False)
    )


class ChildExam(SQLModel, table=True):
    """What each child comes to next, as ``cases.exams`` has it: listed by year and kind.

    Three triggers keep it to that column, whoever writes it. ``kind`` is the place in `engine.exam_lint.KINDS`,
    ``child`` the id of the child's row.
    """

    __tablename__ = "child_exam"
    __table_args__ = (
        Index(None, "case_id"),
        {"sqlite_with_rowid": False},
    )

    year: int = Field(sa_column=Column(Integer, primary_key=True, autoincrement=False, nullable=False))
    kind: int = Field(sa_column=Column(Integer, primary_key=True, autoincrement=False, nullable=False))
    case_id: int = Field(sa_column=Column(Integer, primary_key=True, autoincrement=False, nullable=False))
    child: str = Field(sa_type=Text, primary_key=True)


class Entry(SQLModel, table=True):
    """The journal: one entry a command. Never changed, never removed; undo adds one that ``undoes`` another.

    ``changes`` is a list of ``{path, before, after, position?}``, sealed (`models.sealing`) like ``note`` where it is
    about a case; the path ``""`` is the whole case (a creation has
    nothing before, the undo of one nothing after). A batch joins the entries of one piece of mass work. ``answered``
    is the score that was told once the command was done (``{score, proven, stamp}``). ``hash`` continues the chain
    (``models.chain``); the numbers have no holes. Two triggers keep entries from being changed or removed.
    """

    __tablename__ = "entry"
    __table_args__ = (
        Index(None, "case_id"),
        Index(None, "by"),
        Index(None, "batch", sqlite_where=text("batch IS NOT NULL")),
        Index(None, "undoes", unique=True, sqlite_where=text("undoes IS NOT NULL")),
        {"sqlite_autoincrement": True},
    )

    id: int | None = Field(default=None, primary_key=True)
    at: str = Field(sa_type=Text)
    by: str = Field(sa_type=Text)
    origin: str = Field(sa_type=Text)
    command: str = Field(sa_type=Text)
    batch: str | None = Field(default=None, sa_type=Text)
    undoes: int | None = None
    case_id: int | None = None
    changes: str = Field(default="[]", sa_type=Text)
    note: str | None = Field(default=None, sa_type=Text)
    answered: str | None = Field(default=None, sa_type=Text)
    hash: str = Field(sa_type=Text)


class CaseKey(SQLModel, table=True):
    """The key under which the journal's values of a case are sealed (`models.sealing`), from the making of the case
    on. It outlives the case, as its journal does, and is destroyed where the case is erased.
    """

    __tablename__ = "case_key"

    case_id: int = Field(sa_column=Column(Integer, primary_key=True, autoincrement=False))
    key: bytes = Field(sa_type=LargeBinary)


class Draft(SQLModel, table=True):
    """What somebody typed at a field and the document could not take yet, kept until it can.

    No journal speaks of drafts, preferences and what a workspace says of itself: an index over the columns that the
    primary key leaves out keeps them a second time, and `PRAGMA integrity_check` holds the two against each other.
    """

    __tablename__ = "draft"
    __table_args__ = (Index(None, "text", "at"),)

    case_id: int = Field(primary_key=True, sa_type=Integer)
    by: str = Field(primary_key=True, sa_type=Text)
    path: str = Field(primary_key=True, sa_type=Text)
    text: str = Field(sa_type=Text)
    at: str = Field(sa_type=Text)


class Preference(SQLModel, table=True):
    """A consultant's own setting: language, the last place. ``value`` is text, its meaning the setting's own."""

    __tablename__ = "preference"
    __table_args__ = (Index(None, "value"),)

    by: str = Field(primary_key=True, sa_type=Text)
    name: str = Field(primary_key=True, sa_type=Text)
    value: str = Field(sa_type=Text)


class Meta(SQLModel, table=True):
    """What a workspace says about itself: ``kind`` is ``plain`` or ``demo``."""

    __tablename__ = "meta"
    __table_args__ = (Index(None, "value"),)

    name: str = Field(primary_key=True, sa_type=Text)
    value: str = Field(sa_type=Text)


class Person(SQLModel, table=True):
    """Somebody who works here. `role` is owner, consultant or read_only, `reach` own or all (`models.access`).

    Never removed: the journal speaks of them. Each change is an entry of the journal without a case.
    """

    __tablename__ = "person"
    __table_args__ = (Index(None, "role", "reach", "active", "added_at", "ended_at"),)

    name: str = Field(primary_key=True, sa_type=Text)
    role: str = Field(sa_type=Text)
    reach: str = Field(sa_type=Text)
    active: bool = Field(default=True)
    added_at: str = Field(sa_type=Text)
    ended_at: str | None = Field(default=None, sa_type=Text)


class LoginKey(SQLModel, table=True):
    """A public key that somebody logs in with over SSH, by its fingerprint (``SHA256:...``). Revoked, never removed."""

    __tablename__ = "login_key"
    __table_args__ = (Index(None, "person", "type", "key", "comment", "added_at", "revoked_at"),)

    fingerprint: str = Field(primary_key=True, sa_type=Text)
    person: str = Field(sa_column=Column(Text, ForeignKey("person.name"), nullable=False))
    type: str = Field(sa_type=Text)
    key: str = Field(sa_type=Text)
    comment: str = Field(default="", sa_type=Text)
    added_at: str = Field(sa_type=Text)
    revoked_at: str | None = Field(default=None, sa_type=Text)


CASES: Table = metadata.tables["cases"]
DOCUMENTS: Table = metadata.tables["document"]
SEARCH_KEYS: Table = metadata.tables["search_key"]
ENTRIES: Table = metadata.tables["entry"]
CASE_KEYS: Table = metadata.tables["case_key"]
DRAFTS: Table = metadata.tables["draft"]
PREFERENCES: Table = metadata.tables["preference"]
CHILD_EXAMS: Table = metadata.tables["child_exam"]
PEOPLE: Table = metadata.tables["person"]
LOGIN_KEYS: Table = metadata.tables["login_key"]

_TAKE = "DELETE FROM child_exam WHERE case_id = old.id"
_GIVE = (
    "INSERT OR IGNORE INTO child_exam SELECT value ->> 0, value ->> 1, new.id, value ->> 2 FROM json_each(new.exams)"
    " WHERE new.exams IS NOT NULL"
)
EXAM_TRIGGERS = (
    f"CREATE TRIGGER exams_come AFTER INSERT ON cases WHEN new.exams IS NOT NULL BEGIN {_GIVE}; END",
    f"CREATE TRIGGER exams_change AFTER UPDATE OF exams ON cases BEGIN {_TAKE}; {_GIVE}; END",
    f"CREATE TRIGGER exams_go AFTER DELETE ON cases BEGIN {_TAKE}; END",
)
for statement in EXAM_TRIGGERS:
    event.listen(CHILD_EXAMS, "after_create", DDL(statement.replace("%", "%%")))  # type: ignore[no-untyped-call]

_REFUSE = "BEGIN SELECT RAISE(ABORT, 'the journal only grows'); END"
for verb, done in (("UPDATE", "changed"), ("DELETE", "removed")):
    trigger: Any = DDL(f"CREATE TRIGGER entry_is_not_{done} BEFORE {verb} ON entry {_REFUSE}")  # type: ignore[no-untyped-call]
    event.listen(ENTRIES, "after_create", trigger)
