"""Any commands by three people in one workspace, held after each step against the plain model beside it."""

import json
import os
import pwd
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from functools import cache, lru_cache
from pathlib import Path
from shutil import copyfile
from typing import Any, ClassVar

from desks import DAY
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from journalled import changes_of
from soak.edits import Edit, named, resolved, several, small_documents
from soak.plain import Case, Change, Clashes, Entry, PlainWorkspace, Refusal, Tree
from soundness import flaws, unsettled
from strategies import documents, texts

from engine.document import Invalid
from engine.policy import load
from models import anchor, transaction, writing
from models.author import Author
from models.chain import NOTHING, SEALED, Head, seal
from models.connection import files_of, identity
from models.deriving import Derived, derive
from models.drafts import clear_draft, save_draft, set_preference
from models.history import led_to
from models.names import keys, search_text
from models.query import parse
from models.reading import Reader
from models.rederiving import rederive
from models.refusals import Conflict, Refused
from models.today import moment
from models.workspace import Workspace, open_workspace

OWNER = pwd.getpwuid(os.geteuid()).pw_name
PEOPLE = ("ana", "bo", OWNER)
BEGINS = datetime(2026, 11, 22, 4, 0, tzinfo=UTC)

people = st.sampled_from(["ana", "ana", "bo", OWNER])
# which case or entry is meant is found when the step is taken: a story stays one when steps are left out of it
numbers = st.integers(0, 2) | st.integers(0, 30)
documents_of_all_kinds = st.one_of(small_documents, small_documents, documents())

_ROW = ("id", "revision", "status", "consultant", "tags", "need_by", "created_at", "updated_at", *Derived._fields)
_CASES = f"SELECT {', '.join(_ROW)}, document FROM cases JOIN document ON case_id = id"
_ENTRIES = f"SELECT {', '.join(SEALED)}, hash FROM entry WHERE id > ? ORDER BY id"


QUERIES: dict[str, Callable[[Tree], bool]] = {
    "status:form": lambda tree: tree["status"] == "form",
    "consultant:ana": lambda tree: tree.get("consultant") == "ana",
    "tag:中考": lambda tree: "中考" in tree.get("tags", []),
    "-status:lead sort:-updated": lambda tree: tree["status"] != "lead",
}


class Clock(datetime):
    """The time that commands write down: it stands while one is given."""

    stands: ClassVar[datetime] = BEGINS

    @classmethod
    def now(cls, tz: Any = None) -> Any:
        """What it shows."""
        return cls.stands


@cache
def _engine(path: Path, person: str) -> Any:
    """Kept from one example to the next: to put statements together takes longer than to run them."""
    return transaction.engine(path)


@lru_cache(50_000)
def _derived(document: str, rest: str, day: date) -> tuple[dict[str, Any], frozenset[str]]:
    facts, office = json.loads(document), json.loads(rest)
    return derive(facts, office["status"], load(), day, office).columns(), keys(facts)


def _rest(tree: Tree) -> str:
    """What a case says beside the applicant's facts."""
    return json.dumps({name: value for name, value in tree.items() if name != "applicant"}, ensure_ascii=False)


# what is derived, but for what looks ahead and says when and by what that was done
SHOWN = Derived._fields[: Derived._fields.index("stamp")]


