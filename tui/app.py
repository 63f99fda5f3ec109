"""The application: one workspace, one consultant, one day that moves on; screens and what works everywhere."""

from __future__ import annotations

import asyncio
import signal
import threading
from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, ClassVar

from textual import work
from textual.app import App
from textual.binding import BindingType
from textual.screen import Screen

from engine.reason import Reason
from tui import actions, crash
from tui.screens.ask import Ask
from tui.screens.cases import CasesScreen
from tui.screens.too_small import LEAST_HEIGHT, LEAST_WIDTH, TooSmall
from tui.screens.view import View
from tui.text import LANGUAGES, say, text
from tui.theme import DARK, LIGHT

if TYPE_CHECKING:
    from models.workspace import Workspace
    from models.writing import Author


class DabiaoApp(App[None], inherit_bindings=False):
    """The screens over a workspace.

    `today` is the day of the session in Shanghai; `clock`, where given, is asked every second and moves it on,
    never backwards.
    """

    CSS_PATH = "../screens.css"
    ENABLE_COMMAND_PALETTE = False
    BINDINGS: ClassVar[list[BindingType]] = [*actions.bindings("app")]

    def __init__(
        self,
        workspace: Workspace,
        author: Author,
        today: date,
        language: str,
        *,
        clock: Callable[[], date] | None = None,
    ) -> None:
        super().__init__()
        self.animation_level = "none"
        self.workspace = workspace
        self.author = author
        self.today = today
        self.language = language
        self.clock = clock or (lambda: today)
        self.title = text("app.name", language)
        self.register_theme(DARK)
        self.register_theme(LIGHT)
        self.theme = DARK.name

    def get_default_screen(self) -> Screen[object]:
        return CasesScreen()

    # --- words

    def text(self, key: str, /, **values: object) -> str:
        """The words of a key of the screens' catalogue, in the language of the session."""
        return text(key, self.language, **values)

    def say(self, reason: Reason) -> str:
        """A reason in the language of the session."""
        return say(reason, self.language)

    # --- start, signals, size

    def on_mount(self) -> None:
        if not self.is_headless and threading.current_thread() is threading.main_thread():
            loop = asyncio.get_running_loop()
            for number in (signal.SIGTERM, signal.SIGHUP):
                loop.add_signal_handler(number, self.exit)
        self.call_after_refresh(self.load_writing)

    @work(thread=True, exit_on_error=False)
    def load_writing(self) -> None:
        """Import what writes and assesses once the first frame stands; the first edit does not wait for it."""
        import models.writing  # noqa: F401

    def on_resize(self) -> None:
        small = self.size.width < LEAST_WIDTH or self.size.height < LEAST_HEIGHT
        shown = isinstance(self.screen, TooSmall)
        if small and not shown:
            self.push_screen(TooSmall(self.text("app.too_small", width=LEAST_WIDTH, height=LEAST_HEIGHT)))
        elif shown and not small:
            self.pop_screen()

    # --- actions

    @property
    def view(self) -> View | None:
        """The screen in front, where it is one of ours and not a question on top of it."""
        return self.screen if isinstance(self.screen, View) else None

    def action_act(self, action_id: str) -> None:
        """A key of the application was pressed."""
        if self.view is not None:
            self.view.perform(actions.BY_ID[action_id])

    def act_cases(self) -> None:
        while len(self.screen_stack) > 1:
            self.pop_screen()

    def act_language(self) -> None:
        following = LANGUAGES[(LANGUAGES.index(self.language) + 1) % len(LANGUAGES)]
        self.language = following
        for screen in self.screen_stack:
            if isinstance(screen, View):
                screen.reword()

    def act_theme(self) -> None:
        self.theme = LIGHT.name if self.theme == DARK.name else DARK.name

    def act_help(self) -> None:
        from tui.screens.help import HelpScreen

        if self.view is not None and not isinstance(self.view, HelpScreen):
            self.push_screen(HelpScreen(self.view))

    def act_palette(self) -> None:
        from tui.palette import palette

        if self.view is not None:
            self.push_screen(palette(self.view))

    def act_back(self) -> None:
        if len(self.screen_stack) > 1:
            self.pop_screen()
        else:
            self.act_quit()

    def act_quit(self) -> None:
        self.ask("app.ask_quit", self.exit)

    def ask(self, key: str, yes: Callable[[], object], **values: object) -> None:
        """Ask a question of the catalogue; `yes` is called when the answer is yes."""
        self.push_screen(Ask(self.text(key, **values)), lambda answer: yes() if answer else None)

    def open_case(self, case_id: int) -> None:
        """Open a case on top of the list."""
        from tui.screens.case import CaseScreen

        self.push_screen(CaseScreen(case_id))

    # --- the end

    def _handle_exception(self, error: Exception) -> None:
        """An error nobody expected: one plain sentence, and a log without anybody's data; never a traceback."""
        self._return_code = 1
        if self._exception is None:
            self._exception = error
            self._exception_event.set()
        place = crash.log(error)
        self.panic(self.text("app.crashed", place=place) if place else self.text("app.crashed_unlogged"))
