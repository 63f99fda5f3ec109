"""Words on lines of a width: where a line may be broken, and where not."""

from rich.cells import cell_len

from tui.columns import in_lines, wrap


def test_no_line_ends_with_what_opens_and_none_begins_with_what_closes() -> None:
    for width in range(16, 30):
        lines = wrap("赶得上幼升小 2027 信息登记（2027-04-14）；“最晚”这天递交，《办法》第六条", width)
        assert all(cell_len(line) <= width for line in lines)
        assert not any(line[-1] in "（“《【" or line[0] in "）”》】，；。" for line in lines if cell_len(line) > 2), (
            lines
        )


def test_items_stand_on_lines_whole() -> None:
    options = ["1 没有", "2 已索要", "3 收到复印件", "4 见过原件"]
    assert in_lines(options, 20) == ["1 没有  2 已索要", "3 收到复印件", "4 见过原件"]
    assert in_lines(options, 80) == ["1 没有  2 已索要  3 收到复印件  4 见过原件"]


def test_an_item_that_has_no_room_on_a_line_is_broken() -> None:
    assert in_lines(["1", "一二三四五六"], 8) == ["1", "一二三四", "五六"]
    assert in_lines([], 8) == [""]
