"""That somebody saw whole numbers is written down for whoever may look, and changes nothing."""

import pytest
from desks import Desk
from soundness import flaws
from staff import employ

from models.author import Author
from models.forgetting import forget, may_forget
from models.looking import exported, looked
from models.reading import Reader
from models.refusals import Refused
from models.settings import Backups
from models.workspace import Workspace


@pytest.fixture
def case_id(workspace: Workspace) -> int:
    employ(workspace)
    return Desk(workspace, "ou").create({"name": "王小明"}, consultant="roy")


@pytest.mark.parametrize("name", ["ou", "ann", "rea", "roy"])
def test_whoever_may_look_writes_it_down(workspace: Workspace, case_id: int, name: str) -> None:
    looked(workspace, case_id, by=Author(name, "test"))
    exported(workspace, "show", [case_id], by=Author(name, "test"))
    found = workspace.connection.execute('SELECT "by", command, case_id FROM entry ORDER BY id DESC LIMIT 2').fetchall()
    assert found == [(name, "export", None), (name, "look", case_id)]


@pytest.mark.parametrize("name", ["bea", "dan"])
def test_of_a_case_that_is_not_theirs_or_once_sent_away_nobody_does(
    workspace: Workspace, case_id: int, name: str
) -> None:
    with pytest.raises(Refused):
        looked(workspace, case_id, by=Author(name, "test"))


def test_it_is_no_revision_and_the_case_is_whole(workspace: Workspace, case_id: int) -> None:
    before = Desk(workspace, "ou").case(case_id)
    looked(workspace, case_id, by=Author("rea", "test"))
    assert Desk(workspace, "ou").case(case_id) == before
    assert flaws(workspace) == []


def test_what_was_taken_away_comes_back_whole_after_looks(workspace: Workspace, case_id: int) -> None:
    boss = Desk(workspace, "ou")
    looked(workspace, case_id, by=boss.author)
    boss.undo()
    boss.redo()
    assert flaws(workspace) == []


@pytest.mark.parametrize("name", ["ann", "bea", "rea", "roy", "dan"])
def test_only_an_owner_of_all_erases(workspace: Workspace, case_id: int, name: str) -> None:
    with pytest.raises(Refused):
        forget(workspace, case_id, by=Author(name, "test"), today=Desk(workspace, name).today, settings=Backups())
    assert not may_forget(workspace, Author(name, "test"))
    assert Desk(workspace, "ou").find(case_id) is not None


def test_an_owner_who_was_added_does(workspace: Workspace, case_id: int) -> None:
    boss = Desk(workspace, "ou")
    forget(workspace, case_id, by=boss.author, today=boss.today, settings=Backups())
    assert boss.find(case_id) is None
    with Reader(workspace) as reader:
        assert reader.journal(case_id, 1)[0].by == "ou"
