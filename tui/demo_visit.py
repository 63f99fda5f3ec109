"""The demo, shown in place of the workspace: built in a directory of its own, of which nothing is kept."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from models.workspace import Workspace, open_workspace

if TYPE_CHECKING:
    from tui.background import Background


class DemoVisit:
    """A visit to the demo, from the moment it is asked for until it is thrown away."""

    def __init__(self, app: Background) -> None:
        self._app = app
        self._workspace: Workspace | None = None
        self._directory: TemporaryDirectory[str] | None = None

    def begin(self) -> None:
        """Build the demo, in a thread, then show it."""
        self._app.run_worker(self._build, thread=True, exclusive=True, group="demo", exit_on_error=False)

    def _build(self) -> None:
        from models import demo

        directory = TemporaryDirectory(prefix="dabiao-demo-")
        workspace = open_workspace(Path(directory.name) / "demo.db", kind="demo")
        try:
            demo.build(workspace, demo.DEFAULT_COUNT, demo.DEFAULT_SEED, self._app.today, self._app.author)
            self._app.call_from_thread(self._show, workspace, directory)
        except BaseException:
            workspace.close()
            directory.cleanup()
            raise

    def _show(self, workspace: Workspace, directory: TemporaryDirectory[str]) -> None:
        self._workspace, self._directory = workspace, directory
        self._app.use(workspace)

    def throw_away(self) -> None:
        """Close the demo, which nobody reads any more, and remove it; nothing where there is none."""
        if self._workspace is not None:
            self._workspace.close()
        if self._directory is not None:
            self._directory.cleanup()
        self._workspace = self._directory = None
