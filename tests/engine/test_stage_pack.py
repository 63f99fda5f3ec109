"""The pack of stages: whole as it comes, and each fault told at its place."""

import copy
import tomllib
from collections.abc import Callable
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest

from engine.application import KINDS, RETURN_REASONS, SYSTEM_STATUSES
from engine.durations import DURATIONS
from engine.policy import BadPack
from engine.words import LANGUAGES, say, word
from engine.workflow import STATUSES
from engine.workflow.entering import CLOSING
from engine.workflow.guards import KINDS as GUARD_KINDS
from engine.workflow.permit_clock import STATES
from engine.workflow.stage_lint import ASKS, GUARDS, TASKS, WAITING_ON, lint
from engine.workflow.stage_pack import Stages, load, read

Pack = dict[str, Any]
PACK = tomllib.loads(files("engine").joinpath("process", "stages.toml").read_text(encoding="utf-8"))
PAGE = (Path(__file__).parents[2] / "docs" / "workflow.md").read_text("utf-8")

Break = Callable[[Pack], None]
STORIES: list[Any] = []


def complains(code: str, where: str) -> Callable[[Break], Break]:
    """The story below breaks the pack so that this is complained of, at this place, and nothing else."""

    def keep(story: Break) -> Break:
        STORIES.append(pytest.param(story, code, where, id=story.__name__))
        return story

    return keep


@complains("missing", "stages.notice")
def a_stage_that_is_left_out(pack: Pack) -> None:
    del pack["stages"]["notice"]


@complains("unknown_key", "stages.tea_break")
def a_stage_that_does_not_exist(pack: Pack) -> None:
    pack["stages"]["tea_break"] = pack["stages"]["lead"]


@complains("unknown_value", "stages.form.forward")
def a_way_to_nowhere(pack: Pack) -> None:
    pack["stages"]["form"]["forward"].append("hr_revue")


@complains("unknown_value", "stages.notice.forward")
def a_way_to_what_follows_from_the_points(pack: Pack) -> None:
    pack["stages"]["notice"]["forward"].append("lapsed")


@complains("wrong_type", "stages.form.forward")
def a_way_that_is_a_number(pack: Pack) -> None:
    pack["stages"]["form"]["forward"].append(3)


@complains("stages.unreached", "stages.net_sign")
def a_stage_that_no_way_leads_to(pack: Pack) -> None:
    pack["stages"]["submitted"]["forward"].remove("net_sign")


@complains("unknown_value", "stages.review.takes")
def a_duration_that_nobody_knows(pack: Pack) -> None:
    pack["stages"]["review"]["takes"] = "ages"


@complains("unknown_value", "stages.review.waiting_on")
def somebody_who_is_not_there(pack: Pack) -> None:
    pack["stages"]["review"]["waiting_on"] = "godot"


@complains("unknown_value", "stages.returned.asks")
def a_question_that_nobody_understands(pack: Pack) -> None:
    pack["stages"]["returned"]["asks"].append("weather")


@complains("unknown_value", "stages.refused.outcome")
def an_outcome_that_does_not_exist(pack: Pack) -> None:
    pack["stages"]["refused"]["outcome"] = "perhaps"


@complains("no_basis", "stages.lead.basis")
def a_stage_that_rests_on_nothing(pack: Pack) -> None:
    del pack["stages"]["lead"]["basis"]


@complains("unknown_value", "guards#1.kind")
def a_guard_of_no_kind(pack: Pack) -> None:
    pack["guards"][0]["kind"] = "astrology"


@complains("missing", "guards#8.kinds")
def a_guard_that_does_not_say_of_which_kinds(pack: Pack) -> None:
    del pack["guards"][7]["kinds"]


@complains("unknown_key", "guards#1.where")
def a_guard_that_says_what_its_kind_does_not_ask(pack: Pack) -> None:
    pack["guards"][0]["where"] = ["online"]


@complains("unknown_value", "guards#2.basis")
def a_guard_that_rests_on_hearsay(pack: Pack) -> None:
    pack["guards"][1]["basis"] = "hearsay"


@complains("unknown_source", "basis.flow.source")
def a_basis_from_a_source_that_is_not_listed(pack: Pack) -> None:
    pack["basis"]["flow"]["source"] = ["hearsay"]


