"""How often a list looks through all cases for what others write: each look is followed by a longer rest."""

from collections.abc import Callable

import pytest
from desks import Desk
from screens import press, screen_text, session, settled

from tui.app import DabiaoApp
from tui.pace import REST, Pace
from tui.screens.filtered import PUT_OFF, QUIET, Filtered


class Watch:
    """A clock that is moved by hand."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def watch() -> Watch:
    return Watch()


@pytest.fixture
def pace(watch: Watch) -> Pace:
    return Pace(watch)


def test_nothing_is_waited_for_before_the_first_look(pace: Pace) -> None:
    assert pace.rest == 0


def test_after_a_look_it_rests_a_multiple_of_what_that_took(pace: Pace, watch: Watch) -> None:
    with pace.looking():
        watch.now += 0.5
    assert pace.rest == 0.5 * REST
    watch.now += 1
    assert pace.rest == 0.5 * REST - 1
    watch.now += 0.5 * REST
    assert pace.rest == 0


def test_a_look_that_is_going_on_is_not_begun_anew(pace: Pace, watch: Watch) -> None:
    with pace.looking():
        watch.now += 2
        assert pace.rest == 2 * REST


def test_a_look_that_failed_is_rested_from_as_well(pace: Pace, watch: Watch) -> None:
    with pytest.raises(OSError), pace.looking():
        watch.now += 1
        raise OSError
    assert pace.rest == REST


def test_a_look_that_was_overtaken_does_not_end_the_rest_of_the_newer(pace: Pace, watch: Watch) -> None:
    older, newer = pace.looking(), pace.looking()
    older.__enter__()
    watch.now += 1
    newer.__enter__()
    watch.now += 1
    older.__exit__(None, None, None)
    assert pace.rest == REST
    watch.now += 1
    newer.__exit__(None, None, None)
    assert pace.rest == 2 * REST


async def test_while_it_rests_what_is_in_sight_follows_and_who_has_come_is_looked_for_once_after_it(
    ana: Desk,
    bo: Desk,
    searches: list[bool],
    watch: Watch,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    case_id = ana.create({"name": "王小明"})
    async with session(ana.workspace) as pilot:
        app = pilot.app
        assert isinstance(app, DabiaoApp)
        view = app.view
        assert isinstance(view, Filtered)
        after: list[Callable[[], object]] = []
        monkeypatch.setattr(view, "set_timer", lambda seconds, then: after.append(then))
        monkeypatch.setattr(DabiaoApp, "quiet", 60.0)
        view.pace = Pace(watch)
        with view.pace.looking():
            watch.now += 0.7
        before = len(searches)
        for name in ("李梅", "张三"):
            bo.create({"name": name})
            bo.set(case_id, "applicant.name", f"王{name}")
            app.look()
            await settled(pilot)
            assert f"王{name}" in screen_text(app)
        assert len(searches) == before
        watch.now += REST
        after[-1]()
        await settled(pilot)
        assert len(searches) == before + 1 and "张三" in screen_text(app)


@pytest.mark.parametrize(("took", "waits"), [(0.2, True), (0.01, False)])
async def test_a_look_that_is_felt_waits_for_a_pause_in_the_keys(
    ana: Desk, bo: Desk, watch: Watch, monkeypatch: pytest.MonkeyPatch, took: float, waits: bool
) -> None:
    ana.create({"name": "王小明"})
    async with session(ana.workspace) as pilot:
        app = pilot.app
        assert isinstance(app, DabiaoApp) and isinstance(app.view, Filtered)
        view = app.view
        after: list[tuple[float, Callable[[], object]]] = []
        monkeypatch.setattr(view, "set_timer", lambda seconds, then: after.append((seconds, then)))
        monkeypatch.setattr(app, "ticks", watch)
        view.pace = Pace(watch)
        with view.pace.looking():
            watch.now += took
        watch.now += took * REST + 1
        await press(pilot, "down")
        bo.create({"name": "李梅"})
        app.look()
        await settled(pilot)
        assert ("李梅" not in screen_text(app)) is waits
        if waits:
            seconds, then = after[-1]
            assert seconds == QUIET
            watch.now += seconds + 1
            then()
            await settled(pilot)
            assert "李梅" in screen_text(app)


async def test_it_does_not_wait_for_ever(ana: Desk, bo: Desk, watch: Watch, monkeypatch: pytest.MonkeyPatch) -> None:
    ana.create({"name": "王小明"})
    async with session(ana.workspace) as pilot:
        app = pilot.app
        assert isinstance(app, DabiaoApp) and isinstance(app.view, Filtered)
        view = app.view
        monkeypatch.setattr(view, "set_timer", lambda seconds, then: None)
        monkeypatch.setattr(app, "ticks", watch)
        view.pace = Pace(watch)
        view.pace.took = 1.0
        await press(pilot, "down")
        bo.create({"name": "李梅"})
        app.look()
        for _ in range(PUT_OFF):
            assert view.behind
            view.catch_up()
        await settled(pilot)
        assert "李梅" in screen_text(app)


async def test_ones_own_change_is_looked_for_at_once(
    ana: Desk,
    searches: list[bool],
    watch: Watch,
) -> None:
    ana.create({"name": "王小明"})
    async with session(ana.workspace) as pilot:
        view = pilot.app.screen
        assert isinstance(view, Filtered)
        view.pace = Pace(watch)
        with view.pace.looking():
            watch.now += 60
        before = len(searches)
        await press(pilot, "L", *"已报价", "enter")
        assert len(searches) > before
