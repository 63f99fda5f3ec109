"""How long the steps take: lengths in either kind of day, and what the lint says of a broken pack."""

import copy
import tomllib
from collections.abc import Callable
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest

from engine.durations import DURATIONS, Durations, Length, lint, load, read
from engine.policy import BadPack
from engine.words import LANGUAGES, say

Pack = dict[str, Any]
PACK = tomllib.loads(files("engine").joinpath("process", "durations.toml").read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    ("amount", "unit", "days", "working_days"),
    [
        (20, "working_days", 28, 20),
        (14, "days", 14, 10),
        (3, "working_days", 5, 3),  # four days and a part
        (60, "days", 60, 43),  # 42 working days and a part
        (20, "days", 20, 15),
        (0, "days", 0, 0),
        (1, "days", 1, 1),
    ],
)
def test_a_week_is_five_working_days_and_a_part_of_a_day_is_a_day(
    amount: int, unit: str, days: int, working_days: int
) -> None:
    length = Length(amount, unit)
    assert (length.days, length.working_days) == (days, working_days)


def test_the_determination_takes_what_the_measures_say() -> None:
    taken = load().durations["determination"]
    assert taken.optimistic == taken.pessimistic == Length(20, "working_days")
    assert [basis.grade for basis in taken.bases] == ["OC"]


def test_an_allowance_without_a_source_says_that_it_has_none() -> None:
    (basis,) = load().durations["returned"].bases
    assert basis.grade == "GK"


def test_the_page_has_the_durations_of_the_pack() -> None:
    page = (Path(__file__).parents[2] / "docs" / "policy.md").read_text("utf-8")
    rows = page.split("| duration |")[1].split("\n\n")[0].splitlines()[2:]
    told = [[cell.strip() for cell in row.strip("|").split("|")] for row in rows]
    assert [[name.split()[0], *rest] for name, *rest in told] == [
        [
            name,
            *(f"{entry[reading]} {entry['unit'].replace('_', ' ')}" for reading in ("optimistic", "pessimistic")),
            entry["grade"],
        ]
        for name, entry in PACK["durations"].items()
    ]


Break = Callable[[Pack], None]
STORIES: list[Any] = []


def complains(code: str, where: str) -> Callable[[Break], Break]:
    """The story below breaks the pack so that this is complained of, at this place, and nothing else."""

    def keep(story: Break) -> Break:
        STORIES.append(pytest.param(story, code, where, id=story.__name__))
        return story

    return keep


@complains("missing", "durations.archive_elsewhere")
def a_duration_that_is_left_out(pack: Pack) -> None:
    del pack["durations"]["archive_elsewhere"]


@complains("unknown_key", "durations.tea_break")
def a_duration_that_no_step_takes(pack: Pack) -> None:
    pack["durations"]["tea_break"] = pack["durations"]["returned"]


@complains("wrong_type", "durations.returned")
def a_duration_that_is_a_number(pack: Pack) -> None:
    pack["durations"]["returned"] = 20


@complains("unknown_value", "durations.returned.unit")
def a_unit_that_does_not_exist(pack: Pack) -> None:
    pack["durations"]["returned"]["unit"] = "weeks"


@complains("process.not_growing", "durations.archive_elsewhere")
def at_worst_it_takes_less_than_at_best(pack: Pack) -> None:
    pack["durations"]["archive_elsewhere"]["pessimistic"] = 29


@complains("process.not_growing", "durations.returned")
def it_takes_less_than_nothing(pack: Pack) -> None:
    pack["durations"]["returned"]["optimistic"] = -1


@complains("process.not_growing", "limits.signing_opens_days")
def a_limit_below_nothing(pack: Pack) -> None:
    pack["limits"]["signing_opens_days"]["value"] = -30


@complains("no_source", "durations.returned.source")
def a_duration_without_a_source(pack: Pack) -> None:
    pack["durations"]["returned"]["source"] = []


@complains("unknown_source", "limits.signing_opens_days.source")
def a_limit_from_a_source_that_is_not_listed(pack: Pack) -> None:
    pack["limits"]["signing_opens_days"]["source"] = ["hearsay"]


@complains("missing", "limits.auto_signing_days")
def a_limit_that_is_left_out(pack: Pack) -> None:
    del pack["limits"]["auto_signing_days"]


class TestLint:
    def test_the_pack_that_comes_with_the_program_is_whole(self) -> None:
        assert lint(PACK) == []
        assert load().durations.keys() == set(DURATIONS)

    @pytest.mark.parametrize(("story", "code", "where"), STORIES)
    def test_each_fault_is_told_at_its_place(self, story: Break, code: str, where: str) -> None:
        pack = copy.deepcopy(PACK)
        story(pack)
        assert [(fault.code, fault.values["where"]) for fault in lint(pack)] == [(f"pack.{code}", where)]
        assert all(say(fault, language) for fault in lint(pack) for language in LANGUAGES)

    def test_a_pack_with_faults_is_refused(self) -> None:
        pack = copy.deepcopy(PACK)
        a_duration_that_is_left_out(pack)
        with pytest.raises(BadPack):
            Durations.from_pack(pack)
        with pytest.raises(BadPack):
            read("durations = [")