@complains("process.not_growing", "durations.reply")
def it_takes_less_than_nothing(pack: Pack) -> None:
    pack["durations"]["reply"]["amount"] = -1


@complains("unknown_value", "durations.reply.unit")
def a_unit_that_does_not_exist(pack: Pack) -> None:
    pack["durations"]["reply"]["unit"] = "weeks"


@complains("missing", "limits.lease_check_days")
def a_limit_that_is_left_out(pack: Pack) -> None:
    del pack["limits"]["lease_check_days"]


class TestLint:
    def test_the_pack_that_comes_with_the_program_is_whole(self) -> None:
        assert lint(PACK, DURATIONS) == []
        assert tuple(load().stages) == STATUSES

    @pytest.mark.parametrize(("story", "code", "where"), STORIES)
    def test_each_fault_is_told_at_its_place(self, story: Break, code: str, where: str) -> None:
        pack = copy.deepcopy(PACK)
        story(pack)
        found = lint(pack, DURATIONS)
        assert [(fault.code, fault.values["where"]) for fault in found] == [(f"pack.{code}", where)]
        assert all(say(fault, language) for fault in found for language in LANGUAGES)

    def test_a_pack_with_faults_is_refused(self) -> None:
        pack = copy.deepcopy(PACK)
        a_stage_that_is_left_out(pack)
        with pytest.raises(BadPack):
            Stages.from_pack(pack)
        with pytest.raises(BadPack):
            read("stages = [")

    def test_every_kind_of_guard_is_done_by_code_and_used(self) -> None:
        assert set(GUARDS) == GUARD_KINDS.keys() == {guard.kind for guard in load().guards}

    def test_every_guard_and_stage_says_what_it_rests_on(self) -> None:
        bases = [*(guard.basis for guard in load().guards), *(stage.basis for stage in load().stages.values())]
        assert all(basis.article and basis.source for basis in bases)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("table", "codes"),
    [
        ("application_kind", KINDS),
        ("return_reason", RETURN_REASONS),
        ("return_where", ("online", "counter", "review")),
        ("system_status", SYSTEM_STATUSES),
        ("outcome", ("approved", "refused", "withdrawn")),
        ("closing", CLOSING),
        ("waiting_on", WAITING_ON),
        ("stage_asks", ASKS),
        ("stage_task", TASKS),
        ("permit_state", STATES),
        ("points_state", ("none", "valid", "renew_due", "lapsed", "below")),
        ("reason.workflow.clock.application.then", STATUSES),
        ("school_grade", tuple(str(grade) for grade in range(13))),
    ],
)
def test_everything_has_a_name(table: str, codes: tuple[str, ...], language: str) -> None:
    assert all(word(f"{table}.{code}", language) for code in codes)


class TestThePage:
    def test_it_has_the_stages_of_the_pack(self) -> None:
        assert _table("| stage |") == [
            [
                f"{code} {word(f'status.{code}', 'zh')}",
                entry.get("waiting_on", ""),
                ", ".join(entry.get("forward", ())),
                ", ".join(entry.get("back", ())),
                entry.get("takes", ""),
                PACK["basis"][entry["basis"]]["grade"],
            ]
            for code, entry in ((code, PACK["stages"][code]) for code in STATUSES)
        ]

    def test_it_has_the_guards_of_the_pack(self) -> None:
        assert [(row[0], row[1], row[3], row[4]) for row in _table("| guard |")] == [
            (
                entry["kind"],
                ", ".join(entry["into"]),
                PACK["basis"][entry["basis"]]["article"],
                PACK["basis"][entry["basis"]]["grade"],
            )
            for entry in PACK["guards"]
        ]

    def test_it_has_what_they_rest_on(self) -> None:
        for head, section in (("| basis |", "basis"), ("| duration |", "durations")):
            told = [(row[0], *row[-3:]) for row in _table(head)]
            assert told == [
                (name, entry["article"], entry["grade"], "; ".join(PACK["sources"][key] for key in entry["source"]))
                for name, entry in PACK[section].items()
            ]


def _table(head: str) -> list[list[str]]:
    rows = PAGE.split(head)[1].split("\n\n")[0].splitlines()[2:]
    return [[cell.strip() for cell in row.strip("|").split("|")] for row in rows]
