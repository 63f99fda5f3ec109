"""The first schema: cases, their documents, search keys, journal, drafts, preferences."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Everything a new workspace has."""
    _cases()
    _documents()
    _search_keys()
    _journal()
    op.create_table(
        "draft",
        sa.Column("case_id", sa.Integer, nullable=False),
        sa.Column("by", sa.Text, nullable=False),
        sa.Column("path", sa.Text, nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("at", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("case_id", "by", "path", name="pk_draft"),
    )
    op.create_table(
        "preference",
        sa.Column("by", sa.Text, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("value", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("by", "name", name="pk_preference"),
    )
    op.create_table(
        "meta",
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("value", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_meta"),
    )


def _cases() -> None:
    op.create_table(
        "cases",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("revision", sa.Integer, nullable=False),
        sa.Column("status", sa.Text, nullable=False),
        sa.Column("consultant", sa.Text),
        sa.Column("tags", sa.Text, nullable=False),
        sa.Column("need_by", sa.Text),
        sa.Column("created_at", sa.Text, nullable=False),
        sa.Column("updated_at", sa.Text, nullable=False),
        sa.Column("name", sa.Text),
        sa.Column("called", sa.Text),
        sa.Column("score", sa.Integer),
        sa.Column("proven", sa.Integer),
        sa.Column("reached", sa.Boolean),
        sa.Column("eligible", sa.Boolean),
        sa.Column("provisional", sa.Boolean),
        sa.Column("points", sa.Text, nullable=False),
        sa.Column("permit_until", sa.Text),
        sa.Column("points_until", sa.Text),
        sa.Column("renewal", sa.Text),
        sa.Column("employer", sa.Text),
        sa.Column("district", sa.Text),
        sa.Column("stamp", sa.Text, nullable=False),
        sqlite_autoincrement=True,
    )
    for columns in (
        ["status", "renewal"],
        ["consultant", "renewal"],
        ["consultant", "status", "renewal"],
        ["renewal"],
        ["permit_until"],
        ["points_until"],
        ["score"],
        ["proven"],
        ["updated_at"],
        ["stamp"],
    ):
        op.create_index("ix_cases_" + "_".join(columns), "cases", columns)


def _documents() -> None:
    op.create_table(
        "document",
        sa.Column("case_id", sa.Integer, nullable=False),
        sa.Column("document", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("case_id", name="pk_document"),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name="fk_document_case_id", ondelete="CASCADE"),
    )


def _search_keys() -> None:
    op.create_table(
        "search_key",
        sa.Column("key", sa.Text, nullable=False),
        sa.Column("case_id", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("key", "case_id", name="pk_search_key"),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name="fk_search_key_case_id", ondelete="CASCADE"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_search_key_case_id", "search_key", ["case_id"])


def _journal() -> None:
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
        sqlite_autoincrement=True,
    )
    op.create_index("ix_entry_case_id", "entry", ["case_id"])
    op.create_index("ix_entry_by", "entry", ["by"])
    op.create_index("ix_entry_batch", "entry", ["batch"], sqlite_where=sa.text("batch IS NOT NULL"))
    op.create_index("ix_entry_undoes", "entry", ["undoes"], unique=True, sqlite_where=sa.text("undoes IS NOT NULL"))
