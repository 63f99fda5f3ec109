"""A workspace for each test, copied from one that was made once, and two consultants who work in it."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from desks import Desk

from models.backups import make
from models.workspace import Workspace, open_workspace


@pytest.fixture(scope="session")
def blank_file(tmp_path_factory: pytest.TempPathFactory, key_directory: Path) -> Path:
    """The file of a new workspace."""
    path = tmp_path_factory.mktemp("blank") / "blank.db"
    open_workspace(path).close()
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
    return Desk(workspace, "ana")


@pytest.fixture
def bo(workspace: Workspace) -> Desk:
    """Somebody else, in the same workspace."""
    return Desk(workspace, "bo")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Where the backup is."""
    directory = tmp_path / "disk"
    directory.mkdir()
    return directory / "copy.db"


@pytest.fixture
def backed_up(ana: Desk, file: Path) -> Desk:
    """Ana's desk with one case and three entries, all of it in the backup."""
    ana.create({"name": "甲"})
    ana.set(1, "status", "form")
    ana.set(1, "tags", ["中考"])
    make(ana.workspace.path, file)
    return ana
