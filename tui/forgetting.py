"""A case erased from a screen: the client's name is typed back first, and what is left to be done is told after."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.cleaning import clean
from engine.reason import Reason
from engine.words import word
from models.refusals import Refused, refused
from models.workspace import WorkspaceError
from tui.patience import written
from tui.screens.prompt import Prompt

if TYPE_CHECKING:
    from models.forgetting import Forgotten
    from tui.app import DabiaoApp


def why_not(app: DabiaoApp) -> Reason | None:
    """Why this consultant erases no case; None where they may."""
    from models.forgetting import may_forget

    return None if may_forget(app.workspace, app.author) else refused("not_owner").reason


async def ask(app: DabiaoApp, case_id: int) -> None:
    """Ask for the name of the client, and erase the case once it has been typed."""
    rows = app.reader.rows([case_id])
    if not rows:
        return
    name = rows[0].name or rows[0].called or str(case_id)

    def read(typed: str) -> str | Reason:
        return name if clean(typed) == name else Reason("forget_other_name", {"name": name})

    async def answered(answer: str | None) -> None:
        if answer is not None:
            await _carry_out(app, case_id)

    await app.push_screen(Prompt(app.text("forget.ask", id=case_id, name=name), read, app.say), answered)


async def _carry_out(app: DabiaoApp, case_id: int) -> None:
    from models.forgetting import forget
    from models.settings import load

    who, today, workspace = app.author, app.today, app.workspace
    app.tell_warning(app.text("forget.going_on"))
    try:
        done = await written(
            workspace, lambda: forget(workspace, case_id, by=who, today=today, settings=load().settings.backups)
        )
    except (Refused, WorkspaceError) as error:
        app.tell_reason(error.reason)
        return
    app.look()
    app.tell_warning("  ".join(told(done, app.language)))


def told(done: Forgotten, language: str) -> list[str]:
    """What was done, and what is left to be done, in sentences."""
    from tui.text import say, text

    sentences = [text("forget.done", language, id=done.case_id)]
    if done.others:
        some = word("list.and", language).join(map(str, done.others[:20])) + ("…" if len(done.others) > 20 else "")
        sentences.append(text("forget.others", language, count=len(done.others), cases=some))
    if done.until is not None:
        sentences.append(text("forget.copies", language, until=done.until))
    if done.left is not None:
        sentences.append(say(done.left, language))
    return sentences
