"""Whatever a command makes is for its owner alone, also where the surroundings would give it to everybody."""

import os
import subprocess
from pathlib import Path

from terminal import DABIAO


def test_no_file_is_for_others_be_the_mask_as_it_may(tmp_path: Path, examples: Path) -> None:
    made = tmp_path / "made"
    names = {"HOME": "", "XDG_DATA_HOME": "data", "XDG_CONFIG_HOME": "config", "XDG_STATE_HOME": "state"}
    surroundings = {**os.environ, **{name: str(made / place) for name, place in names.items()}}
    del surroundings["DABIAO_DB"]
    made.mkdir()

    def run(*arguments: str | Path) -> None:
        subprocess.run(
            [*DABIAO, *map(str, arguments)], env=surroundings, umask=0, capture_output=True, check=True, timeout=60
        )

    run("import", examples / "15-company.toml")
    run("set", "1", "tag+=急")
    run("backup")
    run("backup", made / "own.db")
    run("restore", made / "own.db", "--yes")
    run("demo", "3", "--into", made / "demo.db")
    files = [path for path in made.rglob("*") if path.is_file()]
    assert len(files) >= 8
    assert [str(path) for path in files if path.stat().st_mode & 0o077] == []
    ours = [path for path in made.rglob("*") if path.is_dir() and "dabiao" in path.parts]
    assert ours and [str(path) for path in ours if path.stat().st_mode & 0o077] == []
