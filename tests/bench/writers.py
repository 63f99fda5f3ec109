"""Other consultants at work: processes that change a case a second each, until they are ended."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import date
from pathlib import Path
from random import Random

from filled import DAY

ONE_EDIT = 1.0  # seconds from one edit to the next


@contextmanager
def at_work(path: Path, many: int) -> Iterator[None]:
    """So many of them, while something else is measured."""
    command = [sys.executable, __file__, str(path)]
    # behind the one that is measured, as they would be on machines of their own
    working = [subprocess.Popen([*command, str(number)], preexec_fn=lambda: os.nice(10)) for number in range(many)]
    try:
        time.sleep(5)  # until all have loaded what they need
        yield
    finally:
        for process in working:
            process.kill()
            process.wait()


def work(path: Path, number: int) -> None:
    """Change the note to an address of any case, again and again."""
    from models.author import Author
    from models.change import Change
    from models.reading import Reader
    from models.workspace import open_workspace
    from models.writing import change

    chance, day = Random(number), date.fromisoformat(DAY)
    with closing(open_workspace(path)) as workspace, Reader(workspace) as reader:
        last = reader.count()  # a workspace that was made has them from 1 on
        while True:
            case = reader.case(chance.randint(1, last))
            if case is not None:
                before = case.document.get("ethnic_group")
                after = "回族" if before == "汉族" else "汉族"
                edit = Change("applicant.ethnic_group", before, after)
                change(workspace, case.id, [edit], by=Author(f"writer{number}", "bench"), today=day)
            time.sleep(ONE_EDIT)


if __name__ == "__main__":
    work(Path(sys.argv[1]), int(sys.argv[2]))
