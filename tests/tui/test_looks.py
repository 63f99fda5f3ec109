"""How the screens look: one picture each, at the sizes people have. Looked at by eye before they are kept."""

from typing import Any

import pytest
from desks import Desk
from office import NOW, at, furnish
from screens import application, press, settled
from stories import keys_of
from textual.pilot import Pilot

from models.connection import connect
from models.workspace import Workspace

DEGREE = [{"level": "bachelor", "degree": "bachelor", "graduated": "2012-07-01", "evidence": "verified"}]
BACHELOR = [{"level": "bachelor", "graduated": "2014-07-01"}]
CASES: tuple[tuple[str, str, dict[str, Any]], ...] = (
    ("张三", "form", {"id_number": "340104198803071239", "education": DEGREE, "permit": {"valid_until": "2027-03-01"}}),
    ("李梅", "hr_review", {"birth_date": "1990-01-01", "education": DEGREE}),
    ("欧阳文静", "in_force", {"education": DEGREE, "insurance": [{"from": "2012-01", "base": 12000}]}),
    ("Anna Müller", "lead", {}),
    ("张伟", "renewal_due", {"notice": {"valid_until": "2026-12-20"}, "permit": {"valid_until": "2026-11-01"}}),
    ("赵丽颖", "accumulating", {"birth_date": "1979-05-05", "education": BACHELOR}),
    ("买买提·艾力·阿不都热依木", "verifying", {"birth_date": "1985-02-28", "education": DEGREE}),
)
EMPLOYER = {"employer": "上海某某科技有限公司"}


@pytest.fixture
def made_up(ana: Desk) -> Workspace:
    """Cases of every kind, last changed on a day that stays."""
    for name, status, facts in CASES:
        ana.create({"name": name, "employment": EMPLOYER, **facts}, status=status, consultant="ana")
    with connect(ana.workspace.path, writing=True) as connection:
        connection.execute("UPDATE cases SET updated_at = '2026-11-20T01:02:03.004Z'")
    connection.close()
    return ana.workspace


def after(*keys: str) -> Any:
    async def run(pilot: Pilot[None]) -> None:
        await settled(pilot)
        await press(pilot, *keys)

    return run


@pytest.mark.parametrize(
    ("size", "language", "keys"),
    [
        ((80, 24), "zh", ()),
        ((160, 45), "zh", ()),
        ((80, 24), "en", ("slash", "z", "h", "a", "n", "g")),
        ((80, 24), "zh", ("f3", "ctrl+p")),
        ((100, 40), "zh", ("question_mark",)),
    ],
    ids=["list", "list-wide", "list-filtered-en", "palette-light", "help"],
)
def test_the_screen_looks_as_it_did(
    made_up: Workspace, snap_compare: Any, size: tuple[int, int], language: str, keys: tuple[str, ...]
) -> None:
    app = application(made_up, language=language)
    assert snap_compare(app, terminal_size=size, run_before=after(*keys))


def test_a_new_case_looks_as_it_did(workspace: Workspace, snap_compare: Any) -> None:
    keys = ("N", "李", "女", "士", "enter", "enter", *"340104199003074517")
    assert snap_compare(application(workspace), terminal_size=(80, 24), run_before=after(*keys))


@pytest.mark.parametrize(
    ("size", "keys", "environ"),
    [
        ((80, 24), "1", {}),
        ((100, 40), "j enter m", {}),
        ((80, 24), "enter i left left space left", {}),
        ((100, 40), "enter t j", {}),
        ((120, 45), "enter r", {}),
        ((80, 24), "space space", {"NO_COLOR": "1"}),
        ((100, 40), "enter right j j", {"TERM": "linux"}),
    ],
    ids=["today", "materials", "insurance", "time", "risks", "selected-without-colour", "case-ansi"],
)
def test_a_screen_of_the_office_looks_as_it_did(
    workspace: Workspace,
    snap_compare: Any,
    monkeypatch: pytest.MonkeyPatch,
    size: tuple[int, int],
    keys: str,
    environ: dict[str, str],
) -> None:
    for name, value in environ.items():
        monkeypatch.setenv(name, value)
    furnish(workspace)
    with at(NOW):
        assert snap_compare(application(workspace), terminal_size=size, run_before=after(*keys_of(keys)))
