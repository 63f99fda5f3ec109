"""Lines of the query language as ana asks them on 2026-11-22, what they find, and pieces to make others of."""

from datetime import date

import pytest
from hypothesis import HealthCheck, settings

from models.query import Query, QueryError, parse
from models.query_terms import KEYS
from models.reading import Reader
from models.workspace import Workspace

TODAY = date(2026, 11, 22)
ANY_TEXT = settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])

WORDS = """
    状态 分 续办 form 填报中 填报 me 我 无 张 zs 1234 重点 é 😀 ( ) %
    : ： , ， - － " “ ” ' .. 。。 < 《 >= ≥ = _ \\ + 、
    30d 7天 0d 99999d -99999d 2027-03 2027-03-01 2027 0000 120 -1
"""
PIECES = (*KEYS, *WORDS.split(), " ", "　", "\x00", "\ud800")


def query(text: str, me: str = "ana") -> Query:
    """The query of a line, asked by ana on 2026-11-22."""
    return parse(text, TODAY, me)


def refused(text: str) -> QueryError:
    """Why a line is refused."""
    with pytest.raises(QueryError) as found:
        query(text)
    return found.value


def finds(workspace: Workspace, *expected: tuple[str, list[int]]) -> None:
    """Each line finds these cases in this order, whether all are looked for or the first of them."""
    with Reader(workspace) as reader:
        for line, found in expected:
            assert list(reader.ids(query(line))) == found, line
            assert list(reader.first(query(line))) == found, line
