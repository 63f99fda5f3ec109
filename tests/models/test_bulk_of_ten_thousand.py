"""Ten thousand cases changed at once and taken back: every column of every table of cases is as it was, byte for byte.

Compared are all columns of `cases`, `document`, `search_key` and `child_exam`. Two are no part of what a case says and
only go forward: `revision`, which tells an editor that somebody was there, and `updated_at`.
"""

from itertools import zip_longest
from pathlib import Path
from typing import Any

import pytest
from desks import DAY, Desk

from engine.facts import Applicant
from models import bulk, demo
from models.author import Author
from models.bulk import Outcome, carry_out
from models.change import Change
from models.connection import Connection
from models.paths import Tree
from models.wishes import tagged
from models.workspace import open_workspace

MANY = 10_000
FORWARD = ("revision", "updated_at")
OF_CASES = {
    "cases": "id",
    "document": "case_id",
    "search_key": "key, case_id",
    "child_exam": "year, kind, case_id, child",
}


@pytest.fixture(scope="module")
def blank_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """So many made-up cases, of some lives that were scored."""
    path = tmp_path_factory.mktemp("ten thousand") / "cases.db"
    workspace = open_workspace(path, kind="demo")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(demo, "WHOLE", 100)
        patch.setattr(demo, "LIVES", 100)
        assert demo.build(workspace, MANY, demo.DEFAULT_SEED, DAY, Author("ana", "test")) == MANY
    workspace.close()
    return path


def rows(connection: Connection, table: str) -> list[tuple[Any, ...]]:
    """A table whole, in the order of its key, but for what only goes forward."""
    found = connection.execute(f"PRAGMA table_info({table})").fetchall()
    names = ", ".join(row[1] for row in found if row[1] not in FORWARD)
    return connection.execute(f"SELECT {names} FROM {table} ORDER BY {OF_CASES[table]}").fetchall()


def kept(desk: Desk) -> dict[str, list[tuple[Any, ...]]]:
    """All that is kept of the cases."""
    return {table: rows(desk.workspace.connection, table) for table in OF_CASES}


def different(before: dict[str, list[tuple[Any, ...]]], desk: Desk) -> dict[str, int]:
    """How many rows of which table are not as they were."""
    now = kept(desk)
    counts = {table: sum(a != b for a, b in zip_longest(before[table], now[table])) for table in OF_CASES}
    return {table: count for table, count in counts.items() if count}


def revisions(desk: Desk) -> dict[int, int]:
    return dict(desk.workspace.connection.execute("SELECT id, revision FROM cases").fetchall())


def much(tree: Tree, applicant: Applicant) -> list[Change]:
    """A tag for all; of some, whose tags say so, what is scored, found and listed of them is another as well."""
    tag = tagged("成批")(tree, applicant)
    if "中考" not in tree.get("tags", ()):
        return tag
    facts = tree["applicant"]
    gone = [Change(f"applicant.child.{row['id']}", row, None, 0) for row in facts.get("child", ())]
    return [*tag, *gone, Change("applicant.name", facts.get("name"), "欧阳甲")]


def do(desk: Desk, ids: list[int], **more: Any) -> Outcome:
    return carry_out(desk.workspace, ids, much, by=desk.author, today=DAY, command="set", **more)


@pytest.mark.timeout(600)
def test_one_undo_of_ten_thousand_restores_them_byte_for_byte(ana: Desk) -> None:
    before, counted = kept(ana), revisions(ana)
    assert len(do(ana, list(counted)).changed) == MANY
    changed = different(before, ana)
    assert changed["cases"] == MANY and changed.keys() == OF_CASES.keys()
    assert ana.undo().cases == MANY
    assert different(before, ana) == {}
    assert revisions(ana) == {case_id: revision + 2 for case_id, revision in counted.items()}


@pytest.mark.timeout(600)
def test_stopped_at_thirty_percent_nothing_of_ten_thousand_is_changed(ana: Desk) -> None:
    before, counted = kept(ana), revisions(ana)
    chunks = iter(range(MANY * 3 // 10 // bulk.CHUNK - 1))
    outcome = do(ana, list(counted), goes_on=lambda: next(chunks, None) is not None)
    assert outcome == Outcome(stopped=True)
    assert different(before, ana) == {}
    touched = [case_id for case_id, revision in revisions(ana).items() if revision != counted[case_id]]
    assert len(touched) == MANY * 3 // 10
