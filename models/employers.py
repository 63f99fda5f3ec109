"""Employers, by credit code: what is known of one stands in every case of its, and is changed in all of them at once.

There is no second record to keep in step: the register is what the cases say. Which cases are of an employer follows
from `cases.uscc`.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import closing
from typing import Any, NamedTuple

from models.change import Change
from models.contents import Contents, checked, tree_of
from models.paths import APPLICANT, Tree, copied, get, put, same, touches
from models.workspace import Workspace

EMPLOYMENT = f"{APPLICANT}.employment"
USCC = f"{EMPLOYMENT}.uscc"
NOTE = "employer_note"
SHARED = (
    *(f"{EMPLOYMENT}.{name}" for name in ("employer", "kind", "district", "registered_in_shanghai")),
    *(f"{EMPLOYMENT}.{name}" for name in ("points_account", "hr")),
    NOTE,
)
"""The paths of what belongs to the employer and not to one of its cases."""


_NEWEST = (
    "SELECT status, consultant, tags, need_by, office, document FROM cases JOIN document ON case_id = id"
    " WHERE uscc = ? ORDER BY updated_at DESC, id DESC LIMIT 1"
)


class Employer(NamedTuple):
    """An employer as its cases have it: facts by path, those on which its cases do not agree, how many cases it has."""

    uscc: str
    facts: Mapping[str, Any]
    differing: tuple[str, ...]
    cases: int


def credit_code(tree: Tree) -> str | None:
    """The credit code of a case's employer."""
    code = get(tree, USCC)
    return None if code is None else str(code)


def concern_others(tree: Tree, changes: Iterable[Change]) -> bool:
    """Whether what changes of a case come to rests with other cases of an employer too: something of its employer is
    said anew, or it comes to another."""
    shared = (USCC, *SHARED) if credit_code(tree) is not None else (USCC,)
    said_anew = (change.path for change in changes if not same(get(tree, change.path), change.after))
    return any(touches(path, of_employer) for path in said_anew for of_employer in shared)


def moved(before: Tree, after: Tree, paths: Iterable[str]) -> dict[str, Any]:
    """What a change at `paths` says anew of the employer a case had and has, by path; None takes a fact away."""
    code = credit_code(after)
    if code is None or code != credit_code(before):
        return {}
    touched = [path for path in SHARED if any(touches(path, changed) for changed in paths)]
    return {path: get(after, path) for path in touched if not same(get(before, path), get(after, path))}


def with_facts(tree: Tree, facts: Mapping[str, Any]) -> Contents:
    """A case of the same employer with these facts of it. `engine.document.Invalid` where they do not fit."""
    changed: Tree = copied(tree)
    for path, value in facts.items():
        if value is not None or get(changed, path) is not None:
            put(changed, path, copied(value))
    return checked(changed)


def lacking(tree: Tree, other: Tree) -> dict[str, Any]:
    """What another case of its employer knows of it and a case does not say."""
    return {path: get(other, path) for path in SHARED if get(tree, path) is None and get(other, path) is not None}


def newest(workspace: Workspace, codes: Collection[str]) -> dict[str, Tree]:
    """Of each of these employers the case that was changed last; those without a case are left out."""
    found: dict[str, Tree] = {}
    if not codes:
        return found
    with closing(workspace.connect(whole=True)) as connection:
        for code in codes:
            row = connection.execute(_NEWEST, (code,)).fetchone()
            if row is not None:
                found[code] = tree_of(*row)
    return found


def employer(uscc: str, trees: Iterable[Tree]) -> Employer:
    """An employer out of its cases, of which the one that was changed last comes first and speaks where they differ."""
    facts: dict[str, Any] = {}
    differing: dict[str, None] = {}
    count = 0
    for tree in trees:
        count += 1
        for path, value in _said(tree):
            if path not in facts:
                facts[path] = value
            elif not same(facts[path], value):
                differing[path] = None
    return Employer(uscc, facts, tuple(path for path in SHARED if path in differing), count)


def _said(tree: Tree) -> Iterator[tuple[str, Any]]:
    for path in SHARED:
        value = get(tree, path)
        if value is not None:
            yield path, value
