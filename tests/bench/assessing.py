"""One assessment, and ten years of them as a timeline, from fifteen years of insurance: every reason included."""

import gc
from collections.abc import Callable
from datetime import date
from statistics import median
from time import perf_counter_ns
from typing import Any

import figures

from engine.assessment import assess
from engine.document import validate
from engine.months import Month
from engine.policy import load
from engine.timeline import first_reached, timeline

DAY = date(2026, 11, 22)
TEN_YEARS_ON = date(2036, 11, 22)
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


def measure(once: Callable[[], object], runs: int = RUNS) -> list[float]:
    """Microseconds of each time it is done, in the quietest of some rounds.

    What else the machine does makes a round slower, never quicker: the quickest one tells most about the program.
    """
    rounds: list[list[float]] = []
    for _ in range(ROUNDS):
        gc.collect()
        took = []
        for _ in range(runs):
            started = perf_counter_ns()
            answer = once()
            took.append((perf_counter_ns() - started) / 1_000)
        assert answer
        rounds.append(took)
    return min(rounds, key=median)


def assessing(rows: int) -> Callable[[], object]:
    """One assessment, every line's reason read."""
    facts, policy = validate(applicant(rows)), load()

    def once() -> object:
        answer = assess(facts, policy, DAY)
        return answer.total >= answer.proven > 0 and [line.reason for line in answer.lines]

    return once


def walking(rows: int) -> Callable[[], object]:
    """A timeline of ten years, every cause told; the last row is still being paid."""
    document, policy = applicant(rows), load()
    del document["insurance"][-1]["to"]
    facts = validate(document)
    return lambda: timeline(facts, policy, DAY, TEN_YEARS_ON).steps


def searching() -> Callable[[], object]:
    """The first day at the threshold for somebody who stays below it to the end."""
    facts, policy = validate({"insurance": applicant(5)["insurance"]}), load()
    return lambda: first_reached(facts, policy, DAY, TEN_YEARS_ON) is None


def report() -> None:
    """Print the times of one assessment and of a timeline beside their targets."""
    print(f"\nOne assessment: total, proven and reasons from {YEARS} years of insurance")
    print(f"(the quietest of {ROUNDS} rounds of {RUNS})")
    figures.line("as 5 rows", measure(assessing(5)), "µs", target=150)
    figures.line("as 180 rows", measure(assessing(180)), "µs", target=300)
    print(f"\nA timeline of ten years from {YEARS} years of insurance")
    print(f"(the quietest of {ROUNDS} rounds of {RUNS // 10})")
    for rows in (5, 180):
        figures.line(
            f"as {rows} rows: each step and its cause", measure(walking(rows), RUNS // 10), "µs", target=10_000
        )
    figures.line("the first day at 120, where there is none", measure(searching(), RUNS // 10), "µs")
