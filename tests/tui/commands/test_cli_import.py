"""`dabiao import`: each person one case, wrong files refused one by one, nobody twice without a word."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Command = Callable[..., Any]
Write = Callable[..., Path]

WANG = "340104199003074516"
LI = "340121199003074512"

pytestmark = pytest.mark.usefixtures("office")


def names(command: Command) -> list[str | None]:
    return [case["name"] for case in command("list", "--json").json["cases"]]


def test_the_document_has_the_keys_that_were_promised(command: Command, applicant: Write) -> None:
    found = command("import", "--json", applicant("a.json", name="王小明")).json
    assert found | {"cases": None} == {"added": 1, "updated": 0, "skipped": 0, "errors": [], "cases": None}
    assert found["cases"][0]["id"] == 1


def test_a_wrong_file_does_not_stop_the_others(command: Command, applicant: Write) -> None:
    wrong = applicant("b.json", name="李梅", sex="f")
    done = command("import", "--json", applicant("a.json", name="王小明"), wrong, applicant("c.json", name="赵刚"))
    assert done.code == 2
    assert names(command) == ["王小明", "赵刚"]
    (error,) = done.json["errors"]
    assert (error["file"], error["row"], error["key"]) == (str(wrong), None, "sex")


def test_strictly_one_wrong_file_stops_all(command: Command, applicant: Write) -> None:
    done = command("import", "--strict", applicant("a.json", name="王小明"), applicant("b.json", sex="f"))
    assert done.code == 2
    assert names(command) == []
    assert "--strict" in done.err


def test_who_has_a_case_already_is_left_out_and_told(command: Command, applicant: Write) -> None:
    command("import", applicant("a.json", name="王小明", id_number=WANG))
    done = command("import", "--json", applicant("b.json", name="王晓明", id_number=WANG))
    assert (done.code, done.json["skipped"], done.json["cases"][0]["id"]) == (0, 1, 1)
    assert "1 号" in done.err
    assert names(command) == ["王小明"]


def test_with_update_the_case_takes_over_what_the_file_names(command: Command, applicant: Write) -> None:
    command("import", applicant("a.json", name="王小明", id_number=WANG, contact={"phone": "138", "wechat": "w"}))
    done = command("import", "--update", "--json", applicant("b.json", id_number=WANG, contact={"phone": "139"}))
    assert (done.code, done.json["updated"]) == (0, 1)
    facts = command("show", 1, "--json").json["applicant"]
    assert facts == {"name": "王小明", "id_number": WANG, "contact": {"phone": "139", "wechat": "w"}}


def test_an_update_keeps_the_names_of_rows_that_stay_and_drops_those_that_are_gone(
    command: Command, applicant: Write
) -> None:
    bachelor, master = {"level": "bachelor", "degree": "bachelor"}, {"level": "master", "degree": "master"}
    command("import", applicant("a.json", id_number=WANG, education=[{"level": "associate"}, bachelor]))
    before = command("show", 1, "--json").json["applicant"]["education"]
    command("import", "--update", applicant("b.json", id_number=WANG, education=[bachelor, master]))
    after = command("show", 1, "--json").json["applicant"]["education"]
    assert [row["level"] for row in after] == ["bachelor", "master"]
    assert after[0] == before[1]


def test_a_row_with_the_id_of_a_stored_one_is_that_row(command: Command, applicant: Write) -> None:
    command("import", applicant("a.json", id_number=WANG, education=[{"level": "associate"}]))
    (row,) = command("show", 1, "--json").json["applicant"]["education"]
    changed = {"id": row["id"], "level": "bachelor"}
    command("import", "--update", applicant("b.json", id_number=WANG, education=[changed]))
    assert command("show", 1, "--json").json["applicant"]["education"] == [changed]


def test_an_update_that_says_nothing_new_changes_nothing(command: Command, applicant: Write) -> None:
    path = applicant("a.json", name="王小明", id_number=WANG, education=[{"level": "associate"}])
    command("import", path)
    assert command("import", "--update", "--json", path).json["skipped"] == 1
    assert command("show", 1, "--json").json["revision"] == 1


def test_an_update_that_contradicts_the_case_is_refused(command: Command, applicant: Write) -> None:
    command("import", applicant("a.json", id_number=WANG, marital_status="single"))
    done = command("import", "--update", applicant("b.json", id_number=WANG, spouse={"name": "李梅"}))
    assert done.code == 2
    assert "spouse" in done.err
    assert "spouse" not in command("show", 1, "--json").json["applicant"]


def test_the_same_file_given_twice_is_one_case(command: Command, applicant: Write) -> None:
    path = applicant("a.json", name="王小明")
    assert command("import", "--json", path, path).json["added"] == 1


def test_two_files_of_one_number_given_together_are_both_kept_and_told(command: Command, applicant: Write) -> None:
    first, second = (
        applicant("a.json", id_number=WANG, name="王小明"),
        applicant("b.json", id_number=WANG, name="王大明"),
    )
    done = command("import", "--json", first, second)
    assert [case["alike"] for case in done.json["cases"]] == [[], [1]]
    assert "1 号" in done.err


def test_somebody_of_the_same_name_is_added_and_told(command: Command, applicant: Write) -> None:
    command("import", applicant("a.json", name="王小明", id_number=WANG))
    done = command("import", "--json", applicant("b.json", name="王小明", id_number=LI))
    assert (done.json["added"], done.json["cases"][0]["alike"]) == (1, [1])
    assert "核对" in done.err


def test_tables_are_refused_in_a_sentence(command: Command, tmp_path: Path) -> None:
    path = tmp_path / "cases.xlsx"
    path.write_bytes(b"PK")
    done = command("import", path)
    assert done.code == 2
    assert "表格" in done.err


def test_the_workspace_is_made_where_there_is_none(command: Command, applicant: Write) -> None:
    Path(os.environ["DABIAO_DB"]).unlink()
    assert command("import", applicant("a.json", name="王小明")).code == 0
    assert names(command) == ["王小明"]


def test_the_journal_says_that_it_was_imported(command: Command, applicant: Write) -> None:
    command("import", applicant("a.json", name="王小明"))
    (entry,) = command("show", 1, "--json").json["journal"]
    assert (entry["command"], entry["changes"][0]["path"]) == ("import", "")
