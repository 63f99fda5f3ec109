"""A consultant who never pauses: any command at random, and what it did told to whoever listens, before the next.

Each command is told twice: `Begins` before it is given, `Kept` once it has been acknowledged. Whoever is killed
between the two may or may not have been heard; whatever is `Kept` must be there.
"""

from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from random import Random
from typing import Any, NamedTuple

from desks import DAY, Desk

from engine.document import Invalid
from engine.workflow import STATUSES
from models import writing
from models.drafts import clear_draft, save_draft
from models.paths import get
from models.refusals import Conflict, Refused
from models.workspace import open_workspace
from models.writing import NewCase, create_many

CHUNK = 8  # of a batch here, so that one that is cut off was kept in part
FIELDS = [f"applicant.{name}" for name in ("contact.wechat", "hukou.address", "permit.address", "employment.post")]
Drafts = dict[tuple[int, str], str | None]  # (case, path): the text, None for one that is done with


class Written(NamedTuple):
    """An entry as it has to stand in the journal; `after` by path, None where the command alone is known."""

    command: str
    case_id: int | None
    after: dict[str, Any] | None


class Begins(NamedTuple):
    """What is about to be written, all or nothing."""

    entries: list[Written]
    drafts: Drafts


class Kept(NamedTuple):
    """What was acknowledged: nothing where the command was refused."""

    entries: list[Written]
    drafts: Drafts


NOTHING = Kept([], {})


def write_on(path: Path, name: str, seed: str, say: Callable[[Begins | Kept], None]) -> None:
    """Gives commands without end."""
    with closing(open_workspace(path)) as workspace:
        scribe = Scribe(Desk(workspace, name), Random(seed))
        while True:
            for word in scribe.command():
                say(word)


class Scribe:
    """What one person does; every text they type is one nobody typed before."""

    def __init__(self, desk: Desk, random: Random) -> None:
        self.desk = desk
        self.random = random
        writing.CHUNK = CHUNK
        self.count = 0
        made = "SELECT case_id FROM entry WHERE \"by\" = 'first' AND command = 'create'"
        self.cases = [case_id for (case_id,) in desk.workspace.connection.execute(made)]
        self.entries: list[int] = []
        self.drafts: list[tuple[int, str]] = []

    def command(self) -> Iterator[Begins | Kept]:
        """One command, or one batch: `Begins` and `Kept` by turns."""
        commands = [self.edit, self.row, self.draft, self.forget, self.undo, self.redo, self.take_back]
        weights = [40, 15, 15, 4, 10, 6, 3]
        commands += [self.create, self.batch]
        weights += [3, 2]
        try:
            yield from self.random.choices(commands, weights)[0]()
        except (Conflict, Refused, Invalid):
            yield NOTHING

    def edit(self) -> Iterator[Begins | Kept]:
        """Some fields of a case, of those that others change too; drafts at them are then done with."""
        texts = {field: self.text() for field in self.random.sample(FIELDS, self.random.randint(1, 3))}
        status = {"status": self.random.choice(list(STATUSES))} if self.random.random() < 0.3 else {}
        yield from self._set(self.case(), texts, status)

    def row(self) -> Iterator[Begins | Kept]:
        """A row more, or one less."""
        case_id = self.case()
        rows = self.desk.document(case_id).get("award", [])
        if len(rows) > 3:
            yield from self._set(case_id, {f"applicant.award.{self.random.choice(rows)['id']}": None}, {})
        else:
            row = {"id": self.text(), "level": "provincial", "granted": "2023-05-01"}
            yield from self._set(case_id, {f"applicant.award.{row['id']}": row}, {})

    def _set(self, case_id: int, after: dict[str, Any], perhaps: dict[str, Any]) -> Iterator[Begins | Kept]:
        """Sets what was not there before, and `perhaps` what was."""
        gone: Drafts = {(case_id, path): None for path in after}
        yield Begins([Written("set", case_id, after)], gone)
        seen = self.desk.tree(case_id)
        saved = self.desk.change(case_id, *[(p, get(seen, p), value) for p, value in (after | perhaps).items()])
        if saved.entry is not None:  # else somebody else took the same row away
            self.entries.append(saved.entry)
        yield Kept([Written("set", case_id, after)] if saved.entry else [], gone)

    def draft(self) -> Iterator[Begins | Kept]:
        """What was typed and is not committed yet."""
        case_id, path, text = self.case(), self.random.choice(FIELDS), self.text()
        yield Begins([], {(case_id, path): text})
        save_draft(self.desk.workspace, case_id, self.desk.name, path, text)
        self.drafts.append((case_id, path))
        yield Kept([], {(case_id, path): text})

    def forget(self) -> Iterator[Begins | Kept]:
        """A draft that is not wanted any more."""
        if self.drafts:
            case_id, path = self.random.choice(self.drafts)
            yield Begins([], {(case_id, path): None})
            clear_draft(self.desk.workspace, case_id, self.desk.name, path)
            yield Kept([], {(case_id, path): None})

    def undo(self) -> Iterator[Begins | Kept]:
        """The last command, whichever it was."""
        yield from self._undone("undo", lambda: self.desk.undo())

    def redo(self) -> Iterator[Begins | Kept]:
        """What was last taken back."""
        yield from self._undone("redo", lambda: self.desk.redo())

    def take_back(self) -> Iterator[Begins | Kept]:
        """Some command of before."""
        if self.entries:
            yield from self._undone(None, lambda: self.desk.take_back(self.random.choice(self.entries)))

    def _undone(self, command: str | None, do: Callable[[], Any]) -> Iterator[Begins | Kept]:
        known = {"undo", "redo"} if command is None else {command}
        yield Begins([Written("|".join(sorted(known)), None, None)], {})
        undone = do()
        changes = {change.path: change.after for change in undone.changes}
        first = Written("|".join(sorted(known)), undone.case_id, changes)
        yield Kept([first, *[Written(first.command, None, None)] * (undone.cases - 1)], {})

    def create(self) -> Iterator[Begins | Kept]:
        """A new client."""
        name = self.text()
        yield Begins([Written("create", None, {"applicant.name": name})], {})
        case_id = self.desk.create({"name": name})
        yield Kept([Written("create", case_id, {"applicant.name": name})], {})

    def batch(self) -> Iterator[Begins | Kept]:
        """Many new clients, in chunks that are kept one by one."""
        names = [self.text() for _ in range(self.random.randint(1, 3 * CHUNK))]
        chunks = create_many(self.desk.workspace, [NewCase({"name": n}) for n in names], by=self.desk.author, today=DAY)
        for start in range(0, len(names), CHUNK):
            wanted = [{"applicant.name": name} for name in names[start : start + CHUNK]]
            yield Begins([Written("import", None, after) for after in wanted], {})
            ids = next(chunks)
            yield Kept([Written("import", i, after) for i, after in zip(ids, wanted, strict=True)], {})

    def case(self) -> int:
        """One of the cases that are there from the start; nobody takes them back."""
        return self.random.choice(self.cases)

    def text(self) -> str:
        """What nobody ever typed."""
        self.count += 1
        return f"{self.desk.name}-{self.count}"
