"""How a workspace stands to a backup that is to take its place: what of it the backup does not have.

Two journals are alike up to an entry where their chains are; so the place where they part is found by halving.
"""

from contextlib import closing
from pathlib import Path
from typing import Any, Literal, NamedTuple

from sqlcipher3 import dbapi2

from engine.reason import Reason
from models import anchor, verifying
from models.chain import NOTHING, Head
from models.connection import Connection, WorkspaceError, connect
from models.examining import Examined, read_only
from models.sealing import EXPORT, LOOK

SEAL = "seal"  # the entry that an upgrade leaves which sealed the journal anew
_SEALED_LAST = (
    "SELECT changes ->> '$[0].after.last' FROM entry WHERE case_id IS NULL AND command = 'seal'"
    " AND id = (SELECT max(id) FROM entry)"
)
# what changed nothing, as that somebody looked or made a backup, is not missed
_AFTER = (
    "SELECT count(*), count(DISTINCT case_id) FROM entry WHERE id > ?"
    f" AND command NOT IN ('{SEAL}', '{LOOK}', '{EXPORT}')"
)
_SAID = 'SELECT id, at, "by", origin, command, batch, undoes, case_id FROM entry WHERE id = ?'


class Standing(NamedTuple):
    """How what is there stands to the backup that is to take its place, and what of it the backup does not have.

    `how` is `older` (nothing would be lost), `newer` (it goes on where the backup ends), `parted` (it goes on in
    another way than the backup), `unreadable` (it cannot be read or is gone; the anchor alone tells of its entries),
    `locked` (the same, for want of its key).
    So many `entries` of its journal would be lost, about so many `cases`, the last made at `last` (UTC) by `by`.
    `flaws` are the backup's own.
    """

    how: Literal["older", "newer", "parted", "unreadable", "locked"]
    entries: int = 0
    cases: int = 0
    last: str | None = None
    by: str | None = None
    flaws: tuple[Reason, ...] = ()

    @property
    def is_doubtful(self) -> bool:
        """Whether somebody has to be asked first."""
        return self.how != "older" or bool(self.flaws)


def standing(path: Path, new: Path, found: Examined) -> Standing:
    """How what is at a path stands to a backup of today's schema, of which is known what it holds."""
    with closing(read_only(new)) as backup:
        if is_nothing(path):
            stands = _by_anchor(path, backup)
        else:
            try:
                with closing(connect(path)) as live:
                    stands = _compared(live, backup)
            except dbapi2.Error:
                stands = _by_anchor(path, backup)._replace(how="unreadable")
            except WorkspaceError as error:
                is_locked = error.reason.code.startswith("workspace.key_")
                stands = _by_anchor(path, backup)._replace(how="locked" if is_locked else "unreadable")
    return stands._replace(flaws=found.flaws)


def is_nothing(path: Path) -> bool:
    """Whether no workspace is at a path, not even a damaged one."""
    return not path.exists() or path.stat().st_size == 0


def _by_anchor(path: Path, backup: Connection) -> Standing:
    """All that is left to tell what the journal had."""
    try:
        kept = anchor.read(path) or NOTHING
    except anchor.Damaged:
        return Standing("unreadable")
    if verifying.at(backup, kept.last) == kept:
        return Standing("older")
    return Standing("unreadable", max(kept.last - verifying.head(backup).last, 0))


def _compared(live: Connection, backup: Connection) -> Standing:
    alike, end = common(live, backup).last, verifying.head(backup).last
    sealed = backup.execute(_SEALED_LAST).fetchone()
    if sealed is not None:  # brought up just now, its chain has begun anew
        alike, end = max(alike, _alike_to_see(live, backup, sealed[0])), sealed[0]
    entries, cases = live.execute(_AFTER, (alike,)).fetchone()
    if not entries:
        return Standing("older")
    last, by = live.execute("SELECT at, by FROM entry ORDER BY id DESC LIMIT 1").fetchone()
    return Standing("newer" if alike == end else "parted", entries, cases, last, by)


def _alike_to_see(live: Connection, backup: Connection, end: int) -> int:
    """How far two journals agree in all that is not sealed."""

    def said(connection: Connection, number: int) -> Any:
        return connection.execute(_SAID, (number,)).fetchone()

    least, apart = 0, min(verifying.head(live).last, end) + 1
    while apart - least > 1:
        middle = (least + apart) // 2
        if said(live, middle) == said(backup, middle):
            least = middle
        else:
            apart = middle
    return least


def common(one: Connection, other: Connection) -> Head:
    """The last entry that two journals have alike: their chains are then alike up to there."""
    least, apart = 0, min(verifying.head(one).last, verifying.head(other).last) + 1
    while apart - least > 1:
        middle = (least + apart) // 2
        if verifying.at(one, middle) == verifying.at(other, middle):
            least = middle
        else:
            apart = middle
    return verifying.at(one, least) or NOTHING
