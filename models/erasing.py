"""A case taken out of a database for good: all that is kept of it, then every place where SQLite may still have it."""

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, suppress
from pathlib import Path
from typing import Any

from models.connection import Connection, connect
from models.history import led_to
from models.names import phone_digits
from models.paths import APPLICANT, NoPlace, Tree
from models.sealing import KEY_OF, Broken, open_changes

_OF_THE_CASE = (
    "DELETE FROM cases WHERE id = :case",  # its document and search keys go with it, and a trigger takes its exams
    "DELETE FROM draft WHERE case_id = :case",
    "DELETE FROM case_key WHERE case_id = :case",
)
_NAMES = frozenset({"name", "called", "id_number", "phone", "wechat", "email"})
_SHORTEST = 2  # characters: a surname alone names nobody


def erase(connection: Connection, case_id: int) -> None:
    """Takes out of the tables, in the transaction that runs, what is kept of a case.

    What people keep of their own (the filter they had last, their views) goes where it names somebody of it.
    """
    words = {word for changes in said(connection, case_id) for change in changes for word in _words(change)}
    connection.execute("PRAGMA secure_delete=ON")
    for statement in _OF_THE_CASE:
        connection.execute(statement, {"case": case_id})
    for by, name, value in connection.execute('SELECT "by", name, value FROM preference').fetchall():
        left = _without(value, words)
        if left is None:
            connection.execute('DELETE FROM preference WHERE "by" = ? AND name = ?', (by, name))
        elif left != value:
            connection.execute('UPDATE preference SET value = ? WHERE "by" = ? AND name = ?', (left, by, name))


def said(connection: Connection, case_id: int) -> list[Sequence[Mapping[str, Any]]]:
    """The changes of each entry of a case, the oldest first; nothing of one that was erased."""
    sql = f"SELECT id, changes, {KEY_OF} FROM entry WHERE case_id = ? ORDER BY id"
    with suppress(Broken, ValueError, LookupError, TypeError):  # what does not open names nobody
        found = connection.execute(sql, (case_id,)).fetchall()
        return [open_changes(key, number, case_id, kept) for number, kept, key in found if key is not None]
    return []


def known_last(connection: Connection, case_id: int) -> Tree | None:
    """What a case said last, be it taken away since; None of one that was erased or never made."""
    entries = said(connection, case_id)
    with suppress(NoPlace, LookupError, TypeError, AttributeError):
        for end in range(len(entries), 0, -1):
            if (tree := led_to(entries[:end])) is not None:
                return tree
    return None


def _words(change: Mapping[str, Any]) -> Iterator[str]:
    for value in (change["before"], change["after"]):
        yield from named({change["path"].rpartition(".")[2]: value})


def named(facts: Any) -> Iterator[str]:
    """The names and numbers of everybody of whom a case tells: the client, spouse, children."""
    if isinstance(facts, Mapping):
        for key, inner in facts.items():
            if key == "employment":  # the employer's people are in its other cases too
                continue
            if key in _NAMES and isinstance(inner, str):
                spellings = {inner, phone_digits(inner) if key == "phone" else inner}
                yield from (word for word in spellings if len(word) >= _SHORTEST)
            elif not isinstance(inner, str):
                yield from named(inner)
    elif isinstance(facts, list):
        for inner in facts:
            yield from named(inner)


def others_naming(connection: Connection, case_id: int, tree: Tree) -> list[int]:
    """The other cases that hold the client's ID number or phone number: as a spouse, as somebody's contact, twice over.

    Every document is looked at: what is not known by a search key (an employer's contact, a note) counts too.
    """
    facts = tree.get(APPLICANT, {})
    phone = phone_digits((facts.get("contact") or {}).get("phone") or "")
    numbers = [number for number in (facts.get("id_number") or "", phone) if len(number) >= 7]
    if not numbers:
        return []
    one = "instr(document, ?) > 0 OR instr(office, ?) > 0"
    sql = f"SELECT case_id FROM document WHERE case_id <> ? AND ({' OR '.join([one] * len(numbers))}) ORDER BY case_id"
    return [found for (found,) in connection.execute(sql, (case_id, *(n for number in numbers for n in [number] * 2)))]


def wipe(path: Path) -> bool:
    """Writes the whole file anew and empties its log, under the writers' lock: nothing is left in free pages. Whether
    the log could be emptied; somebody may be reading it for long, as a backup that is being made does."""
    with closing(connect(path, writing=True)) as connection:
        connection.execute("PRAGMA temp_store=MEMORY")  # what is sorted on the way lands in no other file
        connection.execute("VACUUM")
        busy, *_ = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    return not busy


def _without(value: str, words: set[str]) -> str | None:
    """What a person keeps, without the parts that name somebody; None where nothing of it is left."""
    if not any(word in value for word in words):
        return value
    try:
        parts = json.loads(value)
    except ValueError:
        return None
    if not isinstance(parts, list):
        return None
    left = [part for part in parts if not any(word in json.dumps(part, ensure_ascii=False) for word in words)]
    return json.dumps(left, ensure_ascii=False)
