"""What a range of months of insurance is to say, asked in one line."""

from __future__ import annotations

from engine import fields
from models.insured_months import Edit
from tui.screens.prompt import Prompt, PromptInput
from tui.text import say, text
from tui.widgets.month_grid import title_of


class RangePrompt(Prompt[Edit]):
    """Asks what a range of months says; it begins with the months that are marked."""

    def __init__(self, begun: str, language: str, today_read: object) -> None:
        self.begun = begun
        self.language = language
        self.hint = text("insurance.hint", language, example=text("insurance.example", language))
        super().__init__(text("insurance.ask", language), today_read, lambda why: say(why, language))  # type: ignore[arg-type]

    def on_mount(self) -> None:
        super().on_mount()
        field = self.query_one(PromptInput)
        field.value = self.begun
        field.cursor_position = len(field.value)

    def told(self, understood: Edit) -> str:
        """The range, and what it is to say."""
        return said(understood, self.language)


def said(edit: Edit, language: str) -> str:
    """An edit in words."""
    from tui import form

    span = title_of(edit.first) if edit.first == edit.last else f"{title_of(edit.first)}..{title_of(edit.last)}"
    if edit.facts is None:
        return f"{span}  {text('insurance.removed', language)}"
    parts = []
    for key, value in edit.facts.items():
        field = fields.field(f"insurance.{key}")
        shown = form.shown(field, value, language) if value is not None else text("insurance.normal", language)
        parts.append(f"{field.label(language)} {shown}")
    return "  ".join([span, *parts])
