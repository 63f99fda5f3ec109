"""A new case: the little that is known of a client at the first call, and who that may already be."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from functools import partial
from typing import Any, ClassVar, cast

from textual import on, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal
from textual.timer import Timer
from textual.widget import Widget
from textual.widgets import Input, Static

from engine.document import Invalid, problems
from engine.kinds import id_birth, id_sex
from engine.months import full_years
from engine.reason import Reason
from engine.words import word
from models.refusals import Refused
from models.workspace import WorkspaceError
from tui import actions
from tui.new_form import FIELDS, NewForm, NewForms, document_of, unfinished
from tui.patience import KEEP_AFTER
from tui.screens.alike import Alike
from tui.screens.view import View
from tui.widgets.left_field import LeftField
from tui.widgets.line import Line
from tui.widgets.table import Table

ID_LENGTH = 18
LONGEST = 400  # characters of one field


class FactInput(LeftField):
    """A field for one fact."""

    BINDINGS: ClassVar[list[BindingType]] = [*actions.bindings("new_case")]

    def __init__(self, path: str) -> None:
        super().__init__(select_on_focus=False, name=path, max_length=LONGEST)
        self.cursor_blink = False
        self.path = path

    async def action_act(self, action_id: str) -> None:
        """A key of the screen was pressed in the field."""
        await cast("View", self.screen).perform(actions.BY_ID[action_id])


class NewCaseScreen(View):
    """Makes a case from whatever is known; shows likely duplicates meanwhile."""

    SCOPES: ClassVar[tuple[str, ...]] = ("new_case",)
    ASKED: ClassVar[Sequence[str]] = FIELDS

    forms: NewForms  # from the moment it is mounted

    def __init__(self, form: str = "") -> None:
        super().__init__()
        self.begin_with = form
        self.making = False
        self._keeper: Timer | None = None

    def body(self) -> ComposeResult:
        for path in self.ASKED:
            with Horizontal(classes="fact"):
                yield Static(classes="label", markup=False)
                yield FactInput(path)
                yield Static(classes="note", markup=False)
        yield from self.beneath()
        yield (titles := Line(id="titles"))
        yield Alike(titles)

    def beneath(self) -> Iterable[Widget]:
        """What stands beneath the fields."""
        return ()

    def on_mount(self) -> None:
        app = self.app
        held = [form for form in app.holders if isinstance(form, NewForm) and form.workspace is app.workspace]
        held = [form for form in held if self.is_of_here(form.typed)]
        ids = {form_id for form in held for form_id in form.forms}
        found = unfinished(app.reader.unfinished(app.author.name))
        found_here = [
            NewForm(app.workspace, app.author.name, *form)
            for form in found.items()
            if form[0] not in ids and self.is_of_here(form[1])
        ]
        self.forms = NewForms(app.workspace, app.author.name, [*held, *found_here], self.begin_with)
        self.add_class("-nobody")
        self.show_form()
        self.reword()

    def is_of_here(self, typed: Mapping[str, str]) -> bool:
        """Whether a form that is not finished is one of this screen's."""
        return not typed or any(path in self.ASKED for path in typed)

    def document(self) -> dict[str, Any]:
        """The applicant document of what is typed."""
        return document_of(self.typed)

    def label(self, path: str) -> str:
        """What a field is called."""
        return word(f"fact.{path}", self.app.language)

    def example(self, path: str) -> str:
        """What may be typed in a field, shown while it is empty; marked as an example for a screen without colour."""
        return ""

    def on_unmount(self) -> None:
        """The session ends, or the screen is left, in the middle of a field: what was typed is kept."""
        with suppress(WorkspaceError):
            self.form.keep_all_now()
        self.app.let_go(self.form)

    def show_form(self) -> None:
        """Show what is typed in a form that was not finished, or an empty one."""
        if self.form not in self.app.holders:
            self.app.holders.append(self.form)
        with self.prevent(Input.Changed):
            for field in self.fields:
                field.value = self.form.typed.get(field.path, "")
        self.text_changed()
        if self.form.typed:
            count = self.forms.unfinished
            key = "new_case.kept" if count < 2 else "new_case.kept_several"
            self.tell(self.words(key, at=self.forms.place + 1, count=count))
        self.focus_now(next((field for field in self.fields if not field.value), self.fields[-1]))
        self.refresh_footer()

    @property
    def form(self) -> NewForm:
        """The form that is shown."""
        return self.forms.shown

    def holds(self, holder: object) -> bool:
        return holder is self.form

    @property
    def alike(self) -> Alike:
        """Who that may already be."""
        return self.query_one(Alike)

    @property
    def fields(self) -> list[FactInput]:
        return list(self.query(FactInput))

    @property
    def typed(self) -> dict[str, str]:
        """What is typed, by path."""
        return {field.path: field.value.strip() for field in self.fields if field.value.strip()}

    # --- drawing

    def reword(self) -> None:
        self.head(self.words("app.name"), self.words(f"scope.{self.SCOPES[0]}"))
        for field, label in zip(self.fields, self.query(".label").results(Static), strict=True):
            label.update(self.label(field.path))
            field.placeholder = self.example(field.path)
        self.draw_notes()
        self.alike.reword()
        super().reword()

    def draw_notes(self) -> None:
        """Beside each field: what is wrong with it, or what is read from it."""
        wrong = {problem.key: problem.reason for problem in problems(document_of(self.typed))}
        for field, note in zip(self.fields, self.query(".note").results(Static), strict=True):
            unfinished = field.path == "id_number" and len(field.value.strip()) < ID_LENGTH
            reason = None if unfinished else wrong.get(field.path)
            note.set_class(reason is not None, "-wrong")
            note.update(self.app.say(reason) if reason else self.read_from(field))

    def read_from(self, field: FactInput) -> str:
        """What an ID number says; how far it is typed."""
        number = field.value.strip()
        if field.path != "id_number" or not number:
            return ""
        if len(number) < ID_LENGTH:
            return f"{len(number)}/{ID_LENGTH}"
        birth = id_birth(number)
        return self.words(
            "new_case.read",
            birth=birth.isoformat(),
            sex=word(f"value.sex.{id_sex(number)}", self.app.language),
            age=full_years(birth, self.app.today),
        )

    # --- typing

    @on(Input.Changed)
    def typed_on(self) -> None:
        self.form.typed = self.typed
        self.text_changed()
        if self._keeper is None:
            self._keeper = self.set_timer(KEEP_AFTER, self.keep_typed)

    def text_changed(self) -> None:
        """Say what is wrong with it or read from it, and who that may already be."""
        self.draw_notes()
        self.alike.look(partial(self.known_by, self.typed))

    def known_by(self, typed: Mapping[str, str]) -> dict[str, str | None]:
        """What a client may be known by already."""
        return {
            "id_number": typed.get("id_number"),
            "name": typed.get("name"),
            "phone": typed.get("contact.phone"),
            "called": typed.get("contact.called"),
        }

    @on(Alike.Found)
    def tell_of_alike(self, event: Alike.Found) -> None:
        """Say that a colleague knows the client already; titles stand over cases alone."""
        if event.is_a_colleagues:
            self.warn(self.words("new_case.is_a_colleagues"))
        self.set_class(not event.found, "-nobody")

    async def on_descendant_blur(self) -> None:
        await self.keep_typed()

    async def keep_typed(self) -> None:
        """Keep what is typed: when this returns it is on disk, whatever becomes of the line or the machine. Where that
        cannot be done it stays in the form, and is tried again."""
        if self._keeper is not None:
            self._keeper.stop()
            self._keeper = None
        if self.making:
            return
        left = await self.form.keep()
        if left.reason is not None:
            self.warn(self.app.say(self.app.not_kept(left.reason)))

    # --- actions

    async def act_next(self) -> None:
        """Enter: the next field; in the last one, the case is made; on a duplicate, that is opened."""
        if self.focused is self.alike:
            await self.open_alike()
        elif self.focused is self.fields[-1]:
            await self.act_create()
        else:
            await self.act_down()

    async def act_down(self) -> None:
        if self.focused is self.alike:
            self.alike.move(self.alike.cursor + 1)
            return
        await self.keep_typed()
        place = next((i for i, field in enumerate(self.fields) if field is self.focused), -1)
        if place + 1 < len(self.ASKED):
            self.focus_now(self.fields[place + 1])
        elif self.alike.found:
            self.focus_now(self.alike)

    async def act_up(self) -> None:
        if self.focused is self.alike and self.alike.cursor > 0:
            self.alike.move(self.alike.cursor - 1)
            return
        await self.keep_typed()
        place = next((i for i, field in enumerate(self.fields) if field is self.focused), len(self.ASKED))
        if place > 0:
            self.focus_now(self.fields[place - 1])

    async def act_leave(self) -> None:
        self.form.typed = self.typed  # what came together with Esc is typed as well
        await self.keep_typed()
        self.app.pop_screen()

    def why_not_another(self) -> Reason | None:
        return None if self.forms.unfinished or self.typed else Reason("nothing_typed", {})

    async def act_another(self) -> None:
        """Put this form by, and show the next one that is not finished, or an empty one."""
        self.form.typed = self.typed
        await self.keep_typed()
        self.app.let_go(self.form)
        self.forms.turn()
        self.show_form()

    def why_not_throw_away(self) -> Reason | None:
        return None if self.typed else Reason("nothing_typed", {})

    async def act_throw_away(self) -> None:
        """Drop what is typed in this form, after asking."""
        await self.app.ask("new_case.ask_throw_away", lambda: self.call_next(self.throw_away))

    async def throw_away(self) -> None:
        """Drop the form, here and in the workspace."""
        left = await self.form.throw_away()
        self.app.let_go(self.form)
        self.forms.drop_empty()
        self.show_form()
        if left.reason is None:
            self.tell(self.words("new_case.thrown_away"))
        else:
            self.warn(self.app.say(self.app.not_kept(left.reason)))

    @on(Table.Chosen)
    async def open_alike(self) -> None:
        alike = self.alike.current
        if alike is not None:
            await self.keep_typed()
            self.app.pop_screen()
            await self.app.open_case(alike.row.id)

    def why_not_create(self) -> Reason | None:
        if self.making:
            return Reason("being_made", {})
        return None if self.typed else Reason("nothing_typed", {})

    async def act_create(self) -> None:
        await self.keep_typed()
        reason = self.why_not_create()
        document = self.document()
        wrong = problems(document)
        if reason is None and wrong:
            reason = wrong[0].reason
            self.focus_now(next((field for field in self.fields if field.path == wrong[0].key), self.fields[0]))
        if reason is not None:
            self.warn(self.app.say(reason))
            return
        self.making = True
        self.create(document)

    @work(thread=True, group="write", exit_on_error=False)
    def create(self, document: Mapping[str, Any]) -> None:
        """Make the case, in a thread of its own."""
        from models import writing

        app = self.app
        try:
            case_id = writing.create(
                app.workspace,
                document,
                by=app.author,
                today=app.today,
                consultant=app.author.name,
                forms=self.form.forms,
                status=self.status,
            )
            self.form.done()
            self.keep_besides(case_id)
            app.call_from_thread(self.made, case_id)
        except Invalid as invalid:
            app.call_from_thread(self.not_made, invalid.problems[0].reason)
        except (Refused, WorkspaceError) as error:
            app.call_from_thread(self.not_made, error.reason)
        finally:
            self.making = False

    @property
    def status(self) -> str:
        """The stage the case begins in."""
        return "lead"

    def keep_besides(self, case_id: int) -> None:
        """Keep what else belongs to the case; in the thread that made it."""

    def not_made(self, reason: Reason) -> None:
        """The case could not be made; everything stays as it was typed."""
        self.warn(self.app.say(reason))

    def made(self, case_id: int) -> None:
        """The case is there: open it."""
        self.app.look()
        self.app.pop_screen()
        self.app.call_later(self.app.open_case, case_id)
