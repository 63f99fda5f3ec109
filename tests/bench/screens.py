"""The workspace in a terminal: its start beside an empty Textual app's in the same run, and what a key takes in it."""

import os
import sys
from pathlib import Path

import figures
import new_day
import pressing
import writers
from filled import DABIAO, DAY, workspace
from pressing import DOWN
from sqlcipher3 import dbapi2
from window import Window

from tui.finding import ORDER

STARTS = 9
EMPTY = (sys.executable, str(Path(__file__).with_name("empty.py")))
SURROUNDINGS = {"DABIAO_TODAY": DAY, "DABIAO_LANG": "zh", "COLORTERM": "truecolor", "DABIAO_SIGNS": "full"}
FOOTER = "ctrl+p"
HELD = ("list", "pages", "filter", "opening a case", "changing a fact")  # what is to be as quick however many there are


def name_on_top(path: Path) -> bytes:
    """The name in the first row of the list, which tells that rows are shown. Sessions begin in the list."""
    connection = dbapi2.connect(str(path))
    connection.execute("DELETE FROM preference WHERE name = 'place'")
    connection.commit()
    name = connection.execute(f"SELECT name FROM cases ORDER BY {ORDER} LIMIT 1").fetchone()[0]
    connection.close()
    return str(name).encode()


def started_empty() -> float:
    """Milliseconds to the frame of the empty app."""
    window = Window(EMPTY, SURROUNDINGS)
    drawn = window.until(lambda text: b"filter" in text and b"palette" in text)
    window.close()
    return drawn


def started(path: Path, name: bytes) -> tuple[float, float]:
    """Milliseconds to the first frame, and to the answer to a key once rows are shown."""
    window = Window((DABIAO,), SURROUNDINGS | {"DABIAO_DB": str(path)})
    first = window.until(lambda text: FOOTER.encode() in text)
    rows = window.until(lambda text: name in text)
    answered = window.key(DOWN)[0]
    window.close()
    return first, rows + answered


def cold(path: Path) -> None:
    """Let nothing of the file be in memory, as after a night: the system is asked to forget it."""
    with open(path, "rb") as file:
        os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)


def starts(path: Path, name: bytes) -> None:
    """Print how long it takes to begin, warm and cold, in turn with the empty app."""
    started(path, name)  # once for the byte-code and the disk's cache
    empty, first, usable, after_a_night = [], [], [], []
    for _ in range(STARTS):
        empty.append(started_empty())
        frame, answer = started(path, name)
        first.append(frame)
        usable.append(answer)
    for _ in range(STARTS // 3):
        cold(path)
        after_a_night.append(started(path, name)[1])
    figures.line("an empty Textual app: its frame", empty, "ms")
    figures.line("first frame", first, "ms")
    figures.ratio("first frame", first, empty, target=1.5)
    figures.line("usable: rows shown, a key answered", usable, "ms")
    figures.ratio("usable", usable, empty, target=2.5)
    figures.line("usable, the file not in memory", after_a_night, "ms")


def keys(path: Path, name: bytes, seed: int, *, what_if: bool) -> dict[str, list[float]]:
    """Print what the keys of a session take; the milliseconds to each one's frame, by where it was pressed."""
    window = Window((DABIAO,), SURROUNDINGS | {"DABIAO_DB": str(path)})
    window.until(lambda text: name in text)
    window.settle()
    pressed = {
        "list": pressing.in_the_list(window),
        "pages": pressing.by_pages(window),
        "filter": pressing.in_the_filter(window, seed),
        "opening a case": pressing.opening_cases(window),
        "changing a fact": pressing.changing_a_fact(window),
    }
    if what_if:
        pressed["line of a what-if"] = pressing.in_a_what_if(window)
    for place, found in pressed.items():
        figures.line(f"{place}: a key to its drawn frame", [key.first for key in found], "ms", p95_target=50, digits=1)
        figures.line(f"{place}: until all is drawn", [key.last for key in found], "ms", digits=1)
        figures.line(f"{place}: bytes of that frame", [float(key.own) for key in found], "bytes")
        figures.line(f"{place}: bytes of all", [float(key.sent) for key in found], "bytes")
    figures.record("memory", mib=round(window.memory()), target=150)
    print(f"  memory of the session: {window.memory():.0f} MiB   target 150 MiB")
    window.close()
    return {place: [key.first for key in found] for place, found in pressed.items()}


def report(directory: str, sizes: list[int], colleagues: int, seed: int) -> None:
    """Print start-up and keys for each size of workspace, alone and with colleagues at work."""
    by_size: dict[int, dict[str, list[float]]] = {}
    for size in sizes:
        path = workspace(directory, size)
        name = name_on_top(path)
        figures.of(cases=size)
        print(f"\nThe workspace at {size:,} cases, 120x40 ({STARTS} starts, in turn with the empty app)")
        starts(path, name)
        by_size[size] = keys(path, name, seed, what_if=True)
        new_day.report(path, size)
        if colleagues:
            figures.of(cases=size, colleagues=colleagues)
            print(f"\n{size:,} cases, while {colleagues} others change one a second each")
            with writers.at_work(path, colleagues):
                keys(path, name_on_top(path), seed, what_if=False)
    if len(sizes) > 1:
        few, many = min(sizes), max(sizes)
        figures.of(cases=many, against=few)
        print(f"\nA key at {many:,} cases against {few:,}, by p95")
        for place in HELD:
            times = figures.p95(by_size[many][place]) / figures.p95(by_size[few][place])
            figures.record(place, times=round(times, 3), target=1.3)
            print(f"  {place}: {times:.2f} times   target 1.3 times: {figures.verdict(times, 1.3)}")
