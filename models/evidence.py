"""Evidence belongs to the facts it was given for: a verified row that is changed is only received again."""

from collections.abc import Iterable, Iterator

from engine.reason import Reason
from models.paths import APPLICANT, Tree, copied, get, put, row_lists, touches, word_of

SPOUSE = f"{APPLICANT}.spouse"


def set_back(before: Tree, after: Tree, paths: Iterable[str]) -> tuple[Tree, list[str], tuple[Reason, ...]]:
    """The tree after the change at `paths` with its evidence right; the paths then changed; what to tell the editor.

    Evidence that the change itself speaks of stays as it says.
    """
    changed = list(paths)
    tree = after
    notices: list[Reason] = []
    for path in [path for path in _verified(before) if any(touches(c, path) for c in changed)]:
        proof = f"{path}.evidence"
        old, new = get(before, path), get(after, path)
        if proof in changed or new is None or new.get("evidence") != "verified" or old == new:
            continue
        if not notices:
            tree = copied(after)
        put(tree, proof, "received")
        changed.append(proof)
        notices.append(Reason("write.set_back", {"path": path, "field_word": word_of(path)}))
    return tree, changed, tuple(notices)


def _verified(tree: Tree) -> Iterator[str]:
    if (get(tree, SPOUSE) or {}).get("evidence") == "verified":
        yield SPOUSE
    for name in row_lists():
        rows = f"{APPLICANT}.{name}"
        yield from (f"{rows}.{row['id']}" for row in get(tree, rows) or () if row.get("evidence") == "verified")
