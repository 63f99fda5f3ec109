"""A copy of a workspace as it stands, for looking at it as of another day."""

from contextlib import closing
from pathlib import Path

from sqlcipher3 import dbapi2

from models.connection import begun, connect, explain, explain_os, name_of_key
from models.workspace import Target, Workspace, open_workspace


def copied(workspace: Workspace, path: Path) -> Workspace:
    """A snapshot of the workspace at `path`, opened. Nothing of the original changes.

    `WorkspaceError` where the disk has no room for it or the original cannot be read.
    """
    try:
        path.touch(0o600)
        if name_of_key(workspace.connection) is None:
            with closing(begun(path, None)) as copy:
                workspace.connection.backup(copy)
        else:  # each page is looked at, and the copy is under the same key
            with closing(connect(workspace.path, writing=True)) as connection:
                connection.execute("VACUUM INTO ?", (str(path),))
    except OSError as error:
        raise explain_os(error, path) from None
    except dbapi2.Error as error:
        raise explain(error, path) from None
    opened = open_workspace(Target(path), create=False)
    opened.seen_by = workspace.seen_by
    return opened
