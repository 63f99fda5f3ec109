"""The journal becomes a chain and keeps what was answered; the database itself keeps it from being rewritten.

Each case keeps the day until which what is derived of it holds, and when its score moves. What no journal speaks of -
drafts, preferences, what the file says of itself - is kept twice, in a table and in an index over the columns that its
primary key leaves out: `PRAGMA integrity_check` holds the two against each other, and a bit that turns over shows.
"""

import sqlalchemy as sa
from alembic import op

from models.chain import NOTHING, seal

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

_OLD = ("id", "at", "by", "origin", "command", "batch", "undoes", "case_id", "changes", "note")
_CHUNK = 10_000


def upgrade() -> None:
    """What 0002 has beside 0001."""
    for column in ("due", "next_change", "crossings", "drops_on"):
        op.add_column("cases", sa.Column(column, sa.Text))
    op.create_index("ix_cases_due", "cases", ["due"])
    op.create_index("ix_cases_drops_on", "cases", ["drops_on"])
    op.create_index("ix_draft_text_at", "draft", ["text", "at"])
    op.create_index("ix_preference_value", "preference", ["value"])
    op.create_index("ix_meta_value", "meta", ["value"])
    _chain()


def _chain() -> None:
    """The entries move to a table whose rows all have a hash: what an older program writes has none and is refused."""
    for index in ("case_id", "by", "batch", "undoes"):
        op.drop_index(f"ix_entry_{index}", "entry")
    op.rename_table("entry", "entry_0001")
    op.create_table(
        "entry",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("at", sa.Text, nullable=False),
        sa.Column("by", sa.Text, nullable=False),
        sa.Column("origin", sa.Text, nullable=False),
        sa.Column("command", sa.Text, nullable=False),
        sa.Column("batch", sa.Text),
        sa.Column("undoes", sa.Integer),
        sa.Column("case_id", sa.Integer),
        sa.Column("changes", sa.Text, nullable=False),
        sa.Column("note", sa.Text),
        sa.Column("answered", sa.Text),
        sa.Column("hash", sa.Text, nullable=False),
        sqlite_autoincrement=True,
    )
    _move()
    op.drop_table("entry_0001")
    op.create_index("ix_entry_case_id", "entry", ["case_id"])
    op.create_index("ix_entry_by", "entry", ["by"])
    op.create_index("ix_entry_batch", "entry", ["batch"], sqlite_where=sa.text("batch IS NOT NULL"))
    op.create_index("ix_entry_undoes", "entry", ["undoes"], unique=True, sqlite_where=sa.text("undoes IS NOT NULL"))
    for verb, done in (("UPDATE", "changed"), ("DELETE", "removed")):
        op.execute(
            f"CREATE TRIGGER entry_is_not_{done} BEFORE {verb} ON entry"
            " BEGIN SELECT RAISE(ABORT, 'the journal only grows'); END"
        )


def _move() -> None:
    connection = op.get_bind()
    columns = ", ".join(f'"{name}"' for name in _OLD)
    marks = ", ".join("?" * (len(_OLD) + 1))
    last, before = 0, NOTHING.hash
    while rows := connection.exec_driver_sql(
        f"SELECT {columns} FROM entry_0001 WHERE id > ? ORDER BY id LIMIT ?", (last, _CHUNK)
    ).fetchall():
        sealed = []
        for row in rows:
            before = seal(before, (*row, None))
            sealed.append((*row, before))
        connection.exec_driver_sql(f"INSERT INTO entry ({columns}, hash) VALUES ({marks})", sealed)
        last = rows[-1][0]
