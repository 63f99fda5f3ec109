"""A workspace as plain data: what it has to hold after any commands, said as simply as can be.

Dictionaries and one list of entries, copied whole at every command; nothing of `models` takes part. Only what an
applicant may say, and how it is spelled, is asked of the engine.
"""

from collections.abc import Iterable, Sequence
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple

from engine.document import Invalid, dump, validate
from engine.fields import Section, sections
from engine.workflow import STATUSES

Tree = dict[str, Any]
CHUNK = 3  # cases of a batch that are kept together


def _rows(found: Iterable[Any]) -> set[str]:
    groups = [member for member in found if isinstance(member, Section)]
    return {group.path for group in groups if group.repeats}.union(*(_rows(group.fields) for group in groups))


ROWS = sorted(_rows(sections()))


class Refusal(Exception):
    """A command that is not carried out, and why."""

    def __init__(self, code: str, who: str | None = None) -> None:
        super().__init__(code, who)
        self.told = (code, who)


class Clashes(Exception):
    """Fields that somebody else changed: path, what is there, who put it there, when."""

    def __init__(self, items: list[tuple[str, Any, str, str]]) -> None:
        super().__init__(items)
        self.items = items


class NoWay(Exception):
    """A path into a row that is not there."""


class Change(NamedTuple):
    """A field (or row, or with the path "" the case) before and after; a row that comes or goes, with its place."""

    path: str
    before: Any
    after: Any
    place: int | None = None


@dataclass
class Entry:
    """One line of the journal. `was` and `then` are the case before it and after."""

    number: int
    at: str
    by: str
    command: str
    case: int
    changes: list[Change]
    was: Tree | None
    then: Tree | None
    batch: int | None = None
    undoes: int | None = None


@dataclass
class Case:
    """A case as it stands."""

    tree: Tree
    revision: int
    made: str
    touched: str
    derived_on: date


class Done(NamedTuple):
    """What undo and redo tell: the last entry, its first case, the command it goes back to, how many cases."""

    entry: int
    case: int
    command: str
    cases: int


