"""The first cases of a line are the beginning of all it finds, in whatever way they are looked for; and a line that is
said in the other language finds the same ones. Any line, of all keys and signs."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from query_lines import LINES, VALUES, office
from querying import query
from stored import store

import models.query
from models.drafts import save_draft
from models.query import Query
from models.query_spoken import spoken
from models.query_terms import KEYS
from models.reading import Reader
from models.workspace import Workspace, open_workspace
from tui.finding import ORDER

READ = settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    path: Path = tmp_path_factory.mktemp("office") / "office.db"
    opened = open_workspace(path, kind="demo")
    store(opened, *office())
    for case_id, by in ((3, "ana"), (4, "bea"), (5, "ana")):
        save_draft(opened, case_id, by, "applicant.name", "张")
    yield opened
    opened.close()


@pytest.fixture(params=[None, "ana"], ids=["all", "own"])
def reader(workspace: Workspace, request: pytest.FixtureRequest) -> Iterator[Reader]:
    workspace.seen_by = request.param
    with Reader(workspace) as opened:
        yield opened
    workspace.seen_by = None


def test_lines_are_made_of_every_key() -> None:
    assert set(VALUES) == set(KEYS)


@READ
@given(LINES, st.sampled_from((-1, 8, 10_000)), st.sampled_from((9, 10_000)), st.booleans())
def test_the_first_cases_are_the_beginning_of_all(reader: Reader, line: str, few: int, many: int, lists: bool) -> None:
    asked: Query = query(line)
    if lists and not asked.keys:
        asked = asked._replace(order=ORDER)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(models.query, "FEW", few)
        patch.setattr(models.query, "MANY", many)
        first = reader.first(asked, 6)
    ids = reader.ids(asked)
    assert first == ids[:6]
    assert reader.count(asked) == len(ids)


@READ
@given(LINES)
def test_said_in_the_other_language_a_line_finds_the_same(reader: Reader, line: str) -> None:
    found = reader.ids(query(line))
    assert reader.ids(query(spoken(line, "zh"))) == reader.ids(query(spoken(line, "en"))) == found
