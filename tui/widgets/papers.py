"""The papers of a case as lines: by who supplies them, each with its state, its points at stake, who was asked when."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from engine.chasing import Asked
from engine.materials import Checklist, Way
from engine.materials.pack import SUPPLIERS
from engine.paper_states import OWED
from engine.words import say, word
from models.papers import Owed
from models.paths import Tree, get
from tui import form
from tui.text import text
from tui.widgets.lines import Entry, wrapped
from tui.widgets.table import Cell

PAPER = "paper:"  # what a line's target begins with; behind it the place of the paper
MARKS = {
    "missing": "[ ]",
    "requested": "[?]",
    "received_copy": "[c]",
    "original_seen": "[o]",
    "verified": "[v]",
    "rejected": "[x]",
    "expired": "[!]",
    "not_needed": "[-]",
}
_STYLES = {"verified": "good", "rejected": "bad", "expired": "bad", "not_needed": "dim"}


def entries(
    found: Checklist, papers: Sequence[Owed], tree: Tree, today: date, language: str, width: int
) -> Iterator[Entry]:
    """What is put forward, and the papers by who supplies them."""
    yield from (Entry(cells) for cells in wrapped(way(found.way, language), width, "title"))
    for supplier in SUPPLIERS:
        mine = [(place, paper) for place, paper in enumerate(papers) if paper.item.supplier == supplier]
        if not mine:
            continue
        done = sum(not paper.owed for _, paper in mine)
        count = "" if supplier == "system" else f"  {done}/{len(mine)}"
        yield Entry([])
        yield Entry([Cell(f"{word(f'supplier.{supplier}', language)}{count}", "label")])
        for place, paper in mine:
            yield from _paper(place, paper, tree, today, language, width)
    if found.alternatives:
        yield Entry([])
        yield Entry([Cell(text("papers.instead", language), "label")])
        for other in found.alternatives:
            yield from (Entry(cells) for cells in wrapped(way(other, language), width, "dim", " "))


def way(found: Way, language: str) -> str:
    """Items that are put forward together, and what they ask for."""
    if not found.claims:
        return text("papers.way_none", language)
    names = word("list.and", language).join(word(f"indicator.{name}", language) for name in found.claims)
    key = "papers.way" if found.reached else "papers.way_short"
    return text(key, language, names=names, total=found.total, papers=found.papers, months=found.tax_months)


def _paper(place: int, paper: Owed, tree: Tree, today: date, language: str, width: int) -> Iterator[Entry]:
    target = "" if paper.item.system else f"{PAPER}{place}"
    mark = "   " if paper.item.system else MARKS[paper.state]
    style = "dim" if paper.item.system else _STYLES.get(paper.state, "value")
    points = text("papers.points", language, points=paper.item.points) if paper.item.points else ""
    parts = [named(paper, tree, language), points, *_known(paper.row or {}, today, language)]
    first = f"{mark} {paper.item.code:<4} "
    yield from (Entry(cells, target) for cells in wrapped("  ".join(filter(None, parts)), width, style, "", first))


def named(paper: Owed, tree: Tree, language: str) -> str:
    """A paper, and of several rows which one it is for."""
    name, row = word(f"paper.{paper.item.code}", language), about(paper, tree, language)
    return text("papers.of_row", language, name=name, row=row) if row else name


def about(paper: Owed, tree: Tree, language: str) -> str:
    """Which row of several a paper is for; nothing where there is one paper for all, or nothing is known of the row."""
    if paper.of is None or paper.fact is None:
        return ""
    row = get(tree, paper.fact) or {}
    section = paper.fact.split(".")[1]
    if section == "child":  # by name; its ID number is nobody's business here
        return str(row.get("name") or row.get("birth_date") or "")
    return form.summary(form.section_at(section), row, language)


def asked_for(paper: Owed, tree: Tree, language: str) -> Asked:
    """A paper as a message asks for it: for which row, and why the one that was brought would not do."""
    because = (paper.row or {}).get("rejected_because") or ""
    if paper.state == "expired":
        because = word("paper_state.expired", language)
    return Asked(paper.item, " ".join(about(paper, tree, language).split()), str(because))


def _known(row: Mapping[str, Any], today: date, language: str) -> Iterator[str]:
    """How it stands, and what was done about it."""
    state = row.get("state", "missing")
    if state != "missing":
        said = word(f"paper_state.{state}", language)
        yield text("papers.state", language, state=said, day=row.get("since", "")).rstrip()
    if row.get("chased") and state in OWED:
        yield text("papers.chased", language, count=row["chased"], day=row.get("last_chased", "-"))
    if row.get("promised") and state in OWED:
        late = str(row["promised"]) < today.isoformat()
        yield text("papers.promised_late" if late else "papers.promised", language, day=row["promised"])
    if row.get("rejected_because") and state == "rejected":
        yield str(row["rejected_because"])
    if row.get("held_by"):
        yield text("papers.held", language, who=row["held_by"], day=row.get("held_since", "-"))
    if row.get("valid_until"):
        yield text("papers.valid", language, day=row["valid_until"])


def where(paper: Owed, language: str) -> str:
    """Why it is asked for, where it is got, and what it must be like to do."""
    must = word(f"must.{paper.item.must}", language) if paper.item.must else ""
    said = (say(paper.item.why, language), word(f"where.{paper.item.where}", language), must)
    return "  ".join(filter(None, said))