@dataclass
class PlainWorkspace:
    """The whole of it. `owner` may take back what anybody did."""

    owner: str
    cases: dict[int, Case] = field(default_factory=dict)
    entries: list[Entry] = field(default_factory=list)
    drafts: dict[tuple[int, str, str], str] = field(default_factory=dict)  # by case, person and path
    preferences: dict[tuple[str, str], str] = field(default_factory=dict)
    made: int = 0  # cases that ever were
    batches: int = 0
    at: str = ""
    day: date = date.min

    # --- commands

    def create(self, trees: Sequence[Tree], by: str, command: str, batch: int | None = None) -> list[int]:
        """New cases, all or none; ids count on from those that ever were."""
        kept = [normal(tree) for tree in trees]
        ids = []
        for tree in kept:
            self.made += 1
            self.cases[self.made] = Case(tree, 1, self.at, self.at, self.day)
            self._write(by, command, self.made, [Change("", None, tree)], None, batch)
            ids.append(self.made)
        return ids

    def create_many(self, trees: Sequence[Tree], by: str, command: str = "import") -> list[int]:
        """One batch in chunks; what is wrong stops it at its chunk."""
        self.batches += 1
        batch, ids = self.batches, []
        for start in range(0, len(trees), CHUNK):
            ids += self.create(trees[start : start + CHUNK], by, command, batch)
        return ids

    def change(self, case: int, changes: Sequence[Change], by: str, batch: int | None = None) -> int | None:
        """Fields of a case, all or none; the entry, None where all of it was so already."""
        if case not in self.cases:
            raise Refusal("no_case")
        before = self.cases[case].tree
        tree = deepcopy(before)
        clashes = []
        for c in changes:
            now = look(tree, c.path)
            if _row_is_gone(tree, c.path) or not (same(now, c.before) or same(now, c.after)):
                clashes.append((c.path, now, *self._last_writer(case, c.path)))
            else:
                lay(tree, c.path, c.after, c.place)
        if clashes:
            raise Clashes(clashes)
        tree, paths = _received_again(before, normal(tree), [c.path for c in changes])
        tree = normal(tree)
        for c in changes:
            self.drafts.pop((case, by, c.path), None)
        made = _differences(before, tree, paths)
        if not made:
            return None
        self._rewrite(case, tree)
        return self._write(by, "set", case, made, before, batch)

    def undo(self, by: str, case: int | None, alone: bool = False) -> Done:
        """A person's last command that is not undone, taken back."""
        undone = {entry.undoes for entry in self.entries}
        last = [e for e in self._of(by, case) if e.command != "undo" and e.number not in undone][-1:]
        if not last:
            raise Refusal("nothing_to_undo")
        if alone and (last[0].batch is not None or (last[0].changes[0:1] and last[0].changes[0].path == "")):
            raise Refusal("beyond_the_case")
        return self._invert(last[0], "undo", by)

    def redo(self, by: str, case: int | None) -> Done:
        """A person's last undo since their last new command, taken back."""
        undone = {entry.undoes for entry in self.entries}
        mine = self._of(by, case)
        newest = max((e.number for e in mine if e.command not in ("undo", "redo")), default=0)
        last = [e for e in mine if e.command == "undo" and e.number > newest and e.number not in undone][-1:]
        if not last:
            raise Refusal("nothing_to_redo")
        return self._invert(last[0], "redo", by)

    def take_back(self, number: int, by: str) -> Done:
        """Any command by its author or the owner; one that was taken back is done again."""
        if not 1 <= number <= len(self.entries):
            raise Refusal("no_entry")
        entry = self.entries[number - 1]
        if by not in (entry.by, self.owner):
            raise Refusal("not_yours", entry.by)
        while later := [e for e in self.entries if e.undoes == entry.number]:
            (entry,) = later
        return self._invert(entry, "redo" if entry.command == "undo" else "undo", by)

    def rederive(self, due: list[int]) -> None:
        """The cases that fall due derived on the day it is."""
        for number in due:
            self.cases[number].derived_on = self.day

    # --- how

    def _of(self, by: str, case: int | None) -> list[Entry]:
        return [e for e in self.entries if e.by == by and case in (None, e.case)]

    def _invert(self, last: Entry, command: str, by: str) -> Done:
        entries = [last] if last.batch is None else [e for e in reversed(self.entries) if e.batch == last.batch]
        inverse = [(entry, *self._inverse(entry)) for entry in entries]
        batch = None
        if last.batch is not None:
            self.batches += 1
            batch = self.batches
        for entry, tree, changes in inverse:
            was = self.cases[entry.case].tree if entry.case in self.cases else None
            if tree is None:
                self.cases.pop(entry.case, None)
            elif entry.case in self.cases:
                self._rewrite(entry.case, tree)
            else:
                of_it = [e for e in self.entries if e.case == entry.case]
                self.cases[entry.case] = Case(tree, len(of_it) + 1, of_it[0].at, self.at, self.day)
            self._write(by, command, entry.case, changes, was, batch, entry.number)
            if self._stood_last(entry):
                assert tree == entry.was, "the model itself does not undo"
        root = last
        while root.undoes is not None:
            root = self.entries[root.undoes - 1]
        return Done(len(self.entries), entries[0].case, root.command, len(entries))

    def _stood_last(self, entry: Entry) -> bool:
        """Whether nothing was done to its case since: then taking it back leads to what was before, exactly."""
        return not any(e.case == entry.case and e.undoes != entry.number for e in self.entries[entry.number :])

    def _inverse(self, entry: Entry) -> tuple[Tree | None, list[Change]]:
        now = self.cases[entry.case].tree if entry.case in self.cases else None
        if [c.path for c in entry.changes] == [""]:
            (whole,) = entry.changes
            if now != whole.after:
                raise self._since(entry, "")
            return whole.before, [Change("", now, whole.before)]
        if now is None:
            raise Refusal("no_case")
        for c in entry.changes:
            if not same(look(now, c.path), c.after):
                raise self._since(entry, c.path)
        tree = deepcopy(now)
        coming = [c for c in entry.changes if c.before is not None and c.place is not None]
        for c in [c for c in entry.changes if c not in coming] + sorted(coming, key=lambda c: c.place or 0):
            try:
                lay(tree, c.path, c.before, c.place)
            except NoWay:
                raise self._since(entry, c.path, "gone_since") from None
        try:
            tree = normal(tree)
        except Invalid:
            raise Refusal("contradicts") from None
        return tree, _differences(now, tree, [c.path for c in entry.changes])

    def _since(self, entry: Entry, path: str, code: str = "changed_since") -> Refusal:
        return Refusal(code, self._last_writer(entry.case, path)[0])

    def _last_writer(self, case: int, path: str) -> tuple[str, str]:
        for entry in reversed(self.entries):
            if entry.case == case and any(_overlap(c.path, path) for c in entry.changes):
                return entry.by, entry.at
        raise AssertionError(path)

    def _rewrite(self, case: int, tree: Tree) -> None:
        kept = self.cases[case]
        self.cases[case] = Case(tree, kept.revision + 1, kept.made, self.at, self.day)

    def _write(
        self,
        by: str,
        command: str,
        case: int,
        changes: list[Change],
        was: Tree | None,
        batch: int | None = None,
        undoes: int | None = None,
    ) -> int:
        number = len(self.entries) + 1
        then = self.cases[case].tree if case in self.cases else None
        self.entries.append(Entry(number, self.at, by, command, case, changes, was, then, batch, undoes))
        return number


