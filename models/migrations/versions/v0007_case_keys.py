"""The journal's values are sealed, each case's under a key of its own; the chain is sealed anew over what is sealed.

An entry about no case says up to which number that was done. The head before is nowhere kept: with it, values of a case
that is erased later could be guessed at. It stands in the backup that was made before.
"""

import json

import sqlalchemy as sa
from alembic import op

from models.chain import NOTHING, seal
from models.sealing import new_key, seal_changes, seal_note
from models.today import moment

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

_SEALED = ("id", "at", "by", "origin", "command", "batch", "undoes", "case_id", "changes", "note", "answered")
_CHUNK = 5_000


def upgrade() -> None:
    """What 0007 has beside 0006."""
    op.create_table(
        "case_key",
        sa.Column("case_id", sa.Integer, nullable=False),
        sa.Column("key", sa.LargeBinary, nullable=False),
        sa.PrimaryKeyConstraint("case_id", name="pk_case_key"),
    )
    connection = op.get_bind()
    cases = connection.exec_driver_sql(
        "SELECT id FROM cases UNION SELECT case_id FROM entry WHERE case_id IS NOT NULL ORDER BY 1"
    ).fetchall()
    if not cases and not connection.exec_driver_sql("SELECT EXISTS (SELECT 1 FROM entry)").scalar():
        return
    keys = {case_id: new_key() for (case_id,) in cases}
    if keys:
        connection.exec_driver_sql("INSERT INTO case_key (case_id, key) VALUES (?, ?)", list(keys.items()))
    # one that somebody took away is not brought back: `doctor` is to tell of it
    unchanging = connection.exec_driver_sql(
        "SELECT sql FROM sqlite_master WHERE type = 'trigger' AND name = 'entry_is_not_changed'"
    ).scalar()
    op.execute("DROP TRIGGER IF EXISTS entry_is_not_changed")
    last, before = _seal_anew(keys)
    _tell(last, before)
    if unchanging is not None:
        op.execute(unchanging)


def _seal_anew(keys: dict[int, bytes]) -> tuple[int, str]:
    """Each entry sealed and the chain made anew, hole for hole and break for break; the end of it."""
    connection = op.get_bind()
    last, before, was = 0, NOTHING.hash, NOTHING.hash
    columns = ", ".join(f'"{name}"' for name in _SEALED)
    while rows := connection.exec_driver_sql(
        f"SELECT {columns}, hash FROM entry WHERE id > ? ORDER BY id LIMIT ?", (last, _CHUNK)
    ).fetchall():
        written = []
        for row in rows:
            *found, hash_ = row
            held = seal(was, found) == hash_
            values = dict(zip(_SEALED, found, strict=True))
            number, case_id = values["id"], values["case_id"]
            if case_id is not None:
                values["changes"] = seal_changes(keys[case_id], number, case_id, values["changes"])
                if values["note"] is not None:
                    values["note"] = seal_note(keys[case_id], number, case_id, values["note"])
            # where the chain did not hold it does not now
            before, was = seal(before if held else "altered", [values[name] for name in _SEALED]), hash_
            written.append((values["changes"], values["note"], before, number))
            last = number
        connection.exec_driver_sql("UPDATE entry SET changes = ?, note = ?, hash = ? WHERE id = ?", written)
    return last, before


def _tell(last: int, before: str) -> None:
    """The entry that says that the chain was sealed anew."""
    connection = op.get_bind()
    given = connection.exec_driver_sql("SELECT seq FROM sqlite_sequence WHERE name = 'entry'").scalar() or 0
    changes = json.dumps([{"path": "journal.sealed", "before": None, "after": {"last": last}}], separators=(",", ":"))
    row = (max(last, given) + 1, moment(), "dabiao", "upgrade", "seal", None, None, None, changes, None, None)
    columns = ", ".join(f'"{name}"' for name in _SEALED)
    connection.exec_driver_sql(
        f"INSERT INTO entry ({columns}, hash) VALUES ({', '.join('?' * (len(_SEALED) + 1))})", (*row, seal(before, row))
    )
