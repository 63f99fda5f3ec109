"""`dabiao demo --into`: made-up cases at a place to keep."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from engine.workflow import STATUSES
from models import anchor
from models.connection import files_of
from models.demo import build
from models.workspace import open_workspace
from tui.commands.session import account

Command = Callable[..., Any]


@pytest.fixture
def place(tmp_path: Path) -> Path:
    return tmp_path / "demo.db"


def cases(command: Command, place: Path) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = command("list", "--json", "--db", place).json["cases"]
    return found


def test_two_hundred_cases_of_every_status_without_saying_how_many(command: Command, place: Path) -> None:
    done = command("demo", "--into", place)
    assert (done.code, done.out) == (0, "")
    assert str(place) in done.err
    found = cases(command, place)
    assert len(found) == 200
    assert {case["status"] for case in found} == set(STATUSES)


def test_who_opens_it_has_cases_of_their_own(command: Command, place: Path) -> None:
    command("demo", 30, "--into", place)
    assert command("list", "--json", "--db", place, "consultant:me").json["cases"]
    assert account() in {case["consultant"] for case in cases(command, place)}


def test_the_seed_decides_who_they_are(command: Command, tmp_path: Path) -> None:
    for name, seed in (("a", 1), ("b", 1), ("c", 2)):
        command("demo", 8, "--seed", seed, "--into", tmp_path / name)
    first, again, other = ([case["name"] for case in cases(command, tmp_path / name)] for name in "abc")
    assert first == again != other


def test_one_case_can_be_had(command: Command, place: Path) -> None:
    command("demo", 1, "--into", place)
    assert len(cases(command, place)) == 1


@pytest.mark.parametrize("count", ["0", "1000001", "many", "-1", "２"])
def test_a_number_out_of_range_is_refused(command: Command, place: Path, count: str) -> None:
    done = command("demo", "--into", place, count)
    assert (done.code, done.out) == (2, "")
    assert not place.exists()


def test_a_file_that_is_there_is_left_alone(command: Command, place: Path) -> None:
    place.write_text("mine", "utf-8")
    done = command("demo", "--into", place)
    assert (done.code, place.read_text("utf-8")) == (2, "mine")
    assert str(place) in done.err


def test_a_directory_that_is_not_there_is_told(command: Command, tmp_path: Path) -> None:
    done = command("demo", 1, "--into", tmp_path / "none" / "demo.db")
    assert done.code == 2
    assert "none" in done.err


def test_half_a_demo_is_not_kept(command: Command, place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(workspace: Any, *given: Any) -> None:
        build(workspace, 3, 1, given[2])
        raise KeyboardInterrupt

    monkeypatch.setattr("models.demo.build", interrupted)
    assert command("demo", 5, "--into", place).code == 130
    assert list(place.parent.iterdir()) == []


def test_nothing_is_at_the_place_until_it_is_whole(
    command: Command, place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def looked(workspace: Any, *given: Any) -> None:
        build(workspace, 3, 1, given[2])
        assert not any(file.exists() for file in files_of(place))

    monkeypatch.setattr("models.demo.build", looked)
    assert command("demo", 5, "--into", place).code == 0
    assert len(cases(command, place)) == 3


def test_what_has_come_to_the_place_meanwhile_is_left_alone(
    command: Command, place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("models.demo.build", lambda *given: place.write_text("mine", "utf-8"))
    done = command("demo", 5, "--into", place)
    assert (done.code, place.read_text("utf-8")) == (2, "mine")
    assert str(place) in done.err and list(place.parent.iterdir()) == [place]


def test_the_workspace_and_its_anchor_are_all_there_is(command: Command, place: Path) -> None:
    left = place.with_name(".dabiao-0123abcd.part")  # by one that was killed
    for file in files_of(left):
        file.write_text("left", "utf-8")
    command("demo", 5, "--into", place)
    assert set(place.parent.iterdir()) == {place, anchor.place(place)}
    assert command("doctor", "--db", place).code == 0


def test_it_is_marked_as_a_demo(command: Command, place: Path) -> None:
    command("demo", 1, "--into", place)
    workspace = open_workspace(place)
    assert workspace.kind == "demo"
    workspace.close()


def test_the_screen_needs_a_terminal(command: Command) -> None:
    done = command("demo")
    assert (done.code, done.out, len(done.err.splitlines())) == (2, "", 1)


def test_the_made_up_cases_never_reach_ones_own_workspace(command: Command, place: Path) -> None:
    command("demo", 3, "--into", place)
    assert not Path(os.environ["DABIAO_DB"]).exists()
