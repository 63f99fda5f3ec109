"""What a program otherwise does anew at each start, kept: for tests that start hundreds of times."""

from functools import cache

from models import transaction


def keep_engines() -> None:
    """From now on SQLAlchemy's engine on a path is one and the same, with the statements it has put together.

    Its connections are closed with the workspace all the same, and a fork that comes between two finds none open.
    """
    transaction.engine = cache(transaction.engine)  # type: ignore[assignment]
