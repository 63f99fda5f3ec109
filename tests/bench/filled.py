"""Large workspaces: made-up cases (`dabiao demo`), kept between runs where a place for them is named."""

import os
import subprocess
import sys
from pathlib import Path

DABIAO = str(Path(sys.executable).with_name("dabiao"))
# of the cases and of the sessions, so that nothing is derived anew meanwhile
DAY = os.environ.get("DABIAO_TODAY") or "2026-11-22"


def workspace(directory: str, cases: int) -> Path:
    """A workspace with so many cases; one that is there already is taken as it is."""
    path = Path(directory) / f"{cases}.db"
    if not path.exists():
        made = [DABIAO, "demo", str(cases), "--into", str(path)]
        subprocess.run(made, env=os.environ | {"DABIAO_TODAY": DAY}, check=True)
    return path
