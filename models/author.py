"""Who writes. Apart from the journal, so that naming the author loads no ORM."""

import pwd
from pathlib import Path
from typing import NamedTuple

from engine.cleaning import clean
from models.refusals import refused

LONGEST_NAME = 64


class Author(NamedTuple):
    """Who writes, and from where: `tui`, `cli`, a machine's name."""

    name: str
    origin: str = ""

    def cleaned(self) -> "Author":
        """As it is kept: one short line each; `Refused` where nothing is left of the name."""
        name = clean(self.name)[:LONGEST_NAME]
        if not name:
            raise refused("no_author")
        return Author(name, clean(self.origin)[:LONGEST_NAME])


def owns(author: Author, path: Path) -> bool:
    """Whether the author is the owner of a workspace: the operating system's account that its file belongs to."""
    return owner_of(path) == author.name


def owner_of(path: Path) -> str:
    """The operating system's account that a file belongs to; its number where it has no name."""
    uid = path.stat().st_uid
    try:
        return pwd.getpwuid(uid).pw_name
    except KeyError:  # as in some containers
        return f"uid{uid}"
