"""kill -9 at random moments of a writing run: what was acknowledged is there, all is whole, and work goes on.

Some writers are let loose on a workspace and killed, one after the other or all at once; then the workspace is opened
and held against what they had been told is kept. It lives through a hundred kills, the first of them while it is made.
"""

import signal
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from random import Random
from shutil import copyfile
from typing import Any, NamedTuple

from desks import DAY, Desk
from faults.forks import Child, answer, listen
from faults.scribe import Begins, Drafts, Kept, Written, write_on
from faults.settings import Settings
from journalled import changes_of
from soundness import flaws

from models import anchor, demo
from models.connection import files_of
from models.paths import get
from models.rederiving import rederive
from models.workspace import Workspace, open_workspace

CASES = 20
FILE = "kills.db"
LIFE = 100  # kills that one workspace lives through
WHILE_MADE = 3  # of them while it is being made, or brought up from the first release
EARLIER = Path(__file__).parent.parent / "workspaces" / "0001.db"
AT_WORK = 30  # words that a writer says at most before it is killed: two a command
A_COMMAND = 0.01  # seconds within which it is killed then
_STILL_OPEN: list[Workspace] = []


class Found(NamedTuple):
    """A workspace looked at after a kill."""

    flaws: list[str]
    entries: dict[str, list[tuple[int, str, int, Any]]]  # by author: number, command, case, changes
    drafts: dict[str, Drafts]  # by author
    anchor: int
    last: int


class Story(NamedTuple):
    """What one writer said until it was killed."""

    name: str
    kept: list[Kept]
    under_way: Begins | None
    code: int


