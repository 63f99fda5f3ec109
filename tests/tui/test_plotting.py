"""The plot as characters: it never shows a score on the wrong side of the threshold, nor an event on the wrong day."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from engine.exams import Span
from engine.timeline import Step, step_on
from tui.plotting import BELOW, GUTTER, Drawing, Frame, Mark, Sign, framed

THRESHOLD = 120
FIRST = date(2026, 1, 1)
CURVE = set("─│┌┐└┘▲▼")


def step(day: date, total: int) -> Step:
    return Step(day, total, total >= THRESHOLD, vetoed=False, provisional=False)


def drawing_of(steps: list[Step], last: date, size: tuple[int, int]) -> Drawing:
    drawing = Drawing(framed(FIRST, last, [steps], THRESHOLD, size), THRESHOLD)
    drawing.line_at_threshold()
    drawing.curve(steps)
    return drawing


def text(drawing: Drawing) -> list[str]:
    return ["".join(sign.text for sign in line) for line in drawing.lines()]


totals = st.sampled_from([THRESHOLD - 1, THRESHOLD, THRESHOLD + 1, 330]) | st.integers(0, 330)
curves = st.lists(st.tuples(st.integers(0, 900), totals), min_size=1, max_size=12).map(
    lambda found: [step(FIRST + timedelta(days=days), total) for days, total in sorted(dict(found).items())]
)
sizes = st.tuples(st.integers(20, 160), st.integers(6, 30))


@given(steps=curves, days=st.integers(30, 1200), size=sizes)
def test_the_curve_stands_above_or_on_the_threshold_only_where_it_is_reached(
    steps: list[Step], days: int, size: tuple[int, int]
) -> None:
    drawing = drawing_of(steps, FIRST + timedelta(days=days), size)
    frame = drawing.frame
    for column in range(frame.width):
        now = step_on(steps, frame.end_of(column))
        assert (drawing.row(now) <= drawing.threshold_row) is now.reached


@given(steps=curves, days=st.integers(30, 1200), size=sizes)
def test_every_line_fills_its_cells_and_every_column_has_the_curve(
    steps: list[Step], days: int, size: tuple[int, int]
) -> None:
    drawing = drawing_of(steps, FIRST + timedelta(days=days), size)
    drawing.years()
    lines = text(drawing)
    assert len(lines) == max(size[1], 2 + BELOW) and {cell_len(line) for line in lines} == {size[0]}
    plot = lines[:-BELOW]
    for column in range(GUTTER, size[0]):
        assert {line[column] for line in plot} & CURVE


@given(days=st.integers(1, 4000), width=st.integers(1, 200), at=st.integers(0, 4000))
def test_the_last_day_of_a_column_is_in_it_and_the_next_day_is_not(days: int, width: int, at: int) -> None:
    frame = Frame(FIRST, FIRST + timedelta(days=days), 0, 10, width, 5)
    day = FIRST + timedelta(days=min(at, days))
    end = frame.end_of(frame.column(day))
    assert day <= end or frame.column(end) == frame.column(day)
    assert frame.column(end) == frame.column(day) < frame.column(end + timedelta(days=1))


def test_what_each_thing_is_can_be_told_without_colour() -> None:
    steps = [step(FIRST, 100), step(date(2026, 7, 1), 130), step(date(2027, 7, 1), 110)]
    drawing = Drawing(framed(FIRST, date(2027, 12, 31), [steps], THRESHOLD, (44, 10)), THRESHOLD)
    drawing.need(Mark(Span(date(2027, 1, 1), date(2027, 4, 1)), "中考"))
    drawing.line_at_threshold()
    drawing.curve(steps)
    drawing.upright(date(2026, 4, 1), "今天")
    drawing.years()
    drawing.here(date(2026, 7, 1))
    assert text(drawing) == [
        "134     ╎               中考░               ",
        "        ╎    ┌───────────────────┐          ",
        "        ╎    │          ░░░░░    │          ",
        "120 ┄┄┄┄╎┄┄┄┄▲┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄▼┄┄┄┄┄┄┄┄┄┄",
        "        ╎    │          ░░░░░    └──────────",
        "        ╎    │          ░░░░░               ",
        "    ─────────┘          ░░░░░               ",
        " 96     ╎               ░░░░░               ",
        "    ┴───┴────◆──────────┴───────────────────",
        "        今天            2027                ",
    ]


def test_a_crossing_is_marked_although_the_score_goes_back_within_the_column() -> None:
    steps = [step(FIRST, 100), step(date(2026, 6, 1), 130), step(date(2026, 6, 3), 100)]
    shown = text(drawing_of(steps, date(2029, 12, 31), (44, 8)))
    assert any("▼" in line for line in shown)


def test_the_spouse_is_dotted_and_the_own_score_lies_over_it() -> None:
    own, other = [step(FIRST, 100)], [step(FIRST, 100), step(date(2026, 7, 1), 140)]
    drawing = Drawing(framed(FIRST, date(2026, 12, 31), [own, other], THRESHOLD, (24, 8)), THRESHOLD)
    drawing.other(other)
    drawing.curve(own)
    shown = text(drawing)
    assert sum(line.count("·") for line in shown) > 5 and shown[drawing.row(own[0])].count("─") == 20


def test_a_day_outside_of_the_frame_is_not_marked() -> None:
    drawing = drawing_of([step(FIRST, 100)], date(2026, 12, 31), (24, 8))
    before = list(drawing.lines())
    drawing.upright(date(2025, 1, 1), "今天")
    drawing.here(date(2027, 1, 1))
    drawing.need(Mark(Span(date(2027, 1, 1), date(2027, 4, 1)), "中考"))
    assert list(drawing.lines()) == before


def test_words_that_have_no_room_beside_others_are_left_out() -> None:
    drawing = drawing_of([step(FIRST, 100)], date(2026, 12, 31), (24, 8))
    drawing.upright(date(2026, 1, 1), "今天")
    drawing.years()
    assert text(drawing)[-1].split() == ["今天"]
    assert Sign("┴", "axis") in list(drawing.lines())[-2]


def test_a_name_of_wide_characters_keeps_its_distance_from_a_year() -> None:
    drawing = drawing_of([step(FIRST, 100)], date(2026, 12, 31), (44, 8))
    drawing.upright(date(2025, 12, 31) + timedelta(days=1), "今天")
    drawing.years()
    assert text(drawing)[-1].split() == ["今天"]
    later = drawing_of([step(FIRST, 100)], date(2027, 12, 31), (64, 8))
    later.upright(date(2026, 11, 22), "今天")
    later.years()
    assert "今天2027" not in text(later)[-1] and "今天" in text(later)[-1]
