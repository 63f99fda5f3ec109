"""A line of the query language said in either language is the same query."""

from hypothesis import given
from hypothesis import strategies as st
from query_lines import LINES
from querying import ANY_TEXT, PIECES, query, refused

from engine.words import LANGUAGES
from models.query import QueryError
from models.query_spoken import spoken


@ANY_TEXT
@given(LINES)
def test_printed_in_either_language_and_read_again_a_line_is_the_same_query(line: str) -> None:
    """Of every key, sign and kind of value; so it finds the same."""
    for language in LANGUAGES:
        assert query(spoken(line, language)) == query(line)
        assert spoken(spoken(line, language), language) == spoken(line, language)


@ANY_TEXT
@given(st.lists(st.sampled_from(PIECES) | LINES).map("".join))
def test_said_in_either_language_a_line_is_the_same_query(line: str) -> None:
    try:
        asked = query(line)
    except QueryError:
        assert refused(spoken(line, "zh"))
    else:
        assert query(spoken(line, "zh")) == query(spoken(line, "en")) == asked
        assert spoken(spoken(line, "en"), "zh") == spoken(line, "zh")


def test_a_line_is_told_in_the_language_that_is_spoken() -> None:
    line = "状态：填报中，积分有效 卡在:人事 -标签:重点 排序：－分"
    assert spoken(line, "en") == "status:form,in_force waiting:hr -tag:重点 sort:-score"
    assert spoken("status:form deadline:overdue", "zh") == "状态:填报中 期限:逾期"
    assert spoken("abc:1", "zh") == "abc:1"
    assert spoken("tag:me employer:due,none", "zh") == "标签:me 单位:due,无"  # what is no word of the key is a name
