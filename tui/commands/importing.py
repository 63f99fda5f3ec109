"""`dabiao import`: applicant files into the workspace, one case a person."""

from __future__ import annotations

import argparse
import json
from collections import defaultdict
from collections.abc import Sequence
from typing import Any, NamedTuple

from engine.document import Invalid, Problem, dump
from engine.reason import Reason
from engine.words import word
from models.exchange.applicants import read_applicant
from models.reading import Reader
from models.refusals import Conflict
from models.workspace import Workspace
from tui.commands.applicants import said
from tui.commands.session import DONE, WRONG, Session

Document = dict[str, Any]


class _Wrong(NamedTuple):
    file: str
    problem: Problem


def run(session: Session, arguments: argparse.Namespace) -> int:
    """Imports the files; a wrong one is left out, with `--strict` all of them are."""
    wrong: list[_Wrong] = []
    found: list[tuple[str, Document]] = []
    for file in arguments.files:
        try:
            found.append((file, dump(read_applicant(file, session.standard_input))))
        except Invalid as invalid:
            wrong += [_Wrong(file, problem) for problem in invalid.problems]
    for file, problem in wrong:
        session.tell(said(session, file, problem))
    done = _Done()
    if found and not (wrong and arguments.strict):
        with session.workspace(create=True) as workspace:
            _keep(session, workspace, found, done, update=arguments.update)
    elif found:
        session.tell(session.text("import.strict"))
    _report(session, done, wrong)
    return WRONG if wrong or done.conflicts else DONE


class _Done:
    """What became of each file."""

    def __init__(self) -> None:
        self.cases: list[Document] = []
        self.conflicts = 0

    def note(self, file: str, result: str, case_id: int | None, reason: str = "", alike: Sequence[int] = ()) -> None:
        self.cases.append({"file": file, "result": result, "id": case_id, "reason": reason, "alike": list(alike)})

    def count(self, result: str) -> int:
        return sum(case["result"] == result for case in self.cases)


def _keep(
    session: Session, workspace: Workspace, found: Sequence[tuple[str, Document]], done: _Done, *, update: bool
) -> None:
    from models.writing import NewCase, create_many

    new: list[tuple[str, Document, list[int]]] = []
    seen: dict[str, str] = {}
    with Reader(workspace) as reader:
        for file, document in found:
            case_id, alike = _alike(reader, document)
            whole = json.dumps(document, sort_keys=True)
            if whole in seen:
                done.note(file, "skipped", None, session.text("import.twice", file=seen[whole]))
            elif case_id is None:
                new.append((file, document, alike))
                seen[whole] = file
            elif update:
                _update(session, workspace, reader, case_id, file, document, done)
            else:
                done.note(file, "skipped", case_id, session.text("import.there", id=case_id))
    cases = [NewCase(document) for _, document, _ in new]
    ids = [i for chunk in create_many(workspace, cases, by=session.author, today=session.today) for i in chunk]
    people: dict[tuple[str, str], list[int]] = defaultdict(list)
    for (file, document, alike), case_id in zip(new, ids, strict=True):
        # two files given at once with one ID number are both kept: to drop one would lose its facts
        person = [(key, document[key]) for key in ("id_number", "name") if key in document]
        together = sorted({i for one in person for i in people[one]})
        done.note(file, "added", case_id, alike=[*alike, *together])
        for one in person:
            people[one].append(case_id)


def _alike(reader: Reader, document: Document) -> tuple[int | None, list[int]]:
    """The case of the same ID number, if any; and the cases that may be the same person for other reasons."""
    contact = document.get("contact", {})
    found = reader.duplicates(
        id_number=document.get("id_number"), name=document.get("name"), phone=contact.get("phone")
    )
    same = next((d.row.id for d in found if Reason("duplicate.id_number", {}) in d.why), None)
    return same, [d.row.id for d in found if any(why.code in {"duplicate.name", "duplicate.phone"} for why in d.why)]


def _update(
    session: Session, workspace: Workspace, reader: Reader, case_id: int, file: str, document: Document, done: _Done
) -> None:
    from models.exchange.merging import merged
    from models.writing import change

    case = reader.case(case_id)
    changes = merged(case.document, document) if case is not None else []
    if not changes:
        done.note(file, "skipped", case_id, session.text("import.same", id=case_id))
        return
    try:
        change(workspace, case_id, changes, by=session.author, today=session.today, command="import")
    except Invalid as invalid:
        done.conflicts += 1
        for problem in invalid.problems:
            session.tell(said(session, file, problem))
        done.note(file, "skipped", case_id, session.text("import.disagrees", id=case_id))
    except Conflict:
        done.conflicts += 1
        done.note(file, "skipped", case_id, session.text("import.changed_meanwhile", id=case_id))
    else:
        done.note(file, "updated", case_id)


def _report(session: Session, done: _Done, wrong: Sequence[_Wrong]) -> None:
    errors = [
        {"file": file, "row": None, "key": p.key, "value": p.value, "reason": session.say(p.reason)}
        for file, p in wrong
    ]
    counts = {result: done.count(result) for result in ("added", "updated", "skipped")}
    for case in done.cases:
        if case["reason"]:
            session.tell(f"{case['file']}: {case['reason']}")
        if case["alike"]:
            ids = word("list.and", session.language).join(map(str, case["alike"]))
            session.tell(f"{case['file']}: {session.text('import.alike', id=case['id'], ids=ids)}")
    if session.as_json:
        session.document({**counts, "errors": errors, "cases": done.cases})
    else:
        files = len({file for file, _ in wrong})
        session.tell(session.text("import.done", **counts, wrong=files))
