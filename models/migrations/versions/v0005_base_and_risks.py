"""Each case knows the base of the last month paid, its risks and its open fees; more is looked up than searched for."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

INDEXES = (["kind", "renewal"], ["waiting_on", "deadline"], ["employer"], ["district"], ["need_by"], ["tags"], ["base"])
OF_WHAT_FEW_HAVE = ("owed", "base_multiple", "risks", "fee_due")


def upgrade() -> None:
    """What 0005 has beside 0004."""
    op.add_column("cases", sa.Column("base", sa.Integer))
    op.add_column("cases", sa.Column("base_multiple", sa.Integer))
    op.add_column("cases", sa.Column("risks", sa.Text))
    op.add_column("cases", sa.Column("fee_due", sa.Text))
    op.drop_index("ix_cases_chased", "cases")
    for columns in (["chased"], *INDEXES):
        op.create_index(f"ix_cases_{'_'.join(columns)}", "cases", columns)
    for column in OF_WHAT_FEW_HAVE:
        op.create_index(f"ix_cases_{column}", "cases", [column], sqlite_where=sa.text(f"{column} IS NOT NULL"))
