"""The application: the screens over a workspace, and what works on all of them."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, Any, ClassVar

from textual import events
from textual._callback import invoke
from textual.binding import BindingType
from textual.filter import LineFilter, Monochrome, NoColor
from textual.screen import Screen

from engine.reason import Reason
from models.workspace import Workspace, WorkspaceError
from tui import actions, crash, strips
from tui.clean import NoControls, in_turn
from tui.collecting import settle
from tui.idle import Idle
from tui.own_keys import PREFERENCE, OwnKeys
from tui.screens.cases import CasesScreen
from tui.screens.too_small import LEAST_HEIGHT, LEAST_WIDTH, TooSmall
from tui.simple_signs import SimpleSigns
from tui.text import LANGUAGES, text
from tui.theme import NAMES, NONE, THEMES, of_terminal

if TYPE_CHECKING:
    from models.writing import Author
    from tui.screens.case import CaseScreen

_NO_CONTROLS = NoControls()
_NO_COLOURS = NoColor()
_SIMPLE_SIGNS = SimpleSigns()

WIDE_SPACE = "\u3000"  # what the space bar sends where an input method makes signs full-width
LONGEST_LINE = 2000  # characters that are pasted into one line; more are another file by mistake


class DabiaoApp(Idle, inherit_bindings=False):
    """The screens over a workspace.

    `today` is the day of the session in Shanghai; `clock`, where given, is asked every second and moves it on,
    never backwards. `backing_up`: the session sees to it that there is a backup of each day. `ticks` is a clock of
    seconds that only goes on, by which the screen is locked.
    """

    CSS_PATH = Path(__file__).parent.parent / "screens.css"
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
        backing_up: bool = False,
        ticks: Callable[[], float] = monotonic,
    ) -> None:
        super().__init__(workspace, author, today, language, clock, backing_up=backing_up, ticks=ticks)
        strips.let_go()
        self.animation_level = "none"
        # what is told is told in the status line: two widgets fewer on each screen
        self._disable_tooltips = self._disable_notifications = True
        self.title = text("app.name", language)
        for theme in THEMES:
            self.register_theme(theme)
        self.kept_facts: CaseScreen | None = None  # stays when it is left, for the next case that is opened
        self.set_keymap(self.own_keys.keymap())
        preferred = self.own.get("theme")
        fitting = of_terminal(os.environ)
        self.wear(preferred if preferred in NAMES and fitting != NONE.name else fitting)

    def take_keys(self, own: OwnKeys) -> None:
        """From now on the keys are these, and they are the consultant's own."""
        self.own_keys = own
        self.set_keymap(own.keymap())
        self.prefer(PREFERENCE, own.kept())
        for view in self.views:
            view.reword()

    def wear(self, theme: str) -> None:
        """Show everything in a theme."""
        self.no_color = theme == NONE.name  # `:nocolor` in the styles
        self.theme = theme

    def get_line_filters(self) -> Sequence[LineFilter]:
        # shades of grey are colours too: where there is to be none, what comes after the text is taken away
        filters = [each for each in super().get_line_filters() if not isinstance(each, Monochrome)]
        simple = (_SIMPLE_SIGNS,) if self.simple_signs else ()
        return (in_turn(*filters, _NO_CONTROLS, *simple, *((_NO_COLOURS,) if self.no_color else ())),)

    @property
    def _background_screens(self) -> list[Screen[Any]]:
        # Textual draws the screen beneath as well, and for it the one in front once more, though nothing shines through
        return super()._background_screens if self.view is None else []

    def get_default_screen(self) -> Screen[Any]:
        return CasesScreen(self.last)

    def on_resize(self, event: events.Resize) -> None:
        if self.locked is not None:  # it fits anywhere
            return
        small = event.size.width < LEAST_WIDTH or event.size.height < LEAST_HEIGHT
        shown = isinstance(self.screen, TooSmall)
        if small and not shown:
            self.push_screen(TooSmall(self.text("app.too_small", width=LEAST_WIDTH, height=LEAST_HEIGHT)))
        elif shown and not small:
            self.pop_screen()

    # --- keys, one after the other

    async def on_event(self, event: events.Event) -> None:
        """Let all that a key does be done before the next one is looked at.

        A slow line delivers keys in bursts. Textual would send `/`, `z`, `s` to whatever has the focus before the
        first of them has moved it, and letters meant for the filter would be commands of the list.
        """
        if isinstance(event, events.Key | events.Paste) and not event.is_forwarded:
            try:
                await self.take(event)
            except WorkspaceError as error:  # it cannot be read just now: no reason to end
                self.tell_reason(error.reason)
            self.touched()  # what came of it is drawn next
        else:
            await super().on_event(event)

    async def take(self, event: events.Key | events.Paste) -> None:
        """Hand a key or a paste to the focus and what is around it, then to the bindings."""
        if isinstance(event, events.Key) and event.character == WIDE_SPACE:
            event = events.Key("space", " ")  # the same key; in a field a blank like any other
        self.keyed = True
        self.touched()
        await self.screen._mounted_event.wait()  # what is typed before a screen stands is for that screen all the same
        if isinstance(event, events.Paste) and len(event.text) > (most := self.most_pasted()):
            self.tell_warning(self.text("app.pasted_too_much", count=len(event.text), most=most))
            return
        key = event.key if isinstance(event, events.Key) else None
        if key is not None and await self._check_bindings(key, priority=True):
            return
        for node in (self.focused or self.screen).ancestors_with_self:
            if node is self:
                break
            with node._context():
                for _, handler in list(node._get_dispatch_methods(event.handler_name, event)):
                    await invoke(handler, event)
            if event._stop_propagation:
                return
        if key is not None:
            await self._check_bindings(key)

    def most_pasted(self) -> int:
        """How many characters may be pasted where one is: into a line, unless what has the focus says otherwise."""
        return getattr(self.focused, "most_pasted", LONGEST_LINE)

    # --- actions

    async def action_act(self, action_id: str) -> None:
        """A key of the application was pressed."""
        if self.view is not None:
            await self.view.perform(actions.BY_ID[action_id])

    def act_cases(self) -> None:
        while len(self.screen_stack) > 1:
            self.pop_screen()

    async def act_exams(self) -> None:
        from tui.screens.exams import ExamsScreen

        self.act_cases()
        await self.push_screen(ExamsScreen())

    async def act_today(self) -> None:
        from tui.screens.today import TodayScreen

        self.act_cases()
        await self.push_screen(TodayScreen())

    async def act_calendar(self) -> None:
        from tui.screens.calendar import CalendarScreen

        self.act_cases()
        await self.push_screen(CalendarScreen())

    async def act_employers(self) -> None:
        from tui.screens.employers import EmployersScreen

        self.act_cases()
        await self.push_screen(EmployersScreen())

    async def act_policy(self) -> None:
        from tui.screens.policy import PolicyScreen

        self.act_cases()
        await self.push_screen(PolicyScreen())

    def act_language(self) -> None:
        self.language = LANGUAGES[(LANGUAGES.index(self.language) + 1) % len(LANGUAGES)]
        for view in self.views:
            view.reword()
        self.prefer("language", self.language)

    def act_theme(self) -> None:
        self.wear(NAMES[(NAMES.index(self.theme) + 1) % len(NAMES)])
        self.prefer("theme", self.theme)
        if self.view is not None:
            self.view.tell(self.text(f"theme.{self.theme}"))

    def why_not_copied(self) -> Reason | None:
        return None if self.clipboard else Reason("nothing_copied", {})

    async def act_copied(self) -> None:
        """What was copied last, on a plain page."""
        from tui.screens.copied import CopiedScreen

        await self.push_screen(CopiedScreen(self.clipboard))

    async def act_help(self) -> None:
        from tui.screens.help import HelpScreen

        if self.view is not None:
            await self.push_screen(HelpScreen(self.view))

    async def act_palette(self) -> None:
        from tui.palette import Palette

        view = self.view
        if view is None:
            return

        async def chosen(action: actions.Action | None) -> None:
            if action is not None:
                await view.perform(action)

        await self.push_screen(Palette(view), chosen)

    async def act_back(self) -> None:
        if len(self.screen_stack) > 1:
            self.pop_screen()
        elif self.visiting:
            self.leave_demo()
        else:
            await self.act_quit()

    async def act_quit(self) -> None:
        if self.unkept:
            await self.ask("app.ask_quit_unkept", self.exit, count=self.unkept)
        else:
            await self.ask("app.ask_quit", self.exit)

    async def open_case(self, case_id: int, at: str = "", part: str = "facts") -> None:
        """Open a case on top of the list, at one of its parts; in the facts with the cursor on a field."""
        from tui.screens.case import CaseScreen
        from tui.screens.part import screen_of

        at = at if part == "facts" else ""
        kept = self.kept_facts
        if kept is None or kept in self.screen_stack:
            facts = CaseScreen(case_id, at)
            if kept is None:
                self.install_screen(facts, "facts")
                self.kept_facts = facts
                self.call_after_refresh(settle)
            await self.push_screen(facts)
        else:
            shown = self.push_screen(kept)
            kept.turn_to(case_id, at)
            await shown
        if part != "facts":
            await self.push_screen(screen_of(part, case_id))

    def back_to_case(self, path: str = "") -> None:
        """Back to the case from what was opened out of it; there, to a fact."""
        from tui.screens.case import CaseScreen

        while len(self.screen_stack) > 1 and not isinstance(self.screen, CaseScreen):
            self.pop_screen()
        if isinstance(self.screen, CaseScreen):
            self.screen.go_to(path)

    def neighbour(self, case_id: int, step: int) -> int | None:
        """The case before (-1) or after (1) one in the order of the list; the list's cursor goes there too."""
        first = self.screen_stack[0]
        return first.step(case_id, step) if isinstance(first, CasesScreen) else None

    # --- the end

    def _handle_exception(self, error: Exception) -> None:
        """An error nobody expected: one plain sentence, and a log without anybody's data; never a traceback."""
        if self._exception is not None:
            return  # what breaks while everything ends adds nothing
        self._exception = error
        self._exception_event.set()
        if isinstance(error, WorkspaceError):
            self._return_code = 2
            sentence = self.say(error.reason)
        else:
            self._return_code = crash.CRASHED
            sentence = crash.told("app.crashed", crash.log(error), self.text)
        self.last_words.insert(0, sentence)
        self.panic()
