"""`make faults`: kill -9 at random moments of a writing run, and many processes editing a few cases at once.

Exit code 1 where anything was lost, twice, torn or shown as an error.
"""

import argparse
import json
import os
import time
from contextlib import closing
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Any

from desks import Desk
from faults import crowd, kills
from faults.scribe import Scribe
from warmth import keep_engines

from models.connection import files_of
from models.workspace import open_workspace


def main() -> int:
    """Runs what is asked for and prints its figures; 1 where there is a flaw."""
    parser = argparse.ArgumentParser(prog="make faults ARGS=...", description=__doc__)
    parser.add_argument("--only", choices=("kills", "crowd"), help="one half of it")
    parser.add_argument("--kills", type=int, default=1_000)
    parser.add_argument("--processes", type=int, default=50)
    parser.add_argument("--cases", type=int, default=20)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--pause", type=float, default=0, help="seconds a process rests after an edit, on average")
    parser.add_argument("--seed", type=int, default=int(time.time()))
    parser.add_argument("--json", action="store_true", help="one JSON document")
    parser.add_argument("--directory", help="where to work: on the disk that is to be tried")
    chosen = parser.parse_args()
    found: dict[str, Any] = {"seed": chosen.seed, "cores": os.cpu_count()}
    with TemporaryDirectory(prefix="dabiao-faults-", dir=chosen.directory) as directory:
        keep_engines()
        if chosen.only != "crowd":
            _rehearse(Path(directory) / kills.FILE)
            found["kills"] = kills.run(Path(directory), chosen.kills, chosen.seed)
        if chosen.only != "kills":
            _rehearse(Path(directory) / crowd.FILE)
            found["crowd"] = crowd.run(
                Path(directory),
                processes=chosen.processes,
                cases=chosen.cases,
                seconds=chosen.seconds,
                pause=chosen.pause,
                seed=chosen.seed,
            )
    print(json.dumps(found) if chosen.json else "\n".join(table(found)))
    return int(any(half["flaws"] for half in found.values() if isinstance(half, dict)))


def _rehearse(path: Path) -> None:
    """Loads what every child needs, before the first is forked; nothing of a database is left, and nothing open."""
    kills.furnish(path, [{"name": "王"}] * kills.CASES)
    with closing(open_workspace(path)) as workspace:
        scribe = Scribe(Desk(workspace, "nobody"), Random(0))
        for _ in range(60):
            list(scribe.command())
    for file in files_of(path):
        file.unlink(missing_ok=True)


def table(found: dict[str, Any]) -> list[str]:
    """The figures as lines to read."""
    lines = [f"seed {found['seed']}, {found['cores']} cores"]
    if one := found.get("kills"):
        lines += [
            f"kill -9, {one['kills']:,} times at random moments",
            f"  while it was made or brought up     {one['while_made']:>8,}",
            f"  edits acknowledged before           {one['acknowledged']:>8,}",
            f"  drafts acknowledged before          {one['drafts']:>8,}",
            f"  kills in the middle of a command    {one['under_way']:>8,}",
            f"    of which it was kept, whole       {one['under_way_kept']:>8,}",
            f"  anchors behind by that command      {one['anchor_behind']:>8,}",
            f"  entries in the journals             {one['entries']:>8,}",
            f"  synchronous=FULL and WAL held on    {one['settings_held']:>8,}",
            *_flaws(one, "lost, torn, broken, ahead, locked"),
        ]
    if one := found.get("crowd"):
        lines += [
            f"{one['processes']} processes editing the same cases for {one['seconds']:g} s",
            f"  edits acknowledged                  {one['edits']:>8,}   {one['edits_a_second']:,} a second",
            f"  a command, waiting included         {_spread(one['command_ms'])}",
            f"  an edit, begun again on a conflict  {_spread(one['edit_ms'])}",
            f"  somebody else was quicker           {one['conflicts']:>8,}",
            f"  edits by process                    {_of_each(one['turns'])}",
            f"  connections opened                  {one['connections']:>8,}",
            f"    synchronous=FULL and WAL held on  {one['settings_held']:>8,}",
            *_flaws(one, "lost, twice, torn, shown as an error"),
        ]
    return lines


def _flaws(one: dict[str, Any], what: str) -> list[str]:
    return [f"  {what:<35} {len(one['flaws']):>8,}", *(f"    {flaw}" for flaw in one["flaws"][:20])]


def _spread(ms: dict[str, float]) -> str:
    return f"p50 {ms['p50']:g} ms, p99 {ms['p99']:g}, max {ms['max']:g}"


def _of_each(turns: dict[str, float]) -> str:
    return f"{turns['least']} to {turns['most']}, {turns['middle']:g} in the middle"
