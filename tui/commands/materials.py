"""`dabiao materials`: the papers an application needs, for the items that reach the threshold with the fewest."""

from __future__ import annotations

import argparse
from collections.abc import Iterator

from engine.facts import Applicant
from engine.materials import Checklist, Way, checklist
from engine.materials.pack import SUPPLIERS
from engine.materials.report import report
from engine.words import say, word
from models.form import filed_of
from models.paths import Tree
from tui.commands.applicants import answer_each_case
from tui.commands.session import Session


def run(session: Session, arguments: argparse.Namespace) -> int:
    """Lists the papers of each source in order; one that is wrong does not stop the others."""
    session.policy.law(session.day)  # before anything is printed

    def answer(source: str, applicant: Applicant, tree: Tree | None) -> None:
        filed = None if tree is None else filed_of(tree, applicant)
        found = checklist(applicant, session.policy, session.day, arguments.kind, filed and filed.document)
        if session.as_json:
            session.document(report(found, session.language))
            return
        kind = word(f"application_kind.{arguments.kind}", session.language)
        session.out(f"{applicant.name or source}  {session.day}  {kind}")
        for line in _told(session, found):
            session.out(line)

    return answer_each_case(session, arguments.sources, answer)


def _told(session: Session, found: Checklist) -> Iterator[str]:
    language = session.language
    yield session.text("materials.claims", way=_way(session, found.way))
    for supplier in SUPPLIERS:
        asked = [item for item in found.items if item.supplier == supplier]
        if not asked:
            continue
        yield f"{word(f'supplier.{supplier}', language)}:"
        for number, item in enumerate(asked, 1):
            name = word(f"paper.{item.code}", language)
            of = "" if item.of is None else f" ({int(item.of.rpartition('.')[2]) + 1})"
            shown = session.text("materials.original") if item.original else ""
            copies = session.text("materials.copies", count=item.copies) if item.copies else ""
            points = session.text("materials.points", points=item.points) if item.points else ""
            yield "  ".join(filter(None, (f"  {number}. {item.code} {name}{of}", shown, copies, points)))
            yield f"     {say(item.why, language)}  {word(f'where.{item.where}', language)}"
    for way in found.alternatives:
        yield session.text("materials.instead", way=_way(session, way))


def _way(session: Session, way: Way) -> str:
    language = session.language
    names = word("list.and", language).join(word(f"indicator.{name}", language) for name in way.claims)
    key = "materials.way" if way.reached else "materials.way_short"
    return session.text(key, names=names or "-", total=way.total, papers=way.papers, months=way.tax_months)
