"""Many processes editing the same few cases without a pause: nothing lost, nothing twice, nobody shown an error.

Each edit is made as the screen makes it: the case is read, the field changed with what was seen there, and where
somebody else was quicker (a `Conflict`) read and changed again. Some edits count a figure up that everybody counts up,
the others write a text that nobody wrote before.
"""

import json
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from random import Random
from statistics import median, quantiles
from typing import Any, NamedTuple

from desks import DAY
from faults.forks import Child, answer
from faults.settings import Settings
from journalled import changes_of
from soundness import flaws, unsettled

from models import demo
from models.author import Author
from models.paths import get
from models.reading import Reader
from models.refusals import Conflict
from models.workspace import Workspace, open_workspace
from models.writing import Change, change, create

FILE = "crowd.db"
COUNTER = "applicant.notice.score"
TEXTS = ("contact.wechat", "contact.source", "hukou.address", "permit.address", "employment.post", "archive.holder")
PATHS = [COUNTER] * 4 + [f"applicant.{name}" for name in TEXTS]


class Edit(NamedTuple):
    """An edit that was acknowledged, and how long it took from the reading on, seconds."""

    entry: int
    by: str
    case_id: int
    path: str
    before: Any
    after: Any
    took: float


class Told(NamedTuple):
    """What one process has to tell in the end."""

    edits: list[Edit]
    commands: list[float]  # how long each took, waiting included, seconds
    conflicts: int
    errors: list[str]


class Editor:
    """One person at the screen of one process."""

    def __init__(self, workspace: Workspace, reader: Reader, name: str, random: Random) -> None:
        self.workspace, self.reader, self.name, self.random = workspace, reader, name, random
        self.edits: list[Edit] = []
        self.commands: list[float] = []
        self.conflicts = 0

    def edit(self, case_id: int) -> None:
        """One edit, begun again for as long as somebody else is quicker."""
        path = self.random.choice(PATHS)
        began = time.perf_counter()
        while True:
            before = self._read(case_id, path)
            after = before + 1 if path == COUNTER else f"{self.name}-{len(self.edits)}"
            entry = self._change(case_id, Change(path, before, after))
            if entry is not None:
                took = time.perf_counter() - began
                self.edits.append(Edit(entry, self.name, case_id, path, before, after, took))
                return

    def _read(self, case_id: int, path: str) -> Any:
        case = self.reader.case(case_id)
        assert case is not None
        return get({"applicant": case.document}, path)

    def _change(self, case_id: int, wanted: Change) -> int | None:
        """The entry of the change; None where somebody else was quicker, be it with the very same figure."""
        began = time.perf_counter()
        try:
            return change(self.workspace, case_id, [wanted], by=Author(self.name, "tui"), today=DAY).entry
        except Conflict:
            self.conflicts += 1
            return None
        finally:
            self.commands.append(time.perf_counter() - began)


def run(directory: Path, *, processes: int, cases: int, seconds: float, pause: float, seed: int) -> dict[str, Any]:
    """So many processes for so long, each resting `pause` seconds on average after an edit; figures, and flaws."""
    path = directory / FILE
    answer(lambda: _furnish(path, cases, seed))
    settings = Settings()
    begin = time.time() + 0.5 + processes / 50  # all are there by then

    def at_screen(number: int) -> Told:
        random = Random(f"crowd/{seed}/{number}")
        time.sleep(max(0.0, begin - time.time()))
        return _edit_on(path, f"p{number}", cases, begin + seconds, pause, random)

    people = [Child(lambda say, number=number: say(at_screen(number))) for number in range(processes)]
    told: list[Told] = [word for person in people for word in person.all_words()]
    wrong = [f"a process ended with {person.code}" for person in people if person.code]
    wrong += [error for one in told for error in one.errors]
    connections = settings.figures()
    if connections["held"] != connections["opened"]:
        wrong.append(f"of {connections['opened']} connections {connections['held']} had the settings they must have")
    wrong += answer(lambda: list(_held(path, told)))
    return _figures(told, seconds, connections) | {"flaws": wrong}


