"""`make soak`: any commands by three people beside a plain model of the workspace, for an hour, on every core.

It goes on from seed to seed until the time is up, or until something is not as the model says: then it tells the seed
and the shortest story that leads there. A seed tells the same story again.
"""

import argparse
import os
import platform
import time
import traceback
from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from faults.forks import Child, listen
from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis.stateful import run_state_machine_as_test
from soak.machine import Clock, WorkspaceMachine
from soak.plain import CHUNK

from models import today, undoing, writing
from models.workspace import open_workspace

EXAMPLES = 25  # stories to a seed
STEPS = 50  # to a story
KEPT = Path(__file__).parents[2] / "docs" / "soak.md"
IN_MEMORY = Path("/dev/shm")  # the disk is not what is tried here
SETTINGS = settings(
    max_examples=EXAMPLES,
    stateful_step_count=STEPS,
    deadline=None,
    database=None,
    report_multiple_bugs=False,
    phases=[Phase.generate, Phase.shrink],
    suppress_health_check=list(HealthCheck),
)


class Told(NamedTuple):
    """What became of a seed."""

    seed: int
    examples: int
    steps: int
    why: str = ""  # it failed, in a line
    failure: str = ""  # with the story


def main() -> int:
    """Runs until the time is up and tells what came of it; 1 where something is not as the model says."""
    parser = argparse.ArgumentParser(prog="make soak ARGS=...", description=__doc__)
    parser.add_argument("--minutes", type=float, default=60, help="0: one seed")
    parser.add_argument("--seed", type=int, default=int(time.time()), help="the first of them")
    parser.add_argument("--cores", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--keep", action="store_true", help=f"add the result to {KEPT.relative_to(KEPT.parents[1])}")
    chosen = parser.parse_args()
    today.datetime, writing.CHUNK, undoing._CHUNK = Clock, CHUNK, CHUNK  # type: ignore[misc]
    began = time.monotonic()
    print(f"seeds from {chosen.seed} on, {chosen.cores} at once, for {chosen.minutes:g} minutes", flush=True)
    told: list[Told] = []
    with TemporaryDirectory(prefix="dabiao-soak-", dir=IN_MEMORY if os.access(IN_MEMORY, os.W_OK) else None) as place:
        for one in _seeds(Path(place), chosen.seed, chosen.cores, began + 60 * chosen.minutes):
            told.append(one)
            if one.failure or len(told) % 50 == 0:
                steps = sum(one.steps for one in told)
                print(f"{(time.monotonic() - began) / 60:.0f} min, {len(told)} seeds, {steps:,} steps", flush=True)
    minutes = (time.monotonic() - began) / 60
    failed = next((one for one in told if one.failure), None)
    if failed:
        print(f"\nseed {failed.seed}: make soak ARGS='--seed {failed.seed} --minutes 0'\n\n{failed.failure}")
    line = _line(told, minutes, chosen.cores, failed)
    print(line)
    if chosen.keep:
        with KEPT.open("a", encoding="utf-8") as page:
            page.write(line + "\n")
    return int(failed is not None)


def _seeds(place: Path, first: int, cores: int, until: float) -> Iterator[Told]:
    """One seed after the other on every core; one that fails is the last."""
    blank = place / "blank.db"
    open_workspace(blank).close()
    free = [_seat(place / f"{number}.db", blank) for number in range(cores)]
    running: dict[Child, tuple[int, type[WorkspaceMachine]]] = {}
    number = first
    while True:
        while free and (number == first or time.monotonic() < until):
            seat = free.pop()
            running[Child(lambda say, seat=seat, number=number: say(_tell(seat, number)))] = (number, seat)
            number += 1
        if not running:
            return
        listen(running, lambda: any(child.ended for child in running))
        for child in [child for child in running if child.ended]:
            which, seat = running.pop(child)
            free.append(seat)
            words = child.all_words()
            told = words[0] if words else Told(which, 0, 0, *[f"the process ended with {child.code}"] * 2)
            yield told
            if told.failure:
                for other in running:
                    other.kill()
                    other.all_words()
                return


def _seat(where: Path, from_: Path) -> type[WorkspaceMachine]:
    """A machine with a file of its own, that has run once: what each seed would load is loaded, nothing is open."""

    class Seat(WorkspaceMachine):
        blank, path = from_, where

    with suppress(Exception):  # the seeds will tell
        run_state_machine_as_test(Seat, settings=settings(SETTINGS, max_examples=3))
    Seat.examples = Seat.steps = 0
    return Seat


def _tell(seat: type[WorkspaceMachine], number: int) -> Told:
    why = failure = ""
    seed(number)(seat)
    try:
        run_state_machine_as_test(seat, settings=SETTINGS)
    except Exception as error:  # noqa: BLE001 - it is told, with the story
        why = f"{type(error).__name__}: {error}".splitlines()[0]
        failure = "".join(traceback.format_exception(error))
    return Told(number, seat.examples, seat.steps, why, failure)


def _line(told: list[Told], minutes: float, cores: int, failed: Told | None) -> str:
    """The result as a row of the table that is kept."""
    seeds = [one.seed for one in told]
    examples, steps = sum(one.examples for one in told), sum(one.steps for one in told)
    result = "none" if failed is None else f"seed {failed.seed}: {failed.why}"
    cells = [
        f"{datetime.now():%Y-%m-%d}",
        f"{cores} cores, {platform.system()}, CPython {platform.python_version()}",
        f"{minutes:.0f}",
        f"{min(seeds)}-{max(seeds)}",
        f"{examples:,}",
        f"{steps:,}",
        f"{steps / minutes / 60:.0f}",
        result,
    ]
    return f"| {' | '.join(cells)} |"
