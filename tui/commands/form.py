"""`dabiao form`: the official application form (积分申请表) to copy from, its gaps marked."""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence

from engine.facts import Applicant
from engine.form import Block, official_form
from engine.form.report import label, name, report
from engine.words import word
from models.form import filed_of
from models.papers import kind_of
from models.paths import Tree
from tui.commands.applicants import answer_each_case
from tui.commands.session import Session


def run(session: Session, arguments: argparse.Namespace) -> int:
    """Writes the form of each source in order; one that is wrong does not stop the others."""
    session.policy.law(session.day)  # before anything is printed

    shown: list[int] = []  # cases whose form was written

    def answer(source: str, applicant: Applicant, tree: Tree | None) -> None:
        if tree is not None:
            shown.append(int(source))
        kind = arguments.kind or ("new" if tree is None else kind_of(tree, applicant))
        filed = None if tree is None else filed_of(tree, applicant)
        blocks = official_form(applicant, session.policy, session.day, kind, filed)
        if session.as_json:
            session.document({"kind": kind, **report(blocks, session.language, whole=not arguments.masked)})
            return
        called = word(f"application_kind.{kind}", session.language)
        session.out(f"{applicant.name or source}  {session.day}  {called}")
        for line in _told(session, blocks, whole=not arguments.masked):
            session.out(line)

    code = answer_each_case(session, arguments.sources, answer)
    if shown and not arguments.masked:
        with session.workspace() as workspace:
            session.note_export(workspace, "form", shown)
    return code


def _told(session: Session, blocks: Sequence[Block], *, whole: bool) -> Iterator[str]:
    for block in blocks:
        yield f"{name(block, session.language)}:"
        for field in block.fields:
            value = session.text("form.missing") if field.missing else field.value if whole else field.shown
            filed = field.before if whole else field.shown_before
            before = "" if filed is None else session.text("form.before", before=filed or "-")
            change = session.text("form.must_change") if field.must_change else ""
            yield "  ".join(
                filter(None, (f"  {label(block, field, session.language)}: {value}".rstrip(), before, change))
            )
