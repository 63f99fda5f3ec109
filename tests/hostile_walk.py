"""A walk through every screen on the real terminal this is run in, over a workspace full of hostile text.

    python hostile_walk.py WORKSPACE WALK VISITED

VISITED is the file to which the names of the screens go that were looked at.
"""

import asyncio
import sys
from pathlib import Path

from office import NOW, at
from screens import screen_lines, settled
from stories import tell, told
from textual.pilot import Pilot

from models.author import Author
from models.today import today
from models.workspace import open_workspace
from tui.app import DabiaoApp
from tui.last_place import NOWHERE


def main() -> int:
    """The program's exit code; 1 where the walk was not taken to its end."""
    workspace, walk, visited = map(Path, sys.argv[1:])
    steps = [step for step in told(walk) if step.verb != "窗口"]  # a real one has the size it has
    seen: list[str] = []
    opened = open_workspace(workspace)
    app = DabiaoApp(opened, Author("ana", "test"), today({"DABIAO_TODAY": NOW[:10]}), "zh")
    app.last = NOWHERE

    def look(name: str) -> bool:
        seen.append(type(app.screen).__name__)
        return True

    async def lead(pilot: Pilot[None]) -> None:
        try:
            while not (app.is_running and app.screen_stack and screen_lines(app)):  # the first frame
                await asyncio.sleep(0.01)
            await app.screen_stack[0].rows_are_there.wait()  # type: ignore[attr-defined]
            await settled(pilot)
            await tell(pilot, steps, look)
            visited.write_text("\n".join([*seen, "the end"]), encoding="utf-8")
        finally:
            app.exit()

    with at(NOW):
        app.run(auto_pilot=lead)
    opened.close()
    for sentence in app.last_words:
        sys.stderr.write(f"{sentence}\n")
    return app.return_code or (0 if visited.exists() else 1)


if __name__ == "__main__":
    sys.exit(main())
