"""A copy of a workspace as it stands, for looking at it as of another day."""

from pathlib import Path

from sqlcipher3 import dbapi2

from models.connection import explain, explain_os
from models.workspace import Target, Workspace, open_workspace


def copied(workspace: Workspace, path: Path) -> Workspace:
    """A snapshot of the workspace at `path`, opened. Nothing of the original changes.

    `WorkspaceError` where the disk has no room for it or the original cannot be read.
    """
    try:
        copy = dbapi2.connect(str(path))
        try:
            workspace.connection.backup(copy)
        finally:
            copy.close()
    except OSError as error:
        raise explain_os(error, path) from None
    except dbapi2.Error as error:
        raise explain(error, path) from None
    opened = open_workspace(Target(path), create=False)
    opened.seen_by = workspace.seen_by
    return opened