class WorkspaceMachine(RuleBasedStateMachine):
    """`blank` is a new workspace's file, `path` where a copy of it is worked in."""

    blank: ClassVar[Path]
    path: ClassVar[Path]
    examples: ClassVar[int] = 0
    steps: ClassVar[int] = 0

    def __init__(self) -> None:
        super().__init__()
        type(self).examples += 1
        for file in files_of(self.path):
            file.unlink(missing_ok=True)
        copyfile(self.blank, self.path)
        Clock.stands = BEGINS
        self.model = PlainWorkspace(OWNER, day=DAY)
        self.views: dict[tuple[str, int], Tree] = {}
        self.ids = self.commands = 0
        self.head = NOTHING
        self.batches: dict[str, int] = {}
        self._open()

    def _open(self) -> None:
        self.workspaces: dict[str, Workspace] = {}
        for person in PEOPLE:
            workspace = open_workspace(self.path)
            workspace.engine, workspace.engine_file = _engine(self.path, person), identity(self.path)
            self.workspaces[person] = workspace
        self.connection = self.workspaces["ana"].connection
        self.reader = Reader(self.workspaces["bo"])

    def _close(self) -> None:
        self.reader.close()
        for workspace in self.workspaces.values():
            workspace.close()

    def teardown(self) -> None:
        try:
            for workspace in self.workspaces.values():
                _same("settings in the end", list(unsettled(workspace)), [])
            _same("flaws in the end", flaws(self.workspaces["ana"]), [])
        finally:
            self._close()

    # --- commands

    @initialize(documents=st.lists(small_documents, min_size=1, max_size=2))
    def begins(self, documents: list[Tree]) -> None:
        """Some clients that are there from the start."""
        for document in documents:
            self.creates("ana", document, "lead")

    @rule(person=people, document=documents_of_all_kinds, status=st.sampled_from(["lead", "form"]))
    def creates(self, person: str, document: Tree, status: str) -> None:
        """A new client."""
        document = named(document, self._new_id)
        by, day = Author(person), self.model.day
        self._both(
            lambda: [writing.create(self.workspaces[person], document, by=by, today=day, status=status)],
            lambda: self.model.create([{"status": status, "applicant": document}], person, "create"),
        )

    @rule(person=people, found=st.lists(small_documents, min_size=1, max_size=7), wrong=st.integers(0, 30))
    def imports(self, person: str, found: list[Tree], wrong: int) -> None:
        """Many new clients at once; one of them may be wrong."""
        trees = [{"status": "lead", "applicant": named(document, self._new_id)} for document in found]
        if wrong < len(trees):
            trees[wrong]["status"] = "nowhere"
        cases = [writing.NewCase(tree["applicant"], tree["status"]) for tree in trees]

        def real() -> list[int]:
            chunks = writing.create_many(self.workspaces[person], cases, by=Author(person, "cli"), today=self.model.day)
            return [case_id for chunk in chunks for case_id in chunk]

        self._both(real, lambda: self.model.create_many(trees, person))

    @rule(person=people, number=numbers, wanted=several, then=st.sampled_from([[], ["undo"], ["undo", "redo"]]))
    def edits(self, person: str, number: int, wanted: list[Edit], then: list[str]) -> None:
        """Some fields of a case changed at once; whoever did it may think better of it, and think again."""
        if (case := self._case(number)) is not None:
            self._change(person, case, resolved(wanted, self._tree(case), self._new_id))
            self._move(person, case, then, alone=True)

    @rule(person=people, number=numbers, one=several, other=several)
    def thinks_better_of_it(self, person: str, number: int, one: list[Edit], other: list[Edit]) -> None:
        """What was taken back is not done again once something else was done instead."""
        if (case := self._case(number)) is not None:
            for wanted, then in ((one, "undo"), (other, "redo")):
                self._change(person, case, resolved(wanted, self._tree(case), self._new_id))
                self._move(person, case, [then])

    @rule(person=people, number=numbers, wanted=several)
    def edits_what_was_seen(self, person: str, number: int, wanted: list[Edit]) -> None:
        """The same in a case that was opened a while ago; where none was, one is opened for later."""
        if seen := [case for by, case in self.views if by == person]:
            case = seen[0]
            self._change(person, case, resolved(wanted, self.views.pop((person, case)), self._new_id))
        elif (case_now := self._case(number)) is not None:
            self.views[person, case_now] = self._tree(case_now)

    @rule(first=people, second=people, number=numbers, one=several, other=several)
    def edit_at_once(self, first: str, second: str, number: int, one: list[Edit], other: list[Edit]) -> None:
        """Two people in one case: both have seen the same, and one is quicker."""
        if (case := self._case(number)) is not None:
            seen = self._tree(case)
            self._change(first, case, resolved(one, seen, self._new_id))
            self._change(second, case, resolved(other, seen, self._new_id))

    @rule(person=people, edit=several, chosen=st.sets(numbers, min_size=2, max_size=5))
    def edits_many(self, person: str, edit: list[Edit], chosen: set[int]) -> None:
        """The same change in several cases, as one piece of work."""
        cases = {case for number in chosen if (case := self._case(number)) is not None}
        self.model.batches += 1
        for case in sorted(cases):
            changes = resolved(edit, self._tree(case), self._new_id)
            self._change(person, case, changes, self.model.batches)

    def _change(self, person: str, case: int, changes: list[Change], batch: int | None = None) -> None:
        wanted = [writing.Change(*change) for change in changes]
        by, day = Author(person, "tui"), self.model.day
        self._both(
            lambda: (
                writing.change(
                    self.workspaces[person], case, wanted, by=by, today=day, batch=batch and f"many{batch}"
                ).entry
            ),
            lambda: self.model.change(case, changes, person, batch),
        )

    @rule(
        person=people,
        number=st.none() | numbers,
        alone=st.sampled_from([False, False, False, True]),
        moves=st.lists(st.sampled_from(["undo", "undo", "redo"]), min_size=1, max_size=5),
    )
    def goes_back_and_forth(self, person: str, number: int | None, alone: bool, moves: list[str]) -> None:
        """The last commands taken back and done again, in a case or anywhere."""
        case = None if number is None else self._case_of(person, number)
        self._move(person, case, moves, alone)

    def _move(self, person: str, case: int | None, moves: list[str], alone: bool = False) -> None:
        workspace, by, day = self.workspaces[person], Author(person), self.model.day
        for move in moves:
            self.holds()
            if move == "undo":
                self._both(
                    lambda: _done(writing.undo(workspace, by=by, today=day, case_id=case, alone=alone)),
                    lambda: self.model.undo(person, case, alone),
                )
            else:
                self._both(
                    lambda: _done(writing.redo(workspace, by=by, today=day, case_id=case)),
                    lambda: self.model.redo(person, case),
                )

    @rule(person=people, number=numbers)
    def takes_back(self, person: str, number: int) -> None:
        """Any command out of the journal, the latest of one's own rather, taken back or done again."""
        mine = [entry.number for entry in self.model.entries if entry.by == person][::-1]
        choice = [*mine, *(entry.number for entry in self.model.entries[::-1] if entry.by != person), 0]
        entry = choice[number % len(choice)]
        by, day = Author(person), self.model.day
        self._both(
            lambda: _done(writing.take_back(self.workspaces[person], entry, by=by, today=day)),
            lambda: self.model.take_back(entry, person),
        )

    # --- beside the commands

    @rule(person=people, number=numbers, edit=several, text=texts, forgets=st.booleans())
    def types(self, person: str, number: int, edit: list[Edit], text: str, forgets: bool) -> None:
        """Something typed at some fields and not committed; then perhaps something of before forgotten."""
        if case := self._case_ever(number):
            self._type(person, case, resolved(edit, self._tree(case), self._new_id), text)
        if forgets and self.model.drafts:
            drafts = sorted(self.model.drafts)
            case, person, path = drafts[number % len(drafts)]
            clear_draft(self.workspaces[person], case, person, path)
            del self.model.drafts[case, person, path]

    @rule(person=people, number=numbers, wanted=several, text=texts, waits=people)
    def leaves_what_was_typed(self, person: str, number: int, wanted: list[Edit], text: str, waits: str) -> None:
        """Fields typed at and left: what was typed there is done with, and nobody else's is."""
        if (case := self._case(number)) is not None:
            changes = resolved(wanted, self._tree(case), self._new_id)
            for typist in (person, waits):
                self._type(typist, case, changes, text)
            self._change(person, case, changes)

    def _type(self, person: str, case: int, changes: list[Change], text: str) -> None:
        for change in changes:
            save_draft(self.workspaces[person], case, person, change.path, text)
            self.model.drafts[case, person, change.path] = text

    @rule(
        person=people, what=st.sampled_from(["restart", "day", "derive", "clock", "prefer"]), by=st.integers(-400, 400)
    )
    def meanwhile(self, person: str, what: str, by: int) -> None:
        """Programs end and are opened again; a new day comes and what was derived is brought up to it; and the like."""
        if what == "restart":
            self._close()
            self.views.clear()
            self._open()
        elif what == "day":
            self.model.day += timedelta(days=abs(by))
        elif what == "derive":
            due = [case for case, (_, columns) in self._derivations().items() if columns["due"] <= str(self.model.day)]
            while rederive(self.workspaces[person], self.model.day, limit=3):
                pass
            self.model.rederive(due)
            self._all_hold_today()
        elif what == "clock":
            Clock.stands += timedelta(days=by)
        elif what == "prefer":
            set_preference(self.workspaces[person], person, "language", str(by))
            self.model.preferences[person, "language"] = str(by)

    # --- reading

    @rule(query=st.sampled_from(sorted(QUERIES)), number=numbers, length=st.integers(1, 6))
    def lists(self, query: str, number: int, length: int) -> None:
        """A list by what the office keeps; and somebody looked for by the beginning of what they are called."""
        found = self._found(query)
        wanted = [i for i, case in sorted(self.model.cases.items()) if QUERIES[query](case.tree)]
        _same(query, sorted(found), wanted)
        if "sort" in query:
            moments = [self.model.cases[i].touched for i in found]
            _same("the order", moments, sorted(moments, reverse=True))
        if case := self._case(number):
            applicant = self.model.cases[case].tree["applicant"]
            typed = search_text(applicant.get("name") or applicant.get("contact", {}).get("called") or "王")[:length]
            named_so = {i for i, c in self.model.cases.items() if _is_called(typed, c.tree["applicant"])}
            if typed:
                _same(f"those found by {typed}", set(self._found(f'"{typed}"')), named_so)

    def _found(self, query: str) -> list[int]:
        return list(self.reader.ids(parse(query, self.model.day, "bo")))

    # --- what holds after every step

    @invariant()
    def holds(self) -> None:
        """The workspace is what the model says."""
        type(self).steps += 1
        self._cases_hold()
        self._journal_holds()
        drafts = {(*place, text) for place, text in self.model.drafts.items()}
        _same("drafts", self._table("case_id, by, path, text", "draft"), drafts)
        preferences = {(*place, value) for place, value in self.model.preferences.items()}
        _same("preferences", self._table("by, name, value", "preference"), preferences)

    def _cases_hold(self) -> None:
        rows = list(self.connection.execute(_CASES))
        _same("cases", {row[0] for row in rows}, set(self.model.cases))
        found: dict[int, set[str]] = {row[0]: set() for row in rows}
        for key, case_id in self.connection.execute("SELECT key, case_id FROM search_key"):
            found[case_id].add(key)
        for *values, document in rows:
            row = dict(zip(_ROW, values, strict=True))
            case = self.model.cases[row["id"]]
            derived, search_keys = _derived(document, _rest(case.tree), case.derived_on)
            _same(f"case {row['id']}", _said(row, json.loads(document)), _of(case))
            _same(f"what is derived of case {row['id']}", {name: row[name] for name in derived}, derived)
            _same(f"search keys of case {row['id']}", found[row["id"]], search_keys)

    def _derivations(self) -> dict[int, tuple[str, dict[str, Any]]]:
        """Of each case its document, and what follows from it on the day it was derived for."""
        found = {row[0]: row[-1] for row in self.connection.execute(_CASES)}
        return {
            number: (found[number], _derived(found[number], _rest(case.tree), case.derived_on)[0])
            for number, case in self.model.cases.items()
        }

    def _all_hold_today(self) -> None:
        """Once what falls due has been brought up to the day, what lists show of every case is what is right today."""
        for number, (document, shown) in self._derivations().items():
            today, _ = _derived(document, _rest(self.model.cases[number].tree), self.model.day)
            assert [(name, shown[name]) for name in SHOWN] == [(name, today[name]) for name in SHOWN]

    def _journal_holds(self) -> None:
        touched = set()
        rows = list(self.connection.execute(_ENTRIES, (self.head.last,)))
        for *values, hash_ in rows:
            entry = dict(zip(SEALED, values, strict=True))
            _same(f"hash of entry {entry['id']}", hash_, seal(self.head.hash, values))
            self.head = Head(entry["id"], hash_)
            self._entry_holds(entry, self.model.entries[entry["id"] - 1])
            touched.add(entry["case_id"])
        _same("entries", self.connection.execute("SELECT count(*) FROM entry").fetchone()[0], len(self.model.entries))
        _same("the last entry", self.head.last, len(self.model.entries))
        if self.head.last:
            _same("anchor", anchor.read(self.path), self.head)
        for case in touched:
            found = changes_of(self.connection, case).values()
            tree = self.model.cases[case].tree if case in self.model.cases else None
            _same(f"the journal of case {case} replayed", led_to(found), tree)

    def _entry_holds(self, found: dict[str, Any], entry: Entry) -> None:
        if found["batch"] is not None:
            self.batches.setdefault(found["batch"], len(self.batches) if entry.batch is None else entry.batch)
        batch = None if found["batch"] is None else self.batches[found["batch"]]
        _same(
            f"entry {entry.number}",
            (found["at"], found["by"], found["command"], found["case_id"], found["undoes"], batch),
            (entry.at, entry.by, entry.command, entry.case, entry.undoes, entry.batch),
        )
        opened = changes_of(self.connection, found["case_id"])[found["id"]]
        changes = [(c["path"], c["before"], c["after"], c.get("position")) for c in opened]
        wanted = [tuple(change) for change in entry.changes]
        _same(f"changes of entry {entry.number}", sorted(changes, key=_path), sorted(wanted, key=_path))
        answered = None
        if entry.then is not None:
            document = json.dumps(entry.then["applicant"], ensure_ascii=False)
            derived, _ = _derived(document, _rest(entry.then), self.model.day)
            answered = {name: derived[name] for name in ("score", "proven", "stamp")}
        _same(f"answer of entry {entry.number}", found["answered"] and json.loads(found["answered"]), answered)

    def _table(self, columns: str, table: str) -> set[tuple[Any, ...]]:
        quoted = ", ".join(f'"{name}"' for name in columns.split(", "))
        return set(self.connection.execute(f"SELECT {quoted} FROM {table}"))

    # --- how

    def _both(self, real: Callable[[], Any], plain: Callable[[], Any]) -> None:
        """A command given to both; what comes of it is the same. Now and then the clock has been set back."""
        self.commands += 1
        Clock.stands += timedelta(seconds=1) if self.commands % 4 else timedelta(hours=-1)
        self.model.at = moment()
        _same("what came of it", _told(real), _told(plain))

    def _new_id(self) -> str:
        self.ids += 1
        return f"n{self.ids}"

    def _case(self, number: int) -> int | None:
        """One of the cases that are there."""
        there = sorted(self.model.cases)
        return there[number % len(there)] if there else None

    def _case_ever(self, number: int) -> int:
        """One of those that ever were, or one that never was."""
        return number % (self.model.made + 1)

    def _case_of(self, person: str, number: int) -> int:
        """One of those that a person has done something to, or one that never was."""
        mine = sorted({entry.case for entry in self.model.entries if entry.by == person})
        return [*mine, 0][number % (len(mine) + 1)]

    def _tree(self, case: int) -> Tree:
        """The case as somebody sees it who looks now."""
        found = self.reader.case(case)
        if found is None:
            return {"status": "lead", "applicant": {}}
        row = found.row
        return {
            "status": row.status,
            "consultant": row.consultant,
            "tags": list(row.tags),
            "need_by": row.need_by,
            "applicant": found.document,
        }


