"""People and their keys: added, changed, sent away; by an owner alone, and never without one."""

from collections.abc import Callable
from typing import Any

import pytest
from desks import Desk
from staff import GONE, KINDS, as_kept, employ, keys, made_key, owner, person

from models import employing, verifying
from models.author import Author
from models.refusals import Refused
from models.workspace import Workspace


def code(refused: pytest.ExceptionInfo[Refused]) -> str:
    return refused.value.reason.code.removeprefix("write.")


@pytest.fixture(autouse=True)
def staff(workspace: Workspace) -> None:
    employ(workspace)


def test_everybody_is_there_as_they_were_added(workspace: Workspace) -> None:
    for name, kind in KINDS.items():
        found = person(workspace, name)
        assert (found.role, found.reach, found.active) == (*kind, name != GONE)
        assert (found.ended_at is None) == found.active


@pytest.mark.parametrize(
    "name", ["a b", "a\nb", "", "-ann", ".ann", 'a"b', "a'b", "a$b", "a" * 33, "calendar", "Me", "_"]
)
def test_a_name_that_could_mean_something_elsewhere_is_refused(workspace: Workspace, name: str) -> None:
    with pytest.raises(Refused) as refused:
        employing.add(workspace, name, "consultant", "all", by=owner(workspace))
    assert code(refused) == "person_name"


@pytest.mark.parametrize("name", ["陈静", "li.wei-2", "a", "Müller"])
def test_a_name_as_people_have_them_is_taken(workspace: Workspace, name: str) -> None:
    employing.add(workspace, name, "consultant", "all", by=owner(workspace))
    assert person(workspace, name).active


def test_nobody_is_added_twice(workspace: Workspace) -> None:
    with pytest.raises(Refused) as refused:
        employing.add(workspace, "ann", "owner", "all", by=owner(workspace))
    assert code(refused) == "person_there"
    assert person(workspace, "ann").role == "consultant"


COMMANDS: dict[str, Callable[[Workspace, Author], Any]] = {
    "add": lambda workspace, by: employing.add(workspace, "new", "consultant", "all", by=by),
    "role": lambda workspace, by: employing.change(workspace, "ann", role="owner", by=by),
    "nothing": lambda workspace, by: employing.change(workspace, "ann", role="consultant", by=by),
    "reach": lambda workspace, by: employing.change(workspace, "bea", reach="all", by=by),
    "disable": lambda workspace, by: employing.change(workspace, "bea", active=False, by=by),
    "enable": lambda workspace, by: employing.change(workspace, GONE, active=True, by=by),
    "add key": lambda workspace, by: employing.add_key(workspace, "ann", as_kept(made_key()), by=by),
}


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize("name", [name for name in KINDS if name != "ou"])
def test_nobody_but_an_owner_changes_people(workspace: Workspace, name: str, command: str) -> None:
    before = [person(workspace, one) for one in KINDS]
    with pytest.raises(Refused) as refused:
        COMMANDS[command](workspace, Author(name, "test"))
    assert code(refused) in {"owners_only", "read_only", "disabled"}
    assert [person(workspace, one) for one in KINDS] == before
    assert keys(workspace) == []


@pytest.mark.parametrize("command", COMMANDS)
def test_an_owner_does(workspace: Workspace, command: str) -> None:
    COMMANDS[command](workspace, Author("ou", "test"))


def test_each_change_is_an_entry_of_the_journal(workspace: Workspace) -> None:
    employing.change(workspace, "ann", role="read_only", reach="own", by=owner(workspace))
    (last,) = workspace.connection.execute(
        "SELECT command, case_id, note, changes, by FROM entry ORDER BY id DESC LIMIT 1"
    )
    assert last[:3] == ("person", None, "ann")
    assert '"path":"person.role","before":"consultant","after":"read_only"' in last[3]
    assert last[4] == owner(workspace).name
    assert list(verifying.breaks(workspace.connection)) == []


def test_what_is_so_already_is_no_entry(workspace: Workspace) -> None:
    before = verifying.head(workspace.connection)
    assert not employing.change(workspace, "ann", role="consultant", active=True, by=owner(workspace))
    assert verifying.head(workspace.connection) == before


@pytest.mark.parametrize(
    "change", [{"active": False}, {"role": "consultant"}, {"role": "read_only"}, {"reach": "own"}], ids=str
)
def test_the_last_owner_stays_one(workspace: Workspace, change: dict[str, Any]) -> None:
    first = owner(workspace)
    employing.change(workspace, first.name, active=False, by=Author("ou", "test"))
    with pytest.raises(Refused) as refused:
        employing.change(workspace, "ou", by=Author("ou", "test"), **change)
    assert code(refused) == "last_owner"
    assert (person(workspace, "ou").role, person(workspace, "ou").active) == ("owner", True)
    employing.change(workspace, first.name, active=True, by=Author("ou", "test"))
    employing.change(workspace, "ou", by=Author("ou", "test"), **change)


def test_people_are_not_undone(workspace: Workspace) -> None:
    with pytest.raises(Refused) as refused:
        Desk(workspace, owner(workspace).name).undo()
    assert code(refused) == "nothing_to_undo"


# --- keys


def test_a_key_opens_until_it_is_revoked(workspace: Workspace) -> None:
    made = made_key()
    employing.add_key(workspace, "ann", as_kept(made), by=owner(workspace))
    assert [(key.person, key.fingerprint) for key in keys(workspace)] == [("ann", made.fingerprint)]
    assert employing.revoke_key(workspace, made.fingerprint, by=owner(workspace)) == "ann"
    assert keys(workspace) == []


def test_the_keys_of_who_was_sent_away_do_not_open(workspace: Workspace) -> None:
    employing.add_key(workspace, "ann", as_kept(made_key()), by=owner(workspace))
    employing.change(workspace, "ann", active=False, by=owner(workspace))
    assert keys(workspace) == []
    employing.change(workspace, "ann", active=True, by=owner(workspace))
    assert len(keys(workspace)) == 1


def test_a_key_has_one_owner_and_does_not_come_back(workspace: Workspace) -> None:
    key = as_kept(made_key())
    employing.add_key(workspace, "ann", key, by=owner(workspace))
    for name in ("ann", "bea"):
        with pytest.raises(Refused) as refused:
            employing.add_key(workspace, name, key, by=owner(workspace))
        assert code(refused) == "key_there"
    employing.revoke_key(workspace, key.fingerprint, by=owner(workspace))
    with pytest.raises(Refused) as refused:
        employing.add_key(workspace, "bea", key, by=owner(workspace))
    assert code(refused) == "key_revoked"


def test_who_was_sent_away_gets_no_key(workspace: Workspace) -> None:
    with pytest.raises(Refused) as refused:
        employing.add_key(workspace, GONE, as_kept(made_key()), by=owner(workspace))
    assert code(refused) == "person_disabled"


def test_only_an_owner_revokes(workspace: Workspace) -> None:
    key = as_kept(made_key())
    employing.add_key(workspace, "ann", key, by=owner(workspace))
    with pytest.raises(Refused) as refused:
        employing.revoke_key(workspace, key.fingerprint, by=Author("ann", "test"))
    assert code(refused) == "owners_only"
    assert len(keys(workspace)) == 1
