"""`dabiao demo`: made-up cases in a throw-away workspace, or at a place to keep."""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

from models import demo
from models.connection import files_of
from models.demo.placing import placed
from models.workspace import Target
from tui.commands.session import DONE, Failed, Session, failing
from tui.commands.workspace import needs_terminal, show

_PROGRESS_FROM = 1000  # fewer are there before anybody asks
_BAR = 30  # cells of the progress bar


def run(session: Session, arguments: argparse.Namespace) -> int:
    """Builds the cases; without `--into` shows them, and throws them away afterwards."""
    count = demo.DEFAULT_COUNT if arguments.count is None else arguments.count
    seed = demo.DEFAULT_SEED if arguments.seed is None else arguments.seed
    if arguments.into is not None:
        return _keep(session, Path(arguments.into), count, seed)
    needs_terminal(session)
    with TemporaryDirectory(prefix="dabiao-demo-") as directory:
        target = Target(Path(directory) / "demo.db")
        _build(session, target, count, seed)
        return show(session, target)


def _keep(session: Session, path: Path, count: int, seed: int) -> int:
    place = path.expanduser().absolute()
    is_there = Failed(session.text("demo.there", path=path))
    if any(file.exists() for file in files_of(place)):
        raise is_there
    try:
        with failing(session), placed(place) as new:
            _build(session, Target(new), count, seed)
    except FileExistsError:
        raise is_there from None
    session.tell(session.text("demo.built", count=count, path=path))
    return DONE


def _build(session: Session, target: Target, count: int, seed: int) -> None:
    began = time.monotonic()

    def progress(done: int, share: float) -> None:
        if count >= _PROGRESS_FROM and sys.stderr.isatty():
            full = int(_BAR * share)
            left = round((time.monotonic() - began) * (1 - share) / share)
            bar = "#" * full + "." * (_BAR - full)
            rest = session.text("demo.left", minutes=left // 60, seconds=f"{left % 60:02}")
            sys.stderr.write(f"\r[{bar}] {done}/{count}  {rest} " + ("\n" if share == 1 else ""))
            sys.stderr.flush()

    with session.workspace(target, kind="demo", create=True) as workspace:
        demo.build(workspace, count, seed, session.today, session.author, progress)
