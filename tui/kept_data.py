"""What a person's own settings hold, as data: they may have been written by another version, or by hand."""

from __future__ import annotations

import json
from typing import Any

from engine import bounds


def understood(kept: str | None) -> Any:
    """A setting that was kept as JSON; None where there is none, or it cannot be understood."""
    if not kept or len(kept) > bounds.FILE_BYTES or bounds.too_deep(kept, "json"):
        return None
    try:
        return json.loads(kept)
    except ValueError:
        return None
