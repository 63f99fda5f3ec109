"""Large workspaces: a thousand made-up cases, and those laid end to end until there are enough."""

import os
import subprocess
import sys
from pathlib import Path

from sqlcipher3 import dbapi2

DABIAO = str(Path(sys.executable).with_name("dabiao"))
MADE_UP = 1_000
DAY = "2026-11-22"  # of the cases and of the sessions, so that nothing is derived anew meanwhile


def workspace(directory: str, cases: int) -> Path:
    """A workspace with so many cases, a multiple of a thousand where there are more than that."""
    path = Path(directory) / f"{cases}.db"
    made_up = min(cases, MADE_UP)
    made = [DABIAO, "demo", str(made_up), "--into", str(path)]
    subprocess.run(made, env=os.environ | {"DABIAO_TODAY": DAY}, check=True, capture_output=True)
    if cases > made_up:
        _lay_end_to_end(path, made_up, cases // made_up)
    return path


def _lay_end_to_end(path: Path, made_up: int, times: int) -> None:
    connection = dbapi2.connect(str(path), isolation_level=None)
    connection.execute("PRAGMA synchronous=OFF")  # nothing here has to outlive a power cut
    connection.execute("PRAGMA cache_size=-500000")
    columns = ", ".join(name for _, name, *_ in connection.execute("PRAGMA table_info(cases)") if name != "id")
    connection.execute("BEGIN")
    for offset in range(made_up, made_up * times, made_up):
        connection.execute(
            f"INSERT INTO cases (id, {columns}) SELECT id + ?, {columns} FROM cases WHERE id <= ?", (offset, made_up)
        )
    for offset in range(made_up, made_up * times, made_up):
        connection.execute(
            "INSERT INTO document SELECT case_id + ?, document, plans FROM document WHERE case_id <= ?",
            (offset, made_up),
        )
    connection.execute(
        "WITH RECURSIVE copy(offset) AS (SELECT ? UNION ALL SELECT offset + ? FROM copy WHERE offset + ? < ?)"
        " INSERT INTO search_key SELECT key, case_id + offset FROM search_key, copy WHERE case_id <= ? ORDER BY 1, 2",
        (made_up, made_up, made_up, made_up * times, made_up),
    )
    connection.execute("COMMIT")
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
