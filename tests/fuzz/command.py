"""Gives spoilt texts to everything that reads texts from outside, for as long as is asked; what breaks or hangs is
printed with the text that did it, as short as it still does.

    make fuzz ARGS="--seconds 600"
    make fuzz ARGS="--only 'a filter line' --seed 7"
"""

import argparse
import json
import sys
import time
from random import Random

from fuzz.limited import read_in_time
from fuzz.mutations import apply, some
from fuzz.targets import TARGETS, Target

PATIENCE = 10.0  # seconds in which a text is made shorter
LIMIT = 5.0  # seconds for one text, of any length that is taken


def main() -> int:
    """Runs what is asked for; 1 where something broke."""
    parser = argparse.ArgumentParser(prog="make fuzz ARGS=...", description=__doc__)
    parser.add_argument("--only", choices=TARGETS, help="one reader alone")
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--seed", type=int, default=int(time.time()))
    chosen = parser.parse_args()
    names = [chosen.only] if chosen.only else list(TARGETS)
    random = Random(chosen.seed)
    counts, worst, broken = dict.fromkeys(names, 0), dict.fromkeys(names, 0.0), dict[str, str]()
    until = time.monotonic() + chosen.seconds
    while time.monotonic() < until and len(broken) < len(names):
        name = random.choice([name for name in names if name not in broken])
        target = TARGETS[name]
        text = apply(random.choice(target.seeds), some(random))
        began = time.monotonic()
        error = breaks(target, text)
        counts[name] += 1
        worst[name] = max(worst[name], time.monotonic() - began)
        if error is not None:
            broken[name] = f"{error}: {shortened(target, text, error)!r}"
    for name in names:
        print(json.dumps({"reader": name, "texts": counts[name], "worst": round(worst[name], 2), "seed": chosen.seed}))
    for name, what in broken.items():
        print(f"{name}: {what[:2000]}", file=sys.stderr)
    return 1 if broken else 0


def breaks(target: Target, text: str) -> str | None:
    """What a text does to a reader that it should not; None where all is well."""
    try:
        read_in_time(target.read, text, LIMIT)
    except Exception as error:  # noqa: BLE001 - whatever it is, it is told
        return type(error).__name__
    return None


def shortened(target: Target, text: str, error: str) -> str:
    """The text with pieces left out as long as it breaks in the same way; not of one that hangs."""
    size = len(text) if error != "TooLong" else 0
    until = time.monotonic() + PATIENCE
    while size > 0:
        at = 0
        while at < len(text) and time.monotonic() < until:
            less = text[:at] + text[at + size :]
            if breaks(target, less) == error:
                text = less
            else:
                at += size
        size //= 2
    return text
