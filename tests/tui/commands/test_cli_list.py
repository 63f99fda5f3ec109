"""`dabiao list`: the same query as on the screen, the figures of the day asked about."""

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from rich.cells import cell_len

Command = Callable[..., Any]
Write = Callable[..., Path]

KEYS = {
    *("id", "name", "status", "kind", "points", "score", "proven", "permit_until", "points_until", "renewal"),
    *("waiting_on", "owed", "next_deadline", "consultant"),
}


@pytest.fixture
def three(office: Path, command: Command, applicant: Write) -> None:
    """王小明, a lead without points; 欧阳文静, whose degree is 90; 赵刚, whose permit ends in winter."""
    command("import", applicant("1.json", name="王小明"))
    degree = {"level": "bachelor", "degree": "bachelor", "graduated": "2012-07-01"}
    command("import", applicant("2.json", name="欧阳文静", birth_date="1980-11-23", education=[degree]))
    command("import", applicant("3.json", name="赵刚", permit={"valid_until": "2027-01-31"}))
    command("set", 3, "status=form", "step.because=转入", "consultant=ana")


def found(command: Command, *arguments: str) -> list[str]:
    return [case["name"] for case in command("list", "--json", *arguments).json["cases"]]


@pytest.mark.usefixtures("three")
class TestAsData:
    def test_every_case_has_the_keys_that_were_promised(self, command: Command) -> None:
        assert all(case.keys() >= KEYS for case in command("list", "--json").json["cases"])

    def test_whose_move_it_is_and_what_is_next(self, command: Command) -> None:
        case = command("list", "--json").json["cases"][0]
        assert (case["kind"], case["waiting_on"], case["owed"], case["next_deadline"]) == (None, "us", [], None)

    def test_the_renewal_is_the_permits_day_where_there_are_no_points(self, command: Command) -> None:
        case = command("list", "--json").json["cases"][2]
        assert (case["renewal"], case["permit_until"], case["points_until"]) == ("2027-01-31", "2027-01-31", None)

    def test_a_query_chooses(self, command: Command) -> None:
        assert found(command, "status:form") == ["赵刚"]
        assert found(command, "分:>=100") == ["欧阳文静"]
        assert found(command, "ouyang") == ["欧阳文静"]

    def test_terms_may_be_one_argument_or_several(self, command: Command) -> None:
        assert found(command, "状态:填报中 顾问:ana") == found(command, "状态:填报中", "顾问:ana") == ["赵刚"]

    def test_a_term_that_takes_away_is_no_option(self, command: Command) -> None:
        assert found(command, "-状态:填报中", "-zhao") == ["王小明", "欧阳文静"]

    @pytest.mark.parametrize(
        ("query", "told"),
        [
            ("顾问:anna", "没有顾问是“anna”的案件；是不是“ana”？"),
            ("-顾问:none 标签:重典", "没有标签是“重典”的案件；是不是“重点”？"),
            ("tag:zzz", "没有标签是“zzz”的案件"),
        ],
    )
    @pytest.mark.parametrize("form", [(), ("--json",)], ids=["table", "json"])
    def test_a_name_that_no_case_has_is_told_and_no_failure(
        self, command: Command, query: str, told: str, form: tuple[str, ...]
    ) -> None:
        command("set", 3, "tag+=重点")
        done = command("list", *form, query)
        assert (done.code, done.err.strip().splitlines()[-1].removeprefix("dabiao: ")) == (0, told)

    @pytest.mark.parametrize("query", ["顾问:ana 标签:none 王", "-顾问:anna 谁也不是", "顾问:me", "顾问:none 赵刚"])
    def test_of_names_that_cases_have_nothing_is_told(self, command: Command, query: str) -> None:
        done = command("list", "--json", query)
        assert (done.code, done.json, done.err) == (0, {"cases": []}, "")

    def test_nothing_found_is_an_empty_list_and_no_failure(self, command: Command) -> None:
        done = command("list", "--json", "nobody")
        assert (done.code, done.json) == (0, {"cases": []})

    def test_the_figures_are_todays_though_nobody_has_looked_for_days(
        self, command: Command, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        before = command("list", "--json", "ouyang").json["cases"][0]["score"]
        monkeypatch.setenv("DABIAO_TODAY", "2026-11-23")  # she is 46 now: two points less
        assert command("list", "--json", "ouyang").json["cases"][0]["score"] == before - 2

    def test_another_day_may_be_asked_about_and_nothing_is_written(self, command: Command, office: Path) -> None:
        assert found(command, "--on", "2037-01-01", "分:>=100") == []
        before = command("list", "--json").json
        command("list", "--on", "2037-01-01")
        assert command("list", "--json").json == before


@pytest.mark.usefixtures("three")
class TestAsText:
    def test_columns_stand_below_one_another(self, command: Command) -> None:
        heading, *lines = command("list").out.splitlines()
        starts = {
            cell_len(line[: line.index(word)]) for line, word in zip(lines, ("咨询", "咨询", "填报中"), strict=True)
        }
        assert starts == {cell_len(heading[: heading.index("状态")])}

    def test_people_read_names_of_statuses_and_how_many_there_are(self, command: Command) -> None:
        done = command("list", "status:form")
        assert "填报中" in done.out
        assert "1" in done.err

    def test_who_has_no_name_is_listed_by_the_nickname(self, command: Command, applicant: Write) -> None:
        command("import", applicant("4.json", contact={"called": "天天妈妈"}))
        assert "天天妈妈" in command("list").out


@pytest.mark.parametrize(
    ("query", "told"), [("stauts:form", "status"), ("状态:填报", "填报中"), ("分:many", "many"), ('"a', "引号")]
)
@pytest.mark.usefixtures("office")
def test_a_query_that_cannot_be_read_is_told(command: Command, query: str, told: str) -> None:
    done = command("list", query)
    assert (done.code, done.out) == (2, "")
    assert told in done.err


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ("标签:", "“标签:”后面还要写值"),
        ("标签：", "“标签:”后面还要写值"),
        ("状态:填报", "没有“填报”这个状态；是不是“填报中”？"),
        ("状态:填报中,", "状态:填报中: “状态:”后面还要写值"),
        ("顾问:ana -", "-: 这里还要写一个词"),
    ],
)
@pytest.mark.usefixtures("office")
def test_what_is_wrong_in_a_query_is_named_once(command: Command, query: str, told: str) -> None:
    assert command("list", query).err.strip().removeprefix("dabiao: ") == told


@pytest.mark.usefixtures("office")
def test_an_option_that_is_none_is_no_query(command: Command) -> None:
    done = command("list", "--jsn")
    assert (done.code, done.out) == (2, "")
    assert "--jsn" in done.err


def test_a_mistyped_place_is_told_and_not_made(command: Command, tmp_path: Path) -> None:
    done = command("list", "--db", tmp_path / "typo.db")
    assert (done.code, done.out) == (2, "")
    assert "typo.db" in done.err
    assert not (tmp_path / "typo.db").exists()


def test_the_place_may_be_named_before_the_command(command: Command, office: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.db"
    shutil.copy(office, other)
    assert command("--db", other, "list", "--json").json == {"cases": []}
