"""One assessment: total, proven and every reason, from fifteen years of insurance."""

import gc
from datetime import date
from statistics import median
from time import perf_counter_ns
from typing import Any

import figures

from engine.assessment import assess
from engine.document import validate
from engine.months import Month
from engine.policy import load

DAY = date(2026, 11, 22)
FIRST = Month.parse("2011-11")
YEARS = 15
ROUNDS, RUNS = 20, 500


def applicant(rows: int) -> dict[str, Any]:
    """An ordinary applicant whose fifteen years of insurance stand in so many rows, each with a base of its own."""
    months = YEARS * 12 // rows
    starts = [FIRST + number * months for number in range(rows)]
    return {
        "name": "王小明",
        "id_number": "340104199003074516",
        "permit": {"kind": "permit", "issued": "2026-05-10", "valid_until": "2027-05-09"},
        "employment": {"employer": "上海某某科技有限公司", "registered_in_shanghai": True},
        "education": [
            {"level": "associate", "graduated": "2011-07-01", "evidence": "verified"},
            {"level": "bachelor", "degree": "bachelor", "graduated": "2014-07-01", "evidence": "verified"},
        ],
        "qualification": [{"kind": "title", "level": "intermediate", "obtained": "2018-11-01"}],
        "insurance": [
            {
                "from": str(Month(start)),
                "to": str(Month(start + months - 1)),
                "base": 8_000 + 100 * number,
                "seen_until": str(Month(start + months - 1)),
                "evidence": "verified",
            }
            for number, start in enumerate(starts)
        ],
        "spouse": {"married": "2016-10-01", "shanghai_hukou": True},
    }


def measure(rows: int) -> list[float]:
    """Microseconds of each assessment, every line's reason read, in the quietest of some rounds.

    What else the machine does makes a round slower, never quicker: the quickest one tells most about the program.
    """
    facts, policy = validate(applicant(rows)), load()
    rounds: list[list[float]] = []
    for _ in range(ROUNDS):
        gc.collect()
        took = []
        for _ in range(RUNS):
            started = perf_counter_ns()
            answer = assess(facts, policy, DAY)
            reasons = [line.reason for line in answer.lines]
            both = (answer.total, answer.proven)
            took.append((perf_counter_ns() - started) / 1_000)
        assert reasons and both[0] >= both[1] > 0
        rounds.append(took)
    return min(rounds, key=median)


def report() -> None:
    """Print the time of one assessment beside its targets."""
    print(f"\nOne assessment: total, proven and reasons from {YEARS} years of insurance")
    print(f"(the quietest of {ROUNDS} rounds of {RUNS})")
    figures.line("as 5 rows", measure(5), "µs", target=150)
    figures.line("as 180 rows", measure(180), "µs", target=300)
