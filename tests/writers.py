"""Programs that write into a workspace, to be run beside one another or ended in the middle."""

import os
import subprocess
import sys
from contextlib import closing
from pathlib import Path

from desks import Desk

from models.workspace import open_workspace
from models.writing import Conflict

SCORE = "applicant.notice.score"


def start(*arguments: object) -> "subprocess.Popen[str]":
    """Starts this program: `count PATH PROCESSES EDITS CASES` or `type PATH`."""
    return subprocess.Popen([sys.executable, __file__, *map(str, arguments)], stdout=subprocess.PIPE, text=True)


def count_together(path: Path, processes: int, edits: int, cases: int) -> int:
    """As many processes as asked for, each of which counts; how many of them failed."""
    # forked before any database is open: each child opens its own, and only one has to load the program
    children = []
    for number in range(processes):
        child = os.fork()
        if child == 0:
            count(path, f"w{number}", edits, cases)
            os._exit(0)
        children.append(child)
    return sum(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) != 0 for child in children)


def count(path: Path, name: str, edits: int, cases: int) -> None:
    """Adds one to a figure of each case in turn, again where somebody was quicker."""
    with closing(open_workspace(path)) as workspace:
        desk = Desk(workspace, name)
        for number in range(edits):
            while not added(desk, number % cases + 1):
                pass


def added(desk: Desk, case_id: int) -> bool:
    """Adds one, unless somebody has written another figure there meanwhile, or that very one."""
    now = desk.document(case_id)["notice"]["score"]
    try:
        return desk.change(case_id, (SCORE, now, now + 1)).entry is not None
    except Conflict:
        return False


def type_on(path: Path) -> None:
    """Changes a figure without end, and says each value once it is kept."""
    with closing(open_workspace(path)) as workspace:
        desk = Desk(workspace, "typist")
        now = desk.document(1)["notice"]["score"]
        while True:
            desk.change(1, (SCORE, now, now + 1))
            now += 1
            print(now, flush=True)  # noqa: T201


if __name__ == "__main__":
    if sys.argv[1] == "count":
        sys.exit(count_together(Path(sys.argv[2]), *map(int, sys.argv[3:])))
    type_on(Path(sys.argv[2]))
