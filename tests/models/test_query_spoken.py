"""A line of the query language said in either language is the same query."""

from hypothesis import given
from hypothesis import strategies as st
from querying import ANY_TEXT, PIECES, query, refused

from models.query import QueryError
from models.query_spoken import spoken

LINES = [
    f" {line} "
    for line in """
        状态：填报中，单位审核 | status:form,in_force | -卡在:人事,无 | kind:renew | 类型:换单位,续办 | 期限:逾期
        deadline:overdue,<7d | 顾问:我 | consultant:"me" | 标签:"重 点",中考 | 费用:应收 | 排序:-分,续办
        sort:-waiting | base:<1.05x | 基数：1倍。。2倍 | risk:block | 风险:居住证 | 张
        tag:me | 单位:我,逾期 | employer:none
    """.replace("\n", "|").split("|")
    if line.strip()
]


@ANY_TEXT
@given((st.lists(st.sampled_from(LINES)) | st.lists(st.sampled_from((*PIECES, *LINES)))).map("".join))
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
