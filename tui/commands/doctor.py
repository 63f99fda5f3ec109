"""`dabiao doctor`: looks at the workspace, says what is wrong, how bad and what to do; writes only when asked to."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from rich.cells import cell_len

from engine.words import word
from models.connection import WorkspaceError
from models.doctor import examine
from models.doctor.accepting import accept, acceptable
from models.doctor.findings import Finding, Severity
from models.doctor.rebuilding import in_the_way, rebuild
from models.workspace import Target
from tui.columns import pad, wrap
from tui.commands.session import DONE, NO, Failed, Session

_WORST_FIRST: tuple[Severity, ...] = ("fault", "warning", "note", "ok")
_WIDTH = 80


def run(session: Session, arguments: argparse.Namespace) -> int:
    """Looks, mends what was asked for, looks again; the exit code says whether a fault is left."""
    try:
        path = session.target.path
        found = _examined(session, path)
        done: dict[str, Any] = {}
        if arguments.rebuild:
            done |= _rebuild(session, path, found)
        if arguments.accept:
            done |= _accept(session, path, found, sure=arguments.yes)
        if done:
            found = _examined(session, path)
    except WorkspaceError as error:
        raise Failed(session.say(error.reason)) from None
    is_right = all(finding.severity != "fault" for finding in found)
    if session.as_json:
        session.document({"ok": is_right, "checks": [_entry(session, finding) for finding in found], **done})
    else:
        _show(session, found)
    return DONE if is_right else NO


def _examined(session: Session, path: Path) -> list[Finding]:
    """What is found; meanwhile a terminal shows what is being looked at."""
    shows = sys.stderr.isatty()

    def progress(check: str) -> None:
        if shows:
            sys.stderr.write(f"\r\x1b[K{_name(session, check)}…")
            sys.stderr.flush()

    found = examine(path, session.today, policy=session.policy, kept=session.settings.backups, progress=progress)
    if shows:
        sys.stderr.write("\r\x1b[K")
        sys.stderr.flush()
    return found


# --- what writes


def _rebuild(session: Session, path: Path, found: Sequence[Finding]) -> dict[str, Any]:
    if wrong := in_the_way(found):
        session.tell(session.text("doctor.not_rebuilt", why=_names(session, wrong)))
        return {}
    with session.workspace(Target(path)) as workspace:
        made = rebuild(workspace, session.today, session.policy)
    session.tell(session.text("doctor.rebuilt", cases=made.cases, objects=made.objects))
    return {"rebuilt": made._asdict()}


def _accept(session: Session, path: Path, found: Sequence[Finding], *, sure: bool) -> dict[str, Any]:
    lost = acceptable(found)
    if not lost:
        session.tell(session.text("doctor.nothing_to_accept"))
        return {}
    if wrong := in_the_way(found):
        session.tell(session.text("doctor.not_accepted", why=_names(session, wrong)))
        return {}
    for finding in lost:
        session.tell(session.say(finding.message))
    if not sure and not _asked(session):
        raise Failed(session.text("doctor.left"))
    with session.workspace(Target(path)) as workspace:
        entry = accept(workspace, by=session.author)
    session.tell(session.text("doctor.accepted", entry=entry))
    return {"accepted": entry}


def _asked(session: Session) -> bool:
    if not _is_asked_on_a_terminal():
        raise Failed(session.text("doctor.needs_yes"))
    sys.stderr.write(session.text("doctor.sure") + " ")
    sys.stderr.flush()
    return sys.stdin.readline().strip().lower() in {"y", "yes", "ｙ"}


def _is_asked_on_a_terminal() -> bool:
    return sys.stdin.isatty() and sys.stderr.isatty()


# --- what is shown


def _entry(session: Session, finding: Finding) -> dict[str, Any]:
    return {
        "check": finding.check,
        "ok": finding.severity != "fault",
        "severity": finding.severity,
        "message": session.say(finding.message),
        "remedy": session.say(finding.remedy) if finding.remedy else None,
        "code": finding.code,
        "details": dict(finding.details),
    }


def _show(session: Session, found: Sequence[Finding]) -> None:
    """One line a check, the worst first; what to do stands below."""
    told = [finding for finding in found if not _is_skipped(finding)]
    marks = {severity: session.text(f"doctor.mark.{severity}") for severity in _WORST_FIRST}
    names = {finding.check: _name(session, finding.check) for finding in found}
    indent = _widest(marks.values()) + 1 + _widest(names.values()) + 2
    for finding in sorted(told, key=lambda finding: _WORST_FIRST.index(finding.severity)):
        head = f"{pad(marks[finding.severity], _widest(marks.values()))} {names[finding.check]}"
        for line in _lines(session, finding, _WIDTH - indent):
            session.out(pad(head, indent) + line)
            head = ""
    if skipped := [finding for finding in found if _is_skipped(finding)]:
        for line in wrap(session.text("doctor.skipped", checks=_names(session, skipped)), _WIDTH):
            session.out(line)
    counts = {severity: sum(finding.severity == severity for finding in told) for severity in _WORST_FIRST}
    session.tell(session.text("doctor.counts", **counts))


def _lines(session: Session, finding: Finding, width: int) -> Iterator[str]:
    yield from wrap(session.say(finding.message), width)
    if finding.remedy is None:
        return
    remedy = session.say(finding.remedy)
    # a command is to be copied, and stays in one piece
    first, *rest = [remedy] if "command" in finding.details else wrap(remedy, width - 2)
    yield f"→ {first}"
    yield from (f"  {line}" for line in rest)


def _is_skipped(finding: Finding) -> bool:
    return finding.message.code == "doctor.not_looked_at"


def _names(session: Session, findings: Iterable[Finding]) -> str:
    names = dict.fromkeys(_name(session, finding.check) for finding in findings)
    return word("list.and", session.language).join(names)


def _name(session: Session, check: str) -> str:
    return word(f"doctor.check.{check}", session.language)


def _widest(texts: Iterable[str]) -> int:
    return max(cell_len(text) for text in texts)