# --- trees


def normal(tree: Tree) -> Tree:
    """A case as it is stored: nothing that says nothing, every value in its one spelling. `Invalid` where it cannot."""
    office = {key: value for key, value in tree.items() if key != "applicant" and value not in (None, [])}
    if office["status"] not in STATUSES:
        raise Invalid([])
    if "tags" in office:
        office["tags"] = list(dict.fromkeys(office["tags"]))
    return {**office, "applicant": dump(validate(_tidy(tree.get("applicant", {}))))}


def _tidy(value: Any) -> Any:
    """Without groups and lists that hold nothing; a row stays."""
    if isinstance(value, list):
        return [_tidy(item) for item in value]
    if not isinstance(value, dict):
        return value
    kept = {key: _tidy(item) for key, item in value.items()}
    return {key: item for key, item in kept.items() if item is not None and item != [] and item != {}}


def look(tree: Any, path: str) -> Any:
    """What stands at a path; rows go by their id."""
    for step in path.split(".") if path else ():
        if isinstance(tree, list):
            tree = next((row for row in tree if row["id"] == step), None)
        else:
            tree = (tree or {}).get(step)
    return tree


def lay(tree: Tree, path: str, value: Any, place: int | None = None) -> None:
    """Puts a value at a path; None takes away what is there."""
    way, _, last = path.rpartition(".")
    here: Any = tree
    for depth, step in enumerate(way.split(".") if way else (), 1):
        if isinstance(here, list):
            here = next((row for row in here if row["id"] == step), None)
            if here is None:
                raise NoWay(path)
        else:
            is_list = ".".join(way.split(".")[1:depth]) in ROWS
            if here.get(step) is None:
                here[step] = [] if is_list else {}
            here = here[step]
    if isinstance(here, list):
        ids = [row["id"] for row in here]
        if last in ids:
            at = ids.index(last)
            here[at : at + 1] = [] if value is None else [{**value, "id": last}]
        elif value is not None:
            here.insert(len(here) if place is None else place, {**value, "id": last})
    elif value is None:
        here.pop(last, None)
    else:
        here[last] = value


def same(one: Any, other: Any) -> bool:
    """Whether two values say the same: of a row its id does not count, and nothing is no rows."""
    return bool(_said(one) == _said(other))


def _said(value: Any) -> Any:
    value = _tidy(value)
    if isinstance(value, dict):
        return ("said", {key: item for key, item in value.items() if key != "id"})
    return None if value == [] else value


def _overlap(one: str, other: str) -> bool:
    first, second = one.split("."), other.split(".")
    length = min(len(first), len(second))
    return "" in (one, other) or first[:length] == second[:length]


def _row_is_gone(tree: Tree, path: str) -> bool:
    steps = path.split(".")
    return any(
        ".".join(steps[1:depth]) in ROWS and look(tree, ".".join(steps[: depth + 1])) is None
        for depth in range(2, len(steps) - 1)
    )


def _received_again(before: Tree, after: Tree, paths: list[str]) -> tuple[Tree, list[str]]:
    """What was verified and says something else now is only received again, unless that was said with it."""
    tree, changed = deepcopy(after), list(paths)
    applicant = before["applicant"]
    facts = {"applicant.spouse": applicant.get("spouse", {})}
    for name in ROWS:
        rows = look(before, f"applicant.{name}") or []
        facts |= {f"applicant.{name}.{row['id']}": row for row in rows}
    for path, old in facts.items():
        new = look(after, path)
        is_verified = old.get("evidence") == "verified" and new is not None and new.get("evidence") == "verified"
        was_told = f"{path}.evidence" in paths or not any(_overlap(path, p) for p in paths)
        if is_verified and new != old and not was_told:
            lay(tree, f"{path}.evidence", "received")
            changed.append(f"{path}.evidence")
    return tree, changed


def _differences(before: Tree, after: Tree, paths: Iterable[str]) -> list[Change]:
    all_paths = list(dict.fromkeys(paths))
    outer = [p for p in all_paths if not any(p != o and p.startswith(f"{o}.") for o in all_paths)]
    found = []
    for path in outer:
        old, new = look(before, path), look(after, path)
        if old != new:
            place = _place(after, path) if old is None else _place(before, path) if new is None else None
            found.append(Change(path, old, new, place))
    return found


def _place(tree: Tree, path: str) -> int | None:
    above, _, last = path.rpartition(".")
    rows = look(tree, above) if above else None
    return [row["id"] for row in rows].index(last) if isinstance(rows, list) else None
