"""One change of a case: what every command is made of, what the journal keeps, and what an editor asks for.

It loads nothing: an editor has changes at hand before the first command loads the ORM.
"""

from typing import Any, NamedTuple


class Change(NamedTuple):
    """One field: what the editor saw there and what is to be there; None is nothing.

    A row that comes or goes is one change; `position` is its place among the rows then.
    """

    path: str
    before: Any
    after: Any
    position: int | None = None