def run(directory: Path, kills: int, seed: int) -> dict[str, Any]:
    """So many kills; figures of them, with every flaw that was found after one."""
    random = Random(f"kills/{seed}")
    documents = [made.document for made in demo.applicants(CASES, seed, DAY)]
    totals: Counter[str] = Counter()
    told: list[str] = []
    path = directory / FILE
    settings = Settings()
    for life in range((kills + LIFE - 1) // LIFE):
        for file in files_of(path):
            file.unlink(missing_ok=True)
        left = min(LIFE, kills - life * LIFE)
        if life % 2:
            copyfile(EARLIER, path)
        left -= _while_made(path, random, min(WHILE_MADE, left), totals)
        answer(lambda: furnish(path, documents))
        stories: list[Story] = []
        while left > 0:
            at_once = min(left, random.choice([1, 1, 1, 1, 2, 2, 3, 4]))
            names = [f"w{life}x{totals['kills']}x{n}" for n in range(at_once)]
            fresh = _killed(path, names, random, totals)
            left -= at_once
            stories += fresh
            leave_open = random.random() < 0.5
            found = answer(lambda leave_open=leave_open: _look(path, leave_open))
            told += [
                f"seed {seed}, after kill {totals['kills']}: {flaw}" for flaw in _held(stories, fresh, found, totals)
            ]
        totals["entries"] += found.last
    connections = settings.figures()
    if connections["wrong"]:
        told.append(f"{connections['wrong']} connections had not the settings they must have")
    totals["settings_held"] = connections["held"]
    return {"kills": totals["kills"], **{name: totals[name] for name in FIGURES}, "flaws": told}


FIGURES = (
    "while_made",
    "acknowledged",
    "under_way",
    "under_way_kept",
    "anchor_behind",
    "drafts",
    "entries",
    "settings_held",
)


def _while_made(path: Path, random: Random, kills: int, totals: Counter[str]) -> int:
    for _ in range(kills):
        child = Child(lambda say: open_workspace(path).close())
        time.sleep(random.uniform(0, 0.15))
        child.kill()
        child.all_words()
        totals["kills"] += 1
        totals["while_made"] += 1
    return kills


def furnish(path: Path, documents: list[dict[str, Any]]) -> None:
    """The cases that are there before anybody is killed; those of somebody who takes nothing back. What an earlier
    release derived is brought up to today, as each session does when it begins."""
    with closing(open_workspace(path)) as workspace:
        while rederive(workspace, DAY):
            pass
        for document in documents:
            Desk(workspace, "first").create(document)


def _killed(path: Path, names: list[str], random: Random, totals: Counter[str]) -> list[Story]:
    """Writers let loose, and killed at moments of their own."""
    writers = [Child(lambda say, name=name: write_on(path, name, name, say)) for name in names]
    for writer in random.sample(writers, len(writers)):
        words = random.randint(0, AT_WORK)
        listen(writers, lambda writer=writer, words=words: len(writer.words) >= words)
        time.sleep(random.uniform(0, A_COMMAND))
        writer.kill()
    stories = [_story(name, writer) for name, writer in zip(names, writers, strict=True)]
    totals["kills"] += len(writers)
    return stories


def _story(name: str, writer: Child) -> Story:
    words = writer.all_words()
    kept = [word for word in words if isinstance(word, Kept)]
    return Story(name, kept, words[-1] if words and isinstance(words[-1], Begins) else None, writer.code)


def _look(path: Path, leave_open: bool) -> Found:
    workspace = open_workspace(path)
    connection = workspace.connection
    entries: dict[str, list[Any]] = {}
    opened = changes_of(connection)
    for number, by, command, case_id in connection.execute('SELECT id, "by", command, case_id FROM entry ORDER BY id'):
        entries.setdefault(by, []).append((number, command, case_id, opened[number]))
    drafts: dict[str, Drafts] = {}
    for by, case_id, path_, text in connection.execute('SELECT "by", case_id, path, text FROM draft'):
        drafts.setdefault(by, {})[case_id, path_] = text
    kept = anchor.read(path)
    last = sum(map(len, entries.values()))
    found = Found(flaws(workspace), entries, drafts, kept.last if kept else 0, last)
    if leave_open:
        _STILL_OPEN.append(workspace)  # its log is not written back: the next writers find it as a crash leaves it
    else:
        workspace.close()
    return found


def _held(stories: list[Story], fresh: list[Story], found: Found, totals: Counter[str]) -> Iterator[str]:
    """What was said to be kept, held against what is there."""
    yield from found.flaws
    for story in fresh:
        if story.code != -signal.SIGKILL:
            yield f"{story.name} was not killed and ended with {story.code}: an error was shown"
        yield from _entries_held(story, found, totals)
    for story in stories:
        yield from _drafts_held(story, found)
    totals["anchor_behind"] += found.anchor < found.last


def _entries_held(story: Story, found: Found, totals: Counter[str]) -> Iterator[str]:
    there = found.entries.get(story.name, [])
    said = [entry for kept in story.kept for entry in kept.entries]
    totals["acknowledged"] += len(said)
    totals["drafts"] += sum(not kept.entries and bool(kept.drafts) for kept in story.kept)
    if len(there) < len(said):
        yield f"{story.name} was told of {len(said)} entries, {len(there)} are there: LOST"
    for entry, written in zip(there, said, strict=False):
        if not _is(entry, written):
            yield f"{story.name} was told of {written}, and there is {entry}"
        elif entry[0] > found.anchor:
            yield f"{story.name} was told of {entry[0]}, and the anchor is at {found.anchor}"
    rest = there[len(said) :]
    totals["under_way"] += story.under_way is not None
    totals["under_way_kept"] += bool(rest)
    if rest and not _is_whole(rest, story.under_way):
        yield f"{story.name} was doing {story.under_way}, and left {rest}"


def _is_whole(rest: list[Any], under_way: Begins | None) -> bool:
    """Whether all of a command is there that was under way and not acknowledged."""
    if under_way is None:
        return False
    wanted = under_way.entries
    if wanted[0].after is None:  # the undoing of a batch is as long as the batch
        return all(entry[1] in wanted[0].command for entry in rest)
    return len(rest) == len(wanted) and all(map(_is, rest, wanted))


def _is(entry: Any, written: Written) -> bool:
    _, command, case_id, changes = entry
    after = {change["path"]: change["after"] for change in changes}
    return (
        command in written.command.split("|")
        and written.case_id in (None, case_id)
        and all(_after(after, path) == value for path, value in (written.after or {}).items())
    )


def _after(after: dict[str, Any], path: str) -> Any:
    return get(after[""], path) if "" in after else after.get(path)


def _drafts_held(story: Story, found: Found) -> Iterator[str]:
    there = found.drafts.get(story.name, {})
    wanted: Drafts = {}
    for kept in story.kept:
        wanted |= kept.drafts
    unsure = story.under_way.drafts if story.under_way else {}
    for place in {*there, *wanted, *unsure}:
        may_be = {wanted.get(place), unsure.get(place, wanted.get(place))}
        if there.get(place) not in may_be:
            yield f"{story.name}: the draft at {place} is {there.get(place)!r} and should be one of {may_be}"
