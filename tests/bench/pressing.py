"""What is pressed in the workspace while it is measured: each a list of keys with the times and bytes of its frames."""

from random import Random

from window import Pressed, Window

DOWN, UP, PAGE_DOWN, PAGE_UP = b"\x1b[B", b"\x1b[A", b"\x1b[6~", b"\x1b[5~"
BACKSPACE, ESCAPE, ENTER, TAB = b"\x7f", b"\x1b", b"\r", b"\t"
WHAT_IF = "title intermediate 2028-06; base=2x from 2027-03"
FILTERS = (
    *("zhang", "13", "status:form", "renewal:<30d", "deadline:overdue", "waiting:hr sort:deadline"),
    *("gap:1..20 sort:-score", "base:<1.05x", "risk:block", "consultant:陈静 sort:renewal", "exam:2027", "欠:学位证"),
)
SLIPS = 0.1  # of ten letters one is a wrong one, taken out again


def in_the_list(window: Window) -> list[Pressed]:
    """Down the list and up again, a row at a time."""
    return [window.key(key) for key in (DOWN,) * 30 + (UP,) * 30]


def by_pages(window: Window) -> list[Pressed]:
    """Down the list and up again, a page at a time."""
    return [window.key(key) for key in (PAGE_DOWN,) * 15 + (PAGE_UP,) * 15]


def in_the_filter(window: Window, seed: int) -> list[Pressed]:
    """Named filters and sorts, typed as people do: in any order, a letter at a time, with slips; then taken out."""
    chance = Random(seed)
    window.key(b"/")
    pressed: list[Pressed] = []
    for line in chance.sample(FILTERS, len(FILTERS)):
        for letter in line:
            if chance.random() < SLIPS:
                pressed += [window.key(chance.choice("asdfjkl").encode()), window.key(BACKSPACE)]
            pressed.append(window.key(letter.encode()))
        pressed += [window.key(BACKSPACE) for _ in line]
    window.key(ESCAPE)
    window.settle()
    return pressed


def opening_cases(window: Window) -> list[Pressed]:
    """One case after the other opened, and left again; the keys that open them."""
    pressed: list[Pressed] = []
    for _ in range(40):
        pressed.append(window.key(ENTER))
        window.key(b"q")
        window.key(DOWN)
    return pressed


def changing_a_fact(window: Window) -> list[Pressed]:
    """民族 of the case on top, a letter more and a letter less; the keys that leave the field and keep it.

    Enter leaves it: of Esc alone every program waits to see whether it begins what an arrow key sends.
    """
    for key in (b"\x1b[H", ENTER, *(DOWN,) * 6):
        window.key(key)
        window.settle(0.3)
    pressed: list[Pressed] = []
    for key in (b"x", BACKSPACE) * 20:
        window.key(ENTER)
        window.key(key)
        pressed.append(window.key(ENTER))
        window.key(UP)
    window.key(b"q")
    window.settle()
    return pressed


def in_a_what_if(window: Window) -> list[Pressed]:
    """A what-if typed beside the first case, a letter at a time; each one recounts it over ten years."""
    for key in (ENTER, b"w", b"n"):
        window.key(key)
        window.settle()
    pressed = [window.key(letter.encode()) for letter in WHAT_IF]
    for key in (ESCAPE, ESCAPE, b"q", b"q"):
        window.key(key)
        window.settle(0.3)
    return pressed