def _same(what: str, found: Any, wanted: Any) -> None:
    assert found == wanted, f"{what}\n  in the workspace: {found}\n  in the model:     {wanted}"


def _told(act: Callable[[], Any]) -> Any:
    """What comes of a command, said alike of the workspace and of the model."""
    try:
        return act()
    except Conflict as conflict:
        return [(clash.path, clash.now, clash.who, clash.at) for clash in conflict.items]
    except Clashes as clashes:
        return clashes.items
    except Refused as refused:
        return refused.reason.code.removeprefix("write."), refused.reason.values.get("who")
    except Refusal as refusal:
        return refusal.told
    except Invalid:
        return "invalid"


def _done(undone: writing.Undone) -> tuple[int, int, str, int]:
    return undone.entry, undone.case_id, undone.command, undone.cases


def _said(row: dict[str, Any], document: Tree) -> Any:
    office = {"consultant": row["consultant"], "tags": json.loads(row["tags"]), "need_by": row["need_by"]}
    tree = {"status": row["status"], **{k: v for k, v in office.items() if v not in (None, [])}, "applicant": document}
    return tree, row["revision"], row["created_at"], row["updated_at"]


def _of(case: Case) -> Any:
    return case.tree, case.revision, case.made, case.touched


def _path(change: tuple[Any, ...]) -> str:
    return str(change[0])


def _is_called(typed: str, applicant: Tree) -> bool:
    return any(key.startswith(typed) for key in keys(applicant))
