"""The workspace in a terminal: start, list and filter, beside an empty Textual app in the same run."""

import sys
from pathlib import Path

import figures
from filled import DABIAO, DAY, workspace
from sqlcipher3 import dbapi2
from window import Window

from tui.finding import ORDER

STARTS = 9
EMPTY = (sys.executable, str(Path(__file__).with_name("empty.py")))
SURROUNDINGS = {"DABIAO_TODAY": DAY, "DABIAO_LANG": "zh", "COLORTERM": "truecolor"}
FOOTER = "ctrl+p"
DOWN, UP, BACKSPACE, ESCAPE, ENTER = b"\x1b[B", b"\x1b[A", b"\x7f", b"\x1b", b"\r"
WHAT_IF = "title intermediate 2028-06; base=2x from 2027-03"
WORDS = ("zhang", "li", "w", "13", "chen", "status:form")


def name_on_top(path: Path) -> bytes:
    """The name in the first row of the list, which tells that rows are shown."""
    connection = dbapi2.connect(str(path))
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


def in_the_list(window: Window) -> list[tuple[float, float, int]]:
    """Down the list and up again, a row at a time."""
    return [window.key(key) for key in (DOWN,) * 30 + (UP,) * 30]


def in_the_filter(window: Window) -> list[tuple[float, float, int]]:
    """Words typed into the filter and taken out again, a letter at a time."""
    window.key(b"/")
    pressed = []
    for word in WORDS:
        pressed += [window.key(letter.encode()) for letter in word]
        pressed += [window.key(BACKSPACE) for _ in word]
    return pressed


def in_a_what_if(window: Window) -> list[tuple[float, float, int]]:
    """A what-if typed beside the first case, a letter at a time; each one recounts it over ten years."""
    for key in (ESCAPE, ENTER, b"w", b"n"):
        window.key(key)
        window.settle()
    return [window.key(letter.encode()) for letter in WHAT_IF]


def report(directory: str, sizes: list[int]) -> None:
    """Print start-up and keys for each size of workspace."""
    slowest: dict[str, dict[int, list[float]]] = {"list": {}, "filter": {}, "line of a what-if": {}}
    for size in sizes:
        path = workspace(directory, size)
        name = name_on_top(path)
        started(path, name)  # once for the byte-code and the disk's cache
        empty, first, usable = [], [], []
        for _ in range(STARTS):
            empty.append(started_empty())
            frame, answer = started(path, name)
            first.append(frame)
            usable.append(answer)
        print(f"\nThe workspace at {size:,} cases, 120x40 ({STARTS} starts, in turn with the empty app)")
        figures.line("an empty Textual app: its frame", empty, "ms")
        figures.line("first frame", first, "ms")
        figures.ratio("", first, empty, target=1.5)
        figures.line("usable: rows shown, a key answered", usable, "ms")
        figures.ratio("", usable, empty, target=2.5)

        window = Window((DABIAO,), SURROUNDINGS | {"DABIAO_DB": str(path)})
        window.until(lambda text, name=name: name in text)
        window.settle()
        pressed = (in_the_list(window), in_the_filter(window), in_a_what_if(window))
        for place, keys in zip(slowest, pressed, strict=True):
            frames = [frame for frame, _, _ in keys]
            slowest[place][size] = frames
            figures.line(f"a key in the {place}, to its drawn frame", frames, "ms", p95_target=50, digits=1)
            figures.line(f"a key in the {place}, until all is drawn", [last for _, last, _ in keys], "ms", digits=1)
            figures.line(f"a key in the {place}, bytes sent", [float(sent) for _, _, sent in keys], "bytes")
        print(f"  memory of the session: {window.memory():.0f} MiB   target 150 MiB")
        window.close()
    if len(sizes) > 1:
        few, many = min(sizes), max(sizes)
        print(f"\nA key at {many:,} cases against {few:,}, by p95")
        for place, by_size in slowest.items():
            times = figures.p95(by_size[many]) / figures.p95(by_size[few])
            print(f"  in the {place}: {times:.2f} times   target 1.3 times: {figures.verdict(times, 1.3)}")
