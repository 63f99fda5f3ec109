"""Each case has plans: what-ifs and tasks, as JSON beside the applicant document."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """What 0003 has beside 0002."""
    op.add_column("document", sa.Column("plans", sa.Text, nullable=False, server_default="{}"))
