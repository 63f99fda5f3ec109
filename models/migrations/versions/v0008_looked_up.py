"""Indexes alone: lines of the log are looked through apart from the facts; one's own cases stand by the day they were
changed; what is sorted by has an index that ends with the id, what may be missing one that has that too.
"""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

_NOTES = "CASE WHEN json_valid(office) THEN office ->> '$.notes' END"
REPLACED = ("renewal", "owed", "risks")
INDEXES = (
    ["stage"],
    ["consultant", "updated_at"],
    ["consultant"],
    ["kind"],
    ["waiting_on"],
    ["owed"],
    ["risks"],
    ["renewal", "id", "stage"],
)


def upgrade() -> None:
    """What 0008 has beside 0007."""
    for column in REPLACED:
        op.drop_index(f"ix_cases_{column}", "cases")
    for columns in INDEXES:
        op.create_index(f"ix_cases_{'_'.join(columns)}", "cases", columns)
    op.create_index(
        "ix_document_notes",
        "document",
        [sa.text(f"({_NOTES})")],
        sqlite_where=sa.text(f"{_NOTES} IS NOT NULL"),
    )
