"""Programs that write, back up and restore, to be run beside one another, ended in the middle or denied the disk."""

import errno
import os
import resource
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from desks import Desk

from models import backups, examining, restoring
from models.author import Author
from models.refusals import Conflict
from models.workspace import Target, open_workspace
from tui.cli import main

STEPS = ("open", "fsync", "link", "rename", "replace", "unlink", "pwrite", "ftruncate")  # what changes a directory


@contextmanager
def failing_at(step: int, monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """The disk fails at the so-manieth change of a directory or of a small file; gives which that was."""
    steps = count(1)
    failed: list[str] = []

    def counted(name: str, do: Callable[..., Any]) -> Callable[..., Any]:
        def wrapper(*given: Any, **named: Any) -> Any:
            if next(steps) == step:
                failed.append(name)
                raise OSError(errno.EIO, os.strerror(errno.EIO))
            return do(*given, **named)

        return wrapper

    with monkeypatch.context() as disk:
        for name in STEPS:
            disk.setattr(os, name, counted(name, getattr(os, name)))
        yield failed


def start(*arguments: object) -> "subprocess.Popen[str]":
    """Starts this program with one of the functions below and its arguments."""
    command = [sys.executable, __file__, *map(str, arguments)]
    return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def line_of(program: "subprocess.Popen[str]") -> str:
    """The next line a program says."""
    assert program.stdout is not None
    return program.stdout.readline().strip()


def write(path: str) -> None:
    """Changes the status of each case in turn without end; says each entry once it is kept."""
    with closing(open_workspace(Path(path))) as workspace:
        desk = Desk(workspace, "writer")
        for turn in count():
            try:
                saved = desk.set(1 + turn % 2, "tags", [f"{turn}"])
            except Conflict:  # a backup was restored between the look and the change
                continue
            say(saved.entry)


def back_up(path: str, file: str) -> None:
    """Makes a backup; says so in the middle of it, and goes on once it reads a line."""
    examining._ASKED_EVERY = 1
    said = False

    def in_the_middle() -> bool:
        nonlocal said
        if not said:
            said = True
            say("at it")
            sys.stdin.readline()
        return False

    say(backups.make(Path(path), Path(file), stopped=in_the_middle).head)


def restore(path: str, source: str, call: str) -> None:
    """Restores a backup and is killed just before a call; says when it was not.

    `link 2` is the second link, `open -anchor 2` the second time that a file whose name ends so is opened.
    """
    name, *ending, number = call.split()
    kill_before(name, "".join(ending), int(number))
    restoring.restore(Target(Path(path)), Path(source), by=Author("ana", "test"), sure=lambda standing: True)
    say("done")


def without_room(size: str, *arguments: str) -> None:
    """The command `dabiao` where no file may grow beyond so many bytes."""
    resource.setrlimit(resource.RLIMIT_FSIZE, (int(size), int(size)))
    sys.exit(main(list(arguments)))


def kill_before(name: str, ending: str, number: int) -> None:
    """From now on, the power goes just before the so-manieth call of a function of `os` on such a file."""
    calls, do = count(1), getattr(os, name)

    def counted(*given: Any, **named: Any) -> Any:
        if str(given[0]).endswith(ending) and next(calls) == number:
            os.kill(os.getpid(), signal.SIGKILL)
        return do(*given, **named)

    setattr(os, name, counted)


def say(what: object) -> None:
    print(what, flush=True)  # noqa: T201


if __name__ == "__main__":
    {f.__name__: f for f in (write, back_up, restore, without_room)}[sys.argv[1]](*sys.argv[2:])
