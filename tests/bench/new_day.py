"""What a new day costs: how many cases fall due on it, and what it takes to derive one. Nothing is written."""

from contextlib import closing
from datetime import date, timedelta
from pathlib import Path
from time import perf_counter

import figures
from filled import DAY

from engine.policy import load
from models.deriving import stamp
from models.rederiving import derived_anew
from models.stamps import falling_due
from models.workspace import open_workspace

MOST = 500


def report(path: Path, cases: int) -> None:
    """Print the work of the day after that of the workspace."""
    tomorrow = date.fromisoformat(DAY) + timedelta(days=1)
    with closing(open_workspace(path)) as workspace:
        which = falling_due(stamp(load(), tomorrow))
        with closing(workspace.connect()) as connection:
            sql = f"SELECT count(*) FROM cases WHERE {which.sql}"
            due = connection.execute(sql, which.values).fetchone()[0]
        derived_anew(workspace, tomorrow, 1)
        began = perf_counter()
        done = len(derived_anew(workspace, tomorrow, MOST))
        each = (perf_counter() - began) * 1_000 / max(done, 1)
    figures.record("a new day", due=due, of_cases=cases, each_ms=round(each, 3))
    print(f"  a new day: {due:,} of {cases:,} cases fall due, {each:.1f} ms each, behind a usable screen", flush=True)
