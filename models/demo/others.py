"""The people who live a life that was made and scored once: another name, other numbers, another employer.

What is derived of a case does not depend on these. Very many are made in a process of their own, while another writes.
"""

import gc
import json
import multiprocessing
import signal
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache, lru_cache
from itertools import islice
from random import Random
from typing import Any, NamedTuple

from stdnum.cn import ric

from engine.kinds import id_birth, id_sex
from models.demo.employers import BRANDS, credit_code
from models.demo.people import Registry, given_name, surname_of
from models.demo.places import PROVINCES, SHANGHAI
from models.names import keys, keys_of_numbers
from models.sealing import pack

TOGETHER = 500  # so many are handed over at once
_COUNTIES = [county for province in (*PROVINCES, SHANGHAI) for county in province.counties]


class Whole(NamedTuple):
    """A document, and what stands before and after it in what its entry says: the case was made whole."""

    document: str
    before: str
    after: str


class Other(NamedTuple):
    """Another one with a life, which is told by its place: the document, what its entry says packed for sealing, what
    stands in columns, the search keys."""

    life: int
    document: str
    packed: bytes
    name: str | None
    called: str | None
    employer: str | None
    uscc: str | None
    keys: frozenset[str]


@dataclass(slots=True)
class _Life:
    """A document that was made, as text and as it is read; once it was lived, cut at what each has of their own."""

    whole: Whole
    known: Mapping[str, Any]
    pieces: list[str] = field(default_factory=list)

    def lived(self, swapped: Mapping[str, str]) -> str:
        """The document with other names and numbers. Which are swapped is the same each time."""
        self.pieces = self.pieces or _cut(self.whole.document, swapped)
        pieces = list(self.pieces)
        pieces[1::2] = [swapped[piece] for piece in pieces[1::2]]
        return "".join(pieces)


def _cut(document: str, texts: Collection[str]) -> list[str]:
    """A document cut before and after each of some texts, where one stands in quotes: every second piece is one."""
    for text in texts:
        document = document.replace(f'"{text}"', f'"\0{text}\0"')  # which stands in no JSON
    return document.split("\0")


def others(wholes: Sequence[Whole], n: int, seed: int) -> Iterator[Other]:
    """Others with the same lives, round by round; of each round the employers are others too."""
    rng, registry = Random(f"{seed}/copies"), Registry()
    lives = [_Life(whole, json.loads(whole.document)) for whole in wholes]
    for number in range(n):
        around, place = divmod(number, len(lives))
        yield _other(lives[place], place, around, rng, registry)


def from_a_process(wholes: Sequence[Whole], n: int, seed: int) -> Iterator[Other]:
    """The same, made in a process of its own; it is never further ahead than what is handed over."""
    apart = multiprocessing.get_context("spawn")
    here, there = apart.Pipe()
    maker = apart.Process(target=_hand_over, args=(there, n, seed), daemon=True)
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)  # who starts it ends it, by closing the other end
    try:
        maker.start()
    finally:
        signal.signal(signal.SIGINT, before)
    there.close()
    try:
        here.send(wholes)
        while some := here.recv():
            yield from some
    finally:
        here.close()
        maker.join()


def _hand_over(there: Any, n: int, seed: int) -> None:
    gc.disable()  # there are no cycles, and the lives are many objects to look through
    try:
        made = others(there.recv(), n, seed)
        while some := list(islice(made, TOGETHER)):
            there.send(some)
        there.send([])
    except (BrokenPipeError, EOFError):
        pass


def _other(life: _Life, place: int, around: int, rng: Random, registry: Registry) -> Other:
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
    of = swapped.get
    named = {
        "name": of(name, name) if name else name,
        "called": of(called, called) if called else called,
        "employer": of(employment.get("employer", ""), employment.get("employer")),
        "phone": of(contact.get("phone", ""), contact.get("phone")),
        "id_number": of(number, number) if number else None,
        "spouse": of((known.get("spouse") or {}).get("id_number", ""), None),
    }
    uscc = of(employment.get("uscc", ""), employment.get("uscc"))
    document = life.lived(swapped)
    packed = pack(f"{life.whole.before}{document}{life.whole.after}")
    return Other(place, document, packed, named["name"], named["called"], named["employer"], uscc, _keys(named))


def _id_number(rng: Random, born: date, sex: str, registry: Registry) -> str:
    """An ID number of that birth and sex that nobody has; a county has five hundred of them a day."""
    codes, day = _codes(born.year), born.isoformat().replace("-", "")
    while True:
        stem = f"{rng.choice(codes)}{day}{rng.randrange(500) * 2 + (sex == 'male'):03d}"
        number = stem + ric.calc_check_digit(stem + "0")
        if number not in registry.ids:
            registry.ids.add(number)
            return number


@cache
def _codes(year: int) -> list[str]:
    """The codes of all counties for one born in a year."""
    return [county.code_in(year) or county.code for county in _COUNTIES]


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
    numbers = keys_of_numbers(named["phone"] or "", named["id_number"] or "", named["spouse"] or "")
    of = ((_keys_of_name, "name"), (_keys_of_nickname, "called"), (_keys_of_employer, "employer"))
    return numbers.union(*(found(named[part]) for found, part in of if named[part]))
