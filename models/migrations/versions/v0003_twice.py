"""What no journal speaks of - drafts, preferences, what the file says of itself - is kept twice: a table and an index.

`PRAGMA integrity_check` holds the two against each other, so that a bit that turns over in either is noticed.
"""

from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Indexes over the columns that the primary keys leave out."""
    op.create_index("ix_draft_text_at", "draft", ["text", "at"])
    op.create_index("ix_preference_value", "preference", ["value"])
    op.create_index("ix_meta_value", "meta", ["value"])
