"""Every screen as text, in both languages, at the two sizes people have.

`pytest tests/tui/test_texts.py --snapshot-update` keeps them as they are now; read what has changed before
you commit it. The walks lead through all screens; each `拍` in them is a file of texts/.
"""

import importlib
import pkgutil
from collections.abc import Callable
from difflib import unified_diff
from pathlib import Path
from typing import Any

import pytest
from office import NOW, at, furnish
from screens import screen_text, session
from stories import begins_empty, pictures, tell, told
from textual._compositor import Compositor
from textual.app import App
from textual.screen import Screen

import tui.screens
from models.workspace import Workspace
from tui.palette import Palette

HERE = Path(__file__).parent
WALKS = {path.stem: told(path) for path in sorted((HERE / "walks").iterdir())}
ALL = (("office", "80x24"), ("office", "160x45"), ("empty", "80x24"))
PATIENT = 3  # screens that are waited for where they are different; with more of them it is no accident


class Album:
    """The texts of one size and language: held against those that are kept, or kept anew."""

    def __init__(self, name: str, update: bool) -> None:
        self.folder = HERE / "texts" / name
        self.update = update
        self.different: dict[str, str] = {}
        self.seen: set[type[Screen[Any]]] = set()

    def take(self, app: App[None], name: str) -> bool:
        """Whether the screen is as it is kept."""
        self.seen.add(type(app.screen))
        shown = screen_text(app) + "\n"
        path = self.folder / f"{name}.txt"
        kept = path.read_text(encoding="utf-8") if path.exists() else ""
        if self.update:
            self.folder.mkdir(parents=True, exist_ok=True)
            path.write_text(shown, encoding="utf-8")
            return kept == shown  # what is kept anew is looked at once more
        lines = unified_diff(kept.splitlines(), shown.splitlines(), f"{name} as kept", f"{name} now", lineterm="", n=1)
        self.different[name] = "\n".join(lines)
        return not self.different[name] or len(list(filter(None, self.different.values()))) > PATIENT

    def told(self) -> str:
        """All that is different, screen by screen."""
        return "\n\n".join(filter(None, self.different.values()))


@pytest.fixture
def album(request: pytest.FixtureRequest) -> Callable[[str], Album]:
    """An album by its name."""
    return lambda name: Album(name, request.config.getoption("update_snapshots"))


@pytest.fixture
def nothing_drawn_between(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody sees the frames between the pictures: they are not drawn, which is a third of the time."""
    monkeypatch.setattr(Compositor, "render_update", lambda self, **_: self._dirty_regions.clear())


@pytest.mark.timeout(300)  # each leads through half a hundred screens, and the machine may have other things to do
@pytest.mark.usefixtures("nothing_drawn_between")
@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize(("walk", "size"), ALL)
async def test_every_screen_reads_as_it_did(
    workspace: Workspace, album: Callable[[str], Album], walk: str, size: str, language: str
) -> None:
    steps, texts = WALKS[walk], album(f"{size}-{language}")
    if not begins_empty(steps):
        furnish(workspace)
    width, height = map(int, size.split("x"))
    with at(NOW):
        async with session(workspace, size=(width, height), language=language) as pilot:
            await tell(pilot, steps, lambda name: texts.take(pilot.app, name))
    assert not texts.told(), texts.told()
    if walk == "office":
        left_out = {screen.__name__ for screen in every_screen() - texts.seen}
        assert not left_out, f"no picture is taken of {left_out}: add them to walks/office.story"


@pytest.mark.parametrize("size", ["80x24", "160x45"])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_text_of_what_is_not_shown_any_more_is_not_kept(
    album: Callable[[str], Album], size: str, language: str
) -> None:
    texts = album(f"{size}-{language}")
    taken = {f"{name}.txt" for walk, of in ALL if of == size for name in pictures(WALKS[walk])}
    left = [path for path in texts.folder.iterdir() if path.name not in taken]
    if texts.update:
        for path in left:
            path.unlink()
    else:
        assert not left


def every_screen() -> set[type[Screen[Any]]]:
    """The screens people see: those that others are only made from are no screen of their own."""
    found: set[type[Screen[Any]]] = {Palette}
    for module in pkgutil.iter_modules(tui.screens.__path__, "tui.screens."):
        for one in vars(importlib.import_module(module.name)).values():
            if isinstance(one, type) and issubclass(one, Screen) and one.__module__ == module.name:
                found.add(one)
    return {one for one in found if one.__name__.endswith("Screen") or not one.__subclasses__()}
