"""`dabiao show`: one case, with what is known, its score and its journal."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from typing import Any

from engine import masks
from engine.assessment import assess
from engine.document import validate
from engine.fields import Field, field
from engine.policy import NoLaw
from engine.report import because
from engine.words import word
from engine.workflow.deadlines import Deadline
from engine.workflow.points import effective_status, points
from models.agenda import agenda
from models.deriving import derive
from models.entries import JournalEntry
from models.history import present
from models.papers import Owed, papers
from models.paths import APPLICANT, Tree, word_of
from models.reading import Reader
from models.refusals import refused
from models.rows import StoredCase
from models.sealing import FORGET
from models.staging import standing_of
from models.today import local
from models.workspace import Workspace
from tui.columns import aligned
from tui.commands.applicants import shown
from tui.commands.session import DONE, Failed, Session
from tui.telling import did

_ENTRIES = 100_000
_LATEST = 10


def run(session: Session, arguments: argparse.Namespace) -> int:
    """Shows the case."""
    with session.workspace() as workspace:
        show(session, workspace, arguments.id, masked=arguments.masked)
        if not arguments.masked:
            session.note_export(workspace, "show", [arguments.id])
    return DONE


def show(session: Session, workspace: Workspace, case_id: int, *, brief: bool = False, masked: bool = False) -> None:
    """Prints the case with the score of the day; `brief` without its facts and journal, `masked` without whole ID
    numbers and phone numbers."""
    with Reader(workspace) as reader:
        case = reader.case(case_id)
        journal = reader.journal(case_id, _ENTRIES)
        if case is None:
            erased = bool(journal) and journal[0].command == FORGET
            raise Failed(session.say(refused("erased" if erased else "no_case", id=case_id).reason))
    if session.as_json:
        document = _document(session, case, journal)
        session.document(masks.in_data(document) if masked else document)
    else:
        facts = masks.in_data(case.document) if masked else case.document
        for line in (*_head(session, case), *(() if brief else _rest(session, facts, journal))):
            session.out(line)


def _document(session: Session, case: StoredCase, journal: list[JournalEntry]) -> dict[str, Any]:
    tree = present(case)
    derived = derive(case.document, case.status, session.policy, session.day, tree)
    days = agenda(tree, validate(case.document), session.day, session.policy)
    return {
        "id": case.id,
        "name": derived.name,
        "called": derived.called,
        "status": case.status,
        "revision": case.revision,
        "consultant": case.consultant,
        "tags": list(case.tags),
        "need_by": case.row.need_by,
        "applicant": case.document,
        "score": derived.score,
        "proven": derived.proven,
        "reached": derived.reached,
        "eligible": derived.eligible,
        "points": derived.points,
        "permit_until": derived.permit_until,
        "points_until": derived.points_until,
        "renewal": derived.renewal,
        "stage": derived.stage,
        "kind": derived.kind,
        "waiting_on": derived.waiting_on,
        "since": derived.since or case.row.here_since,
        "owed": [] if derived.owed is None else json.loads(derived.owed),
        "next_deadline": derived.deadline,
        "applications": case.office.get("applications", []),
        "steps": case.office.get("steps", []),
        "deadlines": [_deadline(session, found) for found in days],
        "materials": [_paper(session, found) for found in _papers(session, case, tree)],
        "tasks": case.office.get("tasks", []),
        "notes": case.office.get("notes", []),
        "fees": case.office.get("fees", []),
        "what_ifs": case.office.get("what_ifs", []),
        "journal": [_entry(found) for found in journal],
    }


def _papers(session: Session, case: StoredCase, tree: Tree) -> list[Owed]:
    try:
        return papers(tree, validate(case.document), session.policy, session.day)[1]
    except NoLaw:  # before there was one nothing was to be proved
        return []


def _paper(session: Session, found: Owed) -> dict[str, Any]:
    item = found.item
    name = word(f"paper.{item.code}", session.language)
    known = {"code": item.code, "of": found.of, "name": name, "supplier": item.supplier, "owed": found.owed}
    return {**known, "points": item.points, **(found.row or {}), "state": found.state}


def _deadline(session: Session, found: Deadline) -> dict[str, Any]:
    return {
        "code": found.code,
        "date": found.day.isoformat(),
        "days": (found.day - session.day).days,
        "hard": found.hard,
        "because": session.say(found.reason),
        "waiting_on": found.waiting_on,
        "fact": found.path,
    }


def _entry(found: JournalEntry) -> dict[str, Any]:
    changes = [{key: change.get(key) for key in ("path", "before", "after")} for change in found.changes]
    return {"at": found.at, "by": found.by, "command": found.command, "origin": found.origin, "changes": changes}


def _head(session: Session, case: StoredCase) -> Iterator[str]:
    language = session.language
    applicant = validate(case.document)
    found = assess(applicant, session.policy, session.day)
    standing = standing_of(present(case), applicant)
    stage = effective_status(standing.status, points(applicant.notice, found, session.day))
    name = case.document.get("name") or case.row.called or "-"
    total = session.text("score.total", total=found.total, threshold=found.threshold, proven=found.proven)
    yield "  ".join((f"{case.id}", name, word(f"status.{stage}", language), total))
    tags = word("list.and", language).join(case.tags)
    office = [("consultant", case.consultant), ("tags", tags), ("need_by", case.row.need_by)]
    yield from aligned(("", word(f"write.field.{key}", language), value) for key, value in office if value)
    yield from aligned(
        (
            ("", word(f"indicator.{ln.indicator}", language), str(ln.points), because(ln, language))
            for ln in found.lines
        ),
        frozenset({2}),
    )


def _rest(session: Session, known: dict[str, Any], journal: list[JournalEntry]) -> Iterator[str]:
    yield ""
    if facts := list(_facts(session, known, "", APPLICANT)):
        yield from aligned(facts)
        yield ""
    for entry in journal[:_LATEST]:
        names = dict.fromkeys(word(word_of(change["path"]), session.language) for change in entry.changes)
        what = word("list.and", session.language).join(names)
        yield "  ".join((local(entry.at), entry.by, did(entry.command, session.language), what))
    if len(journal) > _LATEST:
        yield session.text("show.more", count=len(journal) - _LATEST)


def _facts(session: Session, value: Any, path: str, place: str) -> Iterator[tuple[str, str, str]]:
    """Every fact: where it is for `dabiao set`, its name, its value in words. What papers prove comes last."""
    for key, inner in sorted(value.items(), key=lambda item: item[0] == "evidence"):
        inner_path, inner_place = f"{path}.{key}".removeprefix("."), f"{place}.{key}"
        if isinstance(inner, dict):
            yield from _facts(session, inner, inner_path, inner_place)
        elif isinstance(inner, list) and inner and isinstance(inner[0], dict):
            for n, row in enumerate(inner):
                yield from _facts(session, row, inner_path, f"{inner_place}.{n}")
        elif key != "id":
            found = field(inner_path)
            yield inner_place, found.label(session.language), _in_words(session, found, inner)


def _in_words(session: Session, found: Field, value: Any) -> str:
    if isinstance(value, list):
        return word("list.and", session.language).join(_in_words(session, found, item) for item in value)
    if isinstance(value, bool):
        return session.text("show.yes" if value else "show.no")
    return found.choice_label(value, session.language) if found.choices else shown(value)
