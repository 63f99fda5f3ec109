"""A workspace for each test of the screens, copied from one that was made once; its consultant, and a colleague."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from desks import Desk

from models import keyring
from models.workspace import Workspace, key_name, open_workspace
from tui.finding import Finder


@pytest.fixture(scope="session")
def blank_file(tmp_path_factory: pytest.TempPathFactory, key_directory: Path) -> Path:
    """The file of a new workspace, whose key is kept in a second place."""
    path = tmp_path_factory.mktemp("blank") / "blank.db"
    open_workspace(path).close()
    keyring.confirm(str(key_name(path)))
    return path


@pytest.fixture
def workspace(blank_file: Path, tmp_path: Path) -> Iterator[Workspace]:
    """An empty workspace."""
    path = tmp_path / "cases.db"
    shutil.copy(blank_file, path)
    opened = open_workspace(path)
    yield opened
    opened.close()


@pytest.fixture
def ana(workspace: Workspace) -> Desk:
    """Whose session it is."""
    return Desk(workspace, "ana")


@pytest.fixture
def bo(workspace: Workspace) -> Desk:
    """Somebody else, in the same workspace."""
    return Desk(workspace, "bo")


@pytest.fixture
def searches(monkeypatch: pytest.MonkeyPatch) -> list[bool]:
    """All searches of the list from now on."""
    begun: list[bool] = []
    find = Finder.find

    def counted(finder: Finder, *given: Any, again: bool, pause: float) -> Any:
        begun.append(again)
        return find(finder, *given, again=again, pause=pause)

    monkeypatch.setattr(Finder, "find", counted)
    return begun
