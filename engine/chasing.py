"""Messages that ask for papers, in plain words: numbered, where to get each, by when; nothing is promised."""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple

from engine.materials import Item
from engine.words import word


class Asked(NamedTuple):
    """A paper that is asked for.

    `about` names the row of facts it is for, where there is one for each (a child, a school); `because` says why the
    one that was brought would not do.
    """

    item: Item
    about: str = ""
    because: str = ""


def message(name: str, asked: Sequence[Asked], by: date, language: str) -> str:
    """What is written to a client for their papers; nothing where nothing is owed."""
    said = list(_lines(asked, language))
    return "\n".join([word("chasing.client", language, name=name), *said, _until(by, language)]) if said else ""


def to_contact(name: str, clients: Sequence[tuple[str, Sequence[Asked]]], by: date, language: str) -> str:
    """One message to an HR contact for the papers of several clients; nothing where none of them owes any."""
    said: list[str] = []
    for client, asked in clients:
        if lines := list(_lines(asked, language)):
            said += [word("chasing.of", language, name=client), *lines]
    return "\n".join([word("chasing.contact", language, name=name), *said, _until(by, language)]) if said else ""


def _lines(asked: Sequence[Asked], language: str) -> Iterator[str]:
    """The papers, each with where it is got; what the authority has already is asked of nobody."""
    owed = [one for one in asked if not one.item.system]
    alike = Counter((one.item.code, one.about) for one in owed)
    for number, one in enumerate(owed, 1):
        about = one.about
        if alike[one.item.code, about] > 1 and one.item.of is not None:  # several rows of which nothing tells which
            place = int(one.item.of.rpartition(".")[2]) + 1
            about = " ".join(filter(None, (about, word("chasing.place", language, place=place))))
        yield word(
            "chasing.line",
            language,
            number=number,
            about=word("chasing.about", language, about=about) if about else "",
            paper=word(f"paper.{one.item.code}", language),
            form=_form(one.item, language),
            where=word(f"where.{one.item.where}", language),
            must=word("chasing.must", language, must=word(f"must.{one.item.must}", language)) if one.item.must else "",
            because=word("chasing.because", language, because=one.because) if one.because else "",
        )


def _form(item: Item, language: str) -> str:
    """Whether the original is wanted, and how many copies."""
    if item.original:
        return word("chasing.both" if item.copies else "chasing.original", language, count=item.copies)
    return word("chasing.copies", language, count=item.copies) if item.copies else ""


def _until(by: date, language: str) -> str:
    return word("chasing.until", language, day=by.isoformat())
