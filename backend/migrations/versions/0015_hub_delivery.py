"""How the deliveries to each hub subscription fare."""

from __future__ import annotations

from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute(
        """
        ALTER TABLE hub_subscription
            ADD COLUMN failures integer NOT NULL DEFAULT 0,
            ADD COLUMN paused_until timestamptz,
            ADD COLUMN failing_since timestamptz,
            ADD COLUMN failure text
        """
    )
    op.execute("CREATE INDEX ix_hub_subscription_domain ON hub_subscription (domain)")
