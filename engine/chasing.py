"""Messages that ask for papers, in plain words: numbered, where to get each, by when; nothing is promised."""

from collections.abc import Sequence
from datetime import date

from engine.materials import Item
from engine.words import word


def message(name: str, asked: Sequence[Item], by: date, language: str) -> str:
    """What is written to a client for their papers."""
    return "\n".join([word("chasing.client", language, name=name), *lines(asked, language), _until(by, language)])


def to_contact(name: str, clients: Sequence[tuple[str, Sequence[Item]]], by: date, language: str) -> str:
    """One message to an HR contact for the papers of several clients."""
    said = [word("chasing.contact", language, name=name)]
    for client, asked in clients:
        said += [word("chasing.of", language, name=client), *lines(asked, language)]
    return "\n".join([*said, _until(by, language)])


def lines(asked: Sequence[Item], language: str) -> list[str]:
    """The papers, each with where it is got."""
    return [
        word(
            "chasing.line",
            language,
            number=number,
            paper=word(f"paper.{item.code}", language),
            copies=word("chasing.copies", language, count=item.copies) if item.copies else "",
            where=word(f"where.{item.where}", language),
        )
        for number, item in enumerate(asked, 1)
    ]


def _until(by: date, language: str) -> str:
    return word("chasing.until", language, day=by.isoformat())
