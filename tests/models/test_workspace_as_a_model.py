"""Any commands by three people in one workspace, beside a plain model of it; `make soak` does the same for an hour."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis.stateful import run_state_machine_as_test
from soak.machine import Clock, WorkspaceMachine
from soak.plain import CHUNK

from models import today, undoing, writing

FEW = settings(
    max_examples=20,
    stateful_step_count=40,
    derandomize=True,
    database=None,
    deadline=None,
    report_multiple_bugs=False,
    suppress_health_check=list(HealthCheck),
)


@pytest.mark.timeout(600)  # it takes seconds, but where it fails the story is told as short as can be found
def test_a_workspace_is_what_a_plain_model_of_it_says(
    blank_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(today, "datetime", Clock)
    monkeypatch.setattr(writing, "CHUNK", CHUNK)
    monkeypatch.setattr(undoing, "_CHUNK", CHUNK)

    class Here(WorkspaceMachine):
        blank, path = blank_file, tmp_path / "cases.db"

    run_state_machine_as_test(Here, settings=FEW)
