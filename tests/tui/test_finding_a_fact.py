"""A fact is found by its name as one types: what is typed is told, and that nothing is called so."""

from casework import opened
from desks import Desk

ZHANG = {"name": "张三", "employment": {"employer": "上海甲有限公司"}}


async def test_what_nothing_is_called_is_told(ana: Desk) -> None:
    async with opened(ana, ZHANG) as case:
        await case.type("/咖啡")
        assert "找：咖啡  没有叫这个的项" in case.text


async def test_the_line_of_the_search_goes_with_it(ana: Desk) -> None:
    async with opened(ana, ZHANG) as case:
        await case.type("/档案号\r")
        assert case.here.startswith("档案号") and "找：" not in case.text


async def test_ctrl_u_clears_what_was_typed(ana: Desk) -> None:
    async with opened(ana, ZHANG) as case:
        await case.type("/咖啡⌧档案号")
        assert case.here.startswith("档案号") and "找：档案号\n" in case.text


async def test_escape_leads_back_to_where_one_was(ana: Desk) -> None:
    async with opened(ana, ZHANG) as case:
        await case.type("↓↓")
        before = case.left
        await case.type("/档案号\x1b")
        assert case.left == before


async def test_the_keys_below_are_those_of_the_search(ana: Desk) -> None:
    async with opened(ana, ZHANG) as case:
        await case.type("/")
        assert "就这一项" in case.text and "e 修改" not in case.text
        await case.type("\r")
        assert "就这一项" not in case.text and "e 修改" in case.text


async def test_the_next_one_that_is_called_so_is_a_key_away(ana: Desk) -> None:
    async with opened(ana, ZHANG) as case:
        await case.type("/姓名")
        first = case.here, case.left
        await case.type("↓")
        assert (case.here, case.left) != first
        await case.type("↑")
        assert (case.here, case.left) == first


async def test_the_keys_are_told_meanwhile(ana: Desk) -> None:
    async with opened(ana, ZHANG) as case:
        await case.type("/档")
        await case.pilot.press("f1")
        assert "就这一项" in case.text and "回原处" in case.text
