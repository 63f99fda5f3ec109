"""Who works here, what they may, and the keys they log in with over SSH.

Each index over what its primary key leaves out keeps the table a second time, for `PRAGMA integrity_check` to hold the
two against each other.
"""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

OF_A_PERSON = ["role", "reach", "active", "added_at", "ended_at"]
OF_A_KEY = ["person", "type", "key", "comment", "added_at", "revoked_at"]


def upgrade() -> None:
    """What 0006 has beside 0005."""
    op.create_table(
        "person",
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("role", sa.Text, nullable=False),
        sa.Column("reach", sa.Text, nullable=False),
        sa.Column("active", sa.Boolean, nullable=False),
        sa.Column("added_at", sa.Text, nullable=False),
        sa.Column("ended_at", sa.Text),
        sa.PrimaryKeyConstraint("name", name="pk_person"),
    )
    op.create_index(f"ix_person_{'_'.join(OF_A_PERSON)}", "person", OF_A_PERSON)
    op.create_table(
        "login_key",
        sa.Column("fingerprint", sa.Text, nullable=False),
        sa.Column("person", sa.Text, nullable=False),
        sa.Column("type", sa.Text, nullable=False),
        sa.Column("key", sa.Text, nullable=False),
        sa.Column("comment", sa.Text, nullable=False),
        sa.Column("added_at", sa.Text, nullable=False),
        sa.Column("revoked_at", sa.Text),
        sa.ForeignKeyConstraint(["person"], ["person.name"], name="fk_login_key_person"),
        sa.PrimaryKeyConstraint("fingerprint", name="pk_login_key"),
    )
    op.create_index(f"ix_login_key_{'_'.join(OF_A_KEY)}", "login_key", OF_A_KEY)
