"""Made-up cases by the hundred thousand: the lives that were made and scored once, lived by others.

A copy has another name, other numbers, another employer; what is derived of a case does not depend on these, so it is
copied with it. It is written by the driver alone into a workspace that nobody else has: kept safe again at the end.
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from datetime import date
from functools import lru_cache
from itertools import islice
from random import Random
from typing import Any, NamedTuple

from stdnum.cn import ric

from engine.kinds import id_birth, id_sex
from models import anchor
from models.author import Author
from models.chain import SEALED, Head, seal
from models.connection import Connection, connect
from models.contents import as_json
from models.demo.employers import BRANDS, credit_code
from models.demo.people import Registry, given_name, surname_of
from models.demo.places import PROVINCES, SHANGHAI
from models.names import keys
from models.sealing import KEY_OF, new_key, open_changes, seal_changes
from models.today import moment
from models.workspace import Workspace

CHUNK = 5_000
_INDEXES = "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL"
_COUNTIES = [county for province in (*PROVINCES, SHANGHAI) for county in province.counties]
_APART = ("id", "name", "called", "employer", "uscc", "revision", "created_at", "updated_at")


class Life(NamedTuple):
    """A case that was made: its columns, its document and office as text, and who is named in it."""

    columns: Mapping[str, Any]
    document: str
    office: str
    changes: str
    answered: str | None
    known: Mapping[str, Any]


def copy(
    workspace: Workspace,
    n: int,
    seed: int,
    by: Author,
    progress: Callable[[int], None],
    registry: Registry | None = None,
) -> None:
    """Put `n` copies of the cases that are there into a workspace that is being built."""
    with closing(connect(workspace.path, writing=True)) as connection:
        connection.execute("PRAGMA synchronous=OFF")  # a file that is half built is thrown away
        connection.execute("PRAGMA cache_size=-400000")
        lives = list(_lives(connection))
        indexes = connection.execute(_INDEXES).fetchall()
        for name, _ in indexes:
            connection.execute(f'DROP INDEX "{name}"')
        connection.execute("CREATE TEMP TABLE found (key TEXT, case_id INTEGER)")
        head = Head(*connection.execute("SELECT id, hash FROM entry ORDER BY id DESC LIMIT 1").fetchone())
        made, last = 0, connection.execute("SELECT max(id) FROM cases").fetchone()[0]
        others = _others(lives, n, seed, registry or Registry())
        while chunk := list(islice(others, CHUNK)):
            connection.execute("BEGIN")
            head = _write(connection, chunk, last + made, head, by)
            connection.execute("COMMIT")
            made += len(chunk)
            progress(made)
        connection.execute("BEGIN")
        # in the order of the keys: each is written once, where it belongs
        connection.execute("INSERT INTO search_key (key, case_id) SELECT key, case_id FROM found ORDER BY key, case_id")
        connection.execute("COMMIT")
        connection.execute("DROP TABLE found")
        for _, statement in indexes:
            connection.execute(statement)
        connection.execute("PRAGMA synchronous=FULL")
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    anchor.write(workspace.path, head)


def _lives(connection: Connection) -> Iterator[Life]:
    """The cases that are there, as text."""
    import json

    names = [row[1] for row in connection.execute("PRAGMA table_info(cases)").fetchall()]
    rows = connection.execute(
        f"SELECT {', '.join(f'cases.{name}' for name in names)}, document, office, entry.id, changes,"
        f" answered, {KEY_OF} FROM cases JOIN document ON document.case_id = cases.id JOIN entry"
        " ON entry.case_id = cases.id ORDER BY cases.id"
    ).fetchall()
    for row in rows:
        document, office, entry, kept, answered, key = row[len(names) :]
        columns = dict(zip(names, row, strict=False))
        changes = as_json(open_changes(key, entry, columns["id"], kept))
        yield Life(columns, document, office, changes, answered, json.loads(document))


class Other(NamedTuple):
    """A copy: what is written of it."""

    life: Life
    document: str
    changes: str
    named: Mapping[str, Any]
    columns: Mapping[str, Any]


def _others(lives: list[Life], n: int, seed: int, registry: Registry) -> Iterator[Other]:
    """Others with the same lives, round by round; of each round the employers are others too."""
    rng = Random(f"{seed}/copies")
    for number in range(n):
        yield _other(lives[number % len(lives)], number // len(lives), rng, registry)


def _other(life: Life, around: int, rng: Random, registry: Registry) -> Other:
    known = life.known
    swapped: dict[str, str] = {}
    number, name = known.get("id_number"), known.get("name")
    born = id_birth(number) if number else date(1990, 1, 1)
    sex = id_sex(number) if number else rng.choice(("male", "female"))
    surname, phone = surname_of(rng), registry.phone(rng)
    contact: Mapping[str, Any] = known.get("contact") or {}
    for old, new in (
        (name, surname + given_name(rng, sex, born.year)),
        (contact.get("phone"), phone),
        (contact.get("wechat"), f"wx{phone[-6:]}"),
        (contact.get("email"), f"{phone}@example.cn"),
        ((known.get("permit") or {}).get("number"), f"{rng.randrange(10**9):09d}"),
    ):
        if old:
            swapped[old] = new
    if number:
        swapped[number] = _id_number(rng, born, sex, registry)
    called = contact.get("called")
    if called and called.endswith(("先生", "女士")):
        swapped[called] = surname + ("先生" if sex == "male" else "女士")
    for row in [known.get("spouse") or {}, *(known.get("child") or ())]:
        if row.get("id_number"):
            born, sex = id_birth(row["id_number"]), id_sex(row["id_number"])
            swapped[row["id_number"]] = _id_number(rng, born, sex, registry)
            if row.get("name"):
                family = surname_of(rng) if row is known.get("spouse") else surname
                swapped[row["name"]] = family + given_name(rng, sex, born.year)
    employment: Mapping[str, Any] = known.get("employment") or {}
    if employment.get("uscc"):
        swapped[employment["uscc"]] = _credit_code(employment["uscc"], around)
        if employment.get("employer"):
            swapped[employment["employer"]] = _brand(employment["employer"], around)
    document = life.document
    for old, new in swapped.items():
        document = document.replace(f'"{old}"', f'"{new}"')
    changes = life.changes.replace(life.document, document)  # the case was made whole
    of = swapped.get
    columns = {
        "name": of(name, name) if name else name,
        "called": of(called, called) if called else called,
        "uscc": of(employment.get("uscc", ""), employment.get("uscc")),
        "employer": of(employment.get("employer", ""), employment.get("employer")),
    }
    named = {
        "name": columns["name"],
        "called": columns["called"],
        "employer": columns["employer"],
        "phone": of(contact.get("phone", ""), contact.get("phone")),
        "id_number": of(number, number) if number else None,
        "spouse": of((known.get("spouse") or {}).get("id_number", ""), None),
    }
    return Other(life, document, changes, named, columns)


def _id_number(rng: Random, born: date, sex: str, registry: Registry) -> str:
    """An ID number of that birth and sex that nobody has; a county has five hundred of them a day."""
    while True:
        county = rng.choice(_COUNTIES)
        stem = f"{county.code_in(born.year) or county.code}{born:%Y%m%d}{rng.randrange(500) * 2 + (sex == 'male'):03d}"
        number = stem + ric.calc_check_digit(stem + "0")
        if number not in registry.ids:
            registry.ids.add(number)
            return number


@lru_cache(maxsize=2_000)  # those of one round come together
def _credit_code(code: str, around: int) -> str:
    """The credit code of another employer of the same kind, for each round another one."""
    return credit_code(Random(f"{code}/{around}"), code[:2], code[2:8])


def _brand(name: str, around: int) -> str:
    """Its name: another brand for each round, the rest as it was."""
    first, second = divmod(around, len(BRANDS))
    brand = BRANDS[second] + (BRANDS[first % len(BRANDS)] if first else "")
    return f"{name[:2]}{brand}{name[2:]}"


@lru_cache(maxsize=20_000)
def _keys_of_name(name: str) -> frozenset[str]:
    return keys({"name": name})


@lru_cache(maxsize=1_000)
def _keys_of_nickname(called: str) -> frozenset[str]:
    return keys({"contact": {"called": called}})


@lru_cache(maxsize=2_000)
def _keys_of_employer(employer: str) -> frozenset[str]:
    return keys({"employment": {"employer": employer}})


def _keys(named: Mapping[str, Any]) -> frozenset[str]:
    """The search keys, of names that come again and again worked out once."""
    numbers = keys(
        {
            "contact": {"phone": named["phone"]},
            "id_number": named["id_number"],
            "spouse": {"id_number": named["spouse"]},
        }
    )
    of = ((_keys_of_name, "name"), (_keys_of_nickname, "called"), (_keys_of_employer, "employer"))
    return numbers.union(*(found(named[part]) for found, part in of if named[part]))


def _write(connection: Connection, others: list[Other], last: int, head: Head, by: Author) -> Head:
    """A chunk of copies: cases, documents, entries that continue the chain, search keys apart."""
    at = moment()
    cases, documents, entries, found, keys_made = [], [], [], [], []
    columns = [name for name in others[0].life.columns if name not in _APART]
    for number, other in enumerate(others, last + 1):
        life = other.life
        of_life = [life.columns[name] for name in columns]
        own = [other.columns[name] for name in ("name", "called", "employer", "uscc")]
        cases.append((number, *own, 1, at, at, *of_life))
        documents.append((number, other.document, life.office))
        key, entry = new_key(), head.last + 1
        keys_made.append((number, key))
        changes = seal_changes(key, entry, number, other.changes)
        sealed = (entry, at, by.name, by.origin, "demo", None, None, number, changes, None, life.answered)
        head = Head(head.last + 1, seal(head.hash, sealed))
        entries.append((*sealed, head.hash))
        found += [(key, number) for key in _keys(other.named)]
    own_columns = ("id", "name", "called", "employer", "uscc", "revision", "created_at", "updated_at", *columns)
    _insert(connection, "cases", own_columns, cases)
    _insert(connection, "document", ("case_id", "document", "office"), documents)
    _insert(connection, "case_key", ("case_id", "key"), keys_made)
    _insert(connection, "entry", (*SEALED, "hash"), entries)
    _insert(connection, "found", ("key", "case_id"), found)
    return head


def _insert(connection: Connection, table: str, columns: tuple[str, ...], rows: list[Any]) -> None:
    names, marks = ", ".join(f'"{name}"' for name in columns), ", ".join("?" * len(columns))
    connection.executemany(f"INSERT INTO {table} ({names}) VALUES ({marks})", rows)
