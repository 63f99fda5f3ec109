"""A copy of a workspace as it stands, for looking at it as of another day."""

from contextlib import closing
from pathlib import Path

from sqlcipher3 import dbapi2

from models.connection import begun, explain, explain_os, key_of
from models.workspace import Target, Workspace, open_workspace


def copied(workspace: Workspace, path: Path) -> Workspace:
    """A snapshot of the workspace at `path`, opened. Nothing of the original changes.

    `WorkspaceError` where the disk has no room for it or the original cannot be read.
    """
    try:
        path.touch(0o600)
        with closing(begun(path, key_of(workspace.connection, workspace.path))) as copy:
            workspace.connection.backup(copy)
    except OSError as error:
        raise explain_os(error, path) from None
    except dbapi2.Error as error:
        raise explain(error, path) from None
    return open_workspace(Target(path), create=False)