def _furnish(path: Path, cases: int, seed: int) -> None:
    workspace = open_workspace(path)
    for made in demo.applicants(cases, seed, DAY):
        notice = made.document.get("notice", {}) | {"score": 0}
        create(workspace, made.document | {"notice": notice}, by=Author("first"), today=DAY)
    workspace.close()


def _edit_on(path: Path, name: str, cases: int, until: float, pause: float, random: Random) -> Told:
    workspace = open_workspace(path)
    errors = []
    with Reader(workspace) as reader:
        editor = Editor(workspace, reader, name, random)
        try:
            while time.time() < until:
                editor.edit(random.randint(1, cases))
                if pause:
                    time.sleep(random.uniform(0, 2 * pause))
        except Exception as error:  # noqa: BLE001 - whatever it is, a person would have been shown it
            errors.append(f"{name} was shown {error!r}")
    errors += [f"of {name} in the end: {setting}" for setting in unsettled(workspace)]
    workspace.close()
    return Told(editor.edits, editor.commands, editor.conflicts, errors)


def _held(path: Path, told: list[Told]) -> Iterator[str]:
    """What was acknowledged, held against the journal and the cases."""
    workspace = open_workspace(path)
    yield from flaws(workspace)
    acknowledged = {edit.entry: edit for one in told for edit in one.edits}
    if len(acknowledged) < sum(len(one.edits) for one in told):
        yield "two edits were told the same entry"
    stand: dict[tuple[int, str], Any] = {}
    found = set()
    opened = changes_of(workspace.connection)
    for number, by, command, case_id in workspace.connection.execute(
        'SELECT id, "by", command, case_id FROM entry ORDER BY id'
    ):
        ((path_, before, after),) = [tuple(c[name] for name in ("path", "before", "after")) for c in opened[number]]
        if command == "create":
            stand |= {(case_id, name): get(after, name) for name in PATHS}
            continue
        found.add(number)
        edit = acknowledged.get(number)
        if edit is None or edit[1:6] != (by, case_id, path_, before, after):
            yield f"entry {number} is {by, case_id, path_, before, after}, acknowledged was {edit}"
        if stand[case_id, path_] != before:
            yield f"entry {number} was made upon {before!r}, where {stand[case_id, path_]!r} stood: a LOST UPDATE"
        stand[case_id, path_] = after
    if lost := acknowledged.keys() - found:
        yield f"acknowledged and not in the journal: {sorted(lost)}"
    yield from _counted(workspace, told)


def _counted(workspace: Workspace, told: list[Told]) -> Iterator[str]:
    counts = Counter(edit.case_id for one in told for edit in one.edits if edit.path == COUNTER)
    for case_id, document in workspace.connection.execute("SELECT case_id, document FROM document"):
        if (score := json.loads(document)["notice"]["score"]) != counts[case_id]:
            yield f"case {case_id} was counted up {counts[case_id]} times and stands at {score}"


def _figures(told: list[Told], seconds: float, connections: Counter[str]) -> dict[str, Any]:
    edits = [edit.took for one in told for edit in one.edits]
    commands = [took for one in told for took in one.commands]
    turns = sorted(len(one.edits) for one in told)
    return {
        "processes": len(told),
        "seconds": seconds,
        "edits": len(edits),
        "edits_a_second": round(len(edits) / seconds),
        "command_ms": _spread(commands),
        "edit_ms": _spread(edits),
        "conflicts": sum(one.conflicts for one in told),
        "turns": {"least": turns[0], "middle": median(turns), "most": turns[-1]},
        "connections": connections["opened"],
        "settings_held": connections["held"],
    }


def _spread(seconds: list[float]) -> dict[str, float]:
    cuts = quantiles(seconds, n=100)
    return {
        name: round(1000 * value, 1) for name, value in (("p50", cuts[49]), ("p99", cuts[98]), ("max", max(seconds)))
    }
