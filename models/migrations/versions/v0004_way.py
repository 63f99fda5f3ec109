"""Each case knows what its children come to next, and a table lists them by year; cases of an employer are found by
its credit code; the office keeps more than plans.
"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

_TAKE = "DELETE FROM child_exam WHERE case_id = old.id"
_GIVE = (
    "INSERT OR IGNORE INTO child_exam SELECT value ->> 0, value ->> 1, new.id, value ->> 2 FROM json_each(new.exams)"
    " WHERE new.exams IS NOT NULL"
)


def upgrade() -> None:
    """What 0004 has beside 0003."""
    op.execute("ALTER TABLE document RENAME COLUMN plans TO office")
    op.add_column("cases", sa.Column("exams", sa.Text))
    op.add_column("cases", sa.Column("uscc", sa.Text))
    op.add_column("cases", sa.Column("stage", sa.Text, nullable=False, server_default="lead"))
    for column in ("kind", "waiting_on", "since", "deadline", "deadline_code", "owed", "chased"):
        op.add_column("cases", sa.Column(column, sa.Text))
    op.execute("UPDATE cases SET stage = status")  # until they are derived anew
    op.drop_index("ix_cases_status_renewal", "cases")
    op.drop_index("ix_cases_consultant_status_renewal", "cases")
    op.create_index("ix_cases_stage_renewal", "cases", ["stage", "renewal"])
    op.create_index("ix_cases_consultant_stage_renewal", "cases", ["consultant", "stage", "renewal"])
    op.create_index("ix_cases_chased", "cases", ["chased"], sqlite_where=sa.text("chased IS NOT NULL"))
    op.create_index("ix_cases_deadline", "cases", ["deadline"])
    op.create_index("ix_cases_consultant_deadline", "cases", ["consultant", "deadline"])
    op.create_index("ix_cases_uscc", "cases", ["uscc"], sqlite_where=sa.text("uscc IS NOT NULL"))
    op.create_table(
        "child_exam",
        sa.Column("year", sa.Integer, primary_key=True, autoincrement=False, nullable=False),
        sa.Column("kind", sa.Integer, primary_key=True, autoincrement=False, nullable=False),
        sa.Column("case_id", sa.Integer, primary_key=True, autoincrement=False, nullable=False),
        sa.Column("child", sa.Text, primary_key=True, nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_child_exam_case_id", "child_exam", ["case_id"])
    op.execute(f"CREATE TRIGGER exams_come AFTER INSERT ON cases WHEN new.exams IS NOT NULL BEGIN {_GIVE}; END")
    op.execute(f"CREATE TRIGGER exams_change AFTER UPDATE OF exams ON cases BEGIN {_TAKE}; {_GIVE}; END")
    op.execute(f"CREATE TRIGGER exams_go AFTER DELETE ON cases BEGIN {_TAKE}; END")
