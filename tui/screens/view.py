"""What every screen of Dabiao has: a header line, a status line, the footer, and its actions from the registry."""

from __future__ import annotations

from collections.abc import Callable
from inspect import isawaitable
from typing import TYPE_CHECKING, ClassVar, Self, cast

from textual import events, getters
from textual.app import ComposeResult
from textual.geometry import Region
from textual.screen import Screen
from textual.strip import Strip
from textual.widget import Widget
from textual.worker import Worker

from engine.reason import Reason
from models.workspace import WorkspaceError
from tui import actions
from tui.rights import why_not_action
from tui.widgets.footer import Footer
from tui.widgets.ground import ground
from tui.widgets.header import Header
from tui.widgets.status import Status

if TYPE_CHECKING:
    from tui.app import DabiaoApp


class View(Screen[None]):
    """A screen. A subclass names its scopes, composes a `body`, and answers each action with `act_<name>`.

    `why_not_<name>` may say why an action cannot be done now; pressed all the same, its key tells the reason in
    the status line. An action that opens a screen is a coroutine and awaits it, so that the next key already goes
    there. `reword` is called when the language changes, and by each screen once at its start.
    """

    SCOPES: ClassVar[tuple[str, ...]] = ()
    AUTO_FOCUS = ""  # each screen says itself where it begins

    def __init_subclass__(cls, **keywords: object) -> None:
        cls.BINDINGS = [*actions.bindings(*cls.SCOPES)]
        super().__init_subclass__()

    if TYPE_CHECKING:
        app = getters.app(DabiaoApp)

    def body(self) -> ComposeResult:
        """The widgets between the header and the status line."""
        yield from ()

    def compose(self) -> ComposeResult:
        yield Header()
        yield from self.body()
        yield Status()
        yield Footer()

    def render_lines(self, crop: Region) -> list[Strip]:
        return ground(self, crop)

    # --- drawn once: whole when it is shown, after that what is another one

    def _on_screen_resume(self, event: events.ScreenResume) -> None:
        event.prevent_default()  # Textual's own is called here
        new, styles = self.outer_size != self.app.size, self.app._css_update_count
        # those of a new screen are new; another theme is put on all that stand, not on a screen kept for later
        event.refresh_styles = not new and self._css_update_count != styles
        self._css_update_count = styles
        super()._on_screen_resume(event)
        if new:  # drawn as it was laid out, and asked for once more
            self._repaint_required = False

    def _compositor_refresh(self) -> None:
        whole = self._compositor.size.region in self._compositor._dirty_regions
        super()._compositor_refresh()
        if whole:  # and with it all that was asked for before
            for widget in self._compositor.visible_widgets:
                widget._exchange_repaint_regions()

    def refresh(self, *regions: Region, repaint: bool = True, layout: bool = False, recompose: bool = False) -> Self:
        # a layout draws what it moves, the first one all there is
        repaint = repaint and (bool(regions) or not layout)
        super().refresh(*regions, repaint=repaint, layout=layout, recompose=recompose)
        if not self.outer_size:
            self._repaint_required = False
        return self

    @property
    def stands(self) -> bool:
        """Whether it is there, in front or beneath. Textual goes on to say `is_mounted` of a screen that is gone, and a
        thread that still works for it would draw on nothing."""
        return self.is_mounted and self in self.app.screen_stack

    def reword(self) -> None:
        """Put the screen's words into the language of the session."""
        self.refresh_footer()

    def changed(self) -> None:
        """Something in the workspace has changed, here or elsewhere."""

    def others_wrote(self, *, cases: bool) -> None:
        """Somebody has written: a case is another one (`cases`), or there are but other drafts and settings."""
        self.changed()

    def holds(self, holder: object) -> bool:
        """Whether the screen shows who holds what was typed."""
        return False

    def kept(self) -> None:
        """What could not be kept for a while is kept now."""

    @property
    def shown_case(self) -> tuple[int, str] | None:
        """The case and the part of it that are shown, to come back to; None where there is none."""
        return None

    def new_day(self) -> None:
        """Another day has begun."""
        self.reword()

    def words(self, key: str, /, **values: object) -> str:
        """The words of a key of the screens' catalogue."""
        return self.app.text(key, **values)

    def on_worker_state_changed(self, event: Worker.StateChanged) -> None:
        """What one of its workers could not do is told like anything else: Textual tells it to the screen alone."""
        self.app.tell_failed_work(event)

    # --- lines every screen has

    def head(self, left: str, middle: str = "", right: str | None = None) -> None:
        """Fill the header line; at its right stand who works here and the day, where nothing else is given."""
        if right is None:
            right = f"{self.app.author.name}  {self.app.today}"
        self.query_one(Header).show(left, middle, right)

    def tell(self, message: str) -> None:
        """Say something in the status line; it stays until the next thing is said or done."""
        self.query_one(Status).show(message)

    def warn(self, message: str) -> None:
        """Say in the status line that something did not go."""
        self.query_one(Status).show(message, warning=True)

    def refresh_footer(self) -> None:
        """Show the footer's keys anew, when what can be done has changed."""
        self.query_one(Footer).show(self.footer_scopes())

    def footer_scopes(self) -> tuple[str, ...]:
        """The scopes whose keys the footer shows now."""
        return self.SCOPES

    # --- actions

    def scopes(self) -> tuple[str, ...]:
        """All scopes whose actions can be reached from here."""
        return (*self.SCOPES, "app")

    def footer_name(self, action: actions.Action) -> str:
        """What the footer calls an action: what its key does now; nothing where it is not to be shown."""
        return self.words(f"action.{action.id}")

    def target(self, action: actions.Action) -> object:
        """Who answers the action: this screen; one of the application's, unless the screen has its own answer."""
        return self if action.scope != "app" or hasattr(self, f"act_{action.name}") else self.app

    def why_not(self, action: actions.Action) -> Reason | None:
        """Why the action cannot be done now, or not by this consultant; None when it can."""
        if (reason := why_not_action(self.app.access, action, self.app.author.name)) is not None:
            return reason
        asked = getattr(self.target(action), f"why_not_{action.name}", None)
        return None if asked is None else cast(Callable[[], Reason | None], asked)()

    async def perform(self, action: actions.Action) -> None:
        """Do the action, or say in the status line why not: not here, or not with the file as it is now."""
        reason = self.why_not(action)
        if reason is not None:
            self.warn(self.app.say(reason))
            return
        self.query_one(Status).clear()
        try:
            done = getattr(self.target(action), f"act_{action.name}")()
            if isawaitable(done):
                await done
        except WorkspaceError as error:
            self.warn(self.app.say(error.reason))

    async def action_act(self, action_id: str) -> None:
        """A key of this screen's own scopes was pressed."""
        await self.perform(actions.BY_ID[action_id])

    def focus_now(self, widget: Widget) -> None:
        """Give the focus at once, so that the next key already goes there."""
        self.set_focus(widget, scroll_visible=False)
