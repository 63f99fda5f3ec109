"""Why many cases cannot be changed, told as few reasons: those that differ in figures and days alone are one."""

from engine.reason import Reason
from engine.words import say
from tui.reasons_alike import as_few


def closed(*why: Reason) -> Reason:
    return Reason("workflow.closed", {"to_word": "status.form", "why": list(why)})


def lapsed(day: str) -> Reason:
    return Reason("workflow.guard.permit.lapsed", {"until": day})


def short(points: int) -> Reason:
    return Reason("workflow.guard.score", {"total": points, "threshold": 120})


def told(*reasons: Reason) -> list[tuple[str, list[int]]]:
    few = as_few(dict(enumerate(reasons)), lambda least, most: f"{least}..{most}")
    return [(say(reason, "zh"), ids) for reason, ids in few]


def test_figures_and_days_that_differ_are_told_from_the_least_to_the_greatest() -> None:
    assert told(short(90), short(36), short(90)) == [("按当天算 36..90 分，不到 120 分", [0, 2, 1])]
    assert told(lapsed("2026-11-01"), lapsed("2025-03-09")) == [
        ("居住证 2025-03-09..2026-11-01 已到期，先签注", [0, 1])
    ]


def test_so_they_are_within_another_reason() -> None:
    one = "现在不能到“填报中”：按当天算 36..90 分，不到 120 分、居住证 2026-11-01 已到期，先签注；确要这样，请写原因"
    assert told(*(closed(short(points), lapsed("2026-11-01")) for points in (90, 36))) == [(one, [0, 1])]


def test_of_another_kind_and_of_another_number_they_are_others() -> None:
    assert len(told(closed(short(90)), closed(short(90), lapsed("2026-11-01")), short(90))) == 3
    assert len(told(*(Reason("write.no_case", {"id": number}) for number in (1, 2)))) == 2
