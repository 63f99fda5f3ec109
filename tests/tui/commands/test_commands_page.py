"""The page on the commands names every command, every option and every key of the documents."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Command = Callable[..., Any]
PAGE = (Path(__file__).parents[3] / "docs" / "commands.md").read_text("utf-8")


@pytest.mark.parametrize(
    "name",
    [
        "demo",
        "score",
        "timeline",
        "plan",
        "check",
        "materials",
        "import",
        "list",
        "show",
        "set",
        "doctor",
        "forget",
        "backup",
        "restore",
        "user",
        "user add",
        "user key",
        "user hand-over",
        "ssh session",
        "ssh authorized-keys",
    ],
)
def test_every_option_is_named(command: Command, name: str) -> None:
    options = {
        word.strip("[]") for word in command(*name.split(), "--help").out.split() if word.strip("[").startswith("--")
    }
    assert f"dabiao {name}" in PAGE or f"`{name}" in PAGE
    assert sorted(option for option in options - {"--help"} if option not in PAGE) == []


def test_every_key_of_the_documents_is_named(command: Command, office: Path, examples: Path, tmp_path: Path) -> None:
    assert command("user", "add", "ann").code == 0
    imported = command("import", "--json", examples / "16-proven-or-not.toml").json
    assert command("set", 1, "consultant=ann").code == 0
    scored = command("score", "--json", 1).json
    walked = command("timeline", "--json", "--on", "2026-11-22", 1).json
    looked_at = command("doctor", "--json").json
    shown = command("show", "--json", 1).json
    planned = command("plan", "--json", "--by", "2028-05-06", examples / "04-title-without-base.toml").json
    option = planned["options"][0]
    documents = [
        *(
            imported,
            imported["cases"][0],
            scored,
            scored["lines"][0],
            walked,
            walked["steps"][1],
            shown,
            shown["journal"][0],
        ),
        *(planned, option, option["cost"], option["steps"][0], planned["too_late"][0], planned["not_offered"][0]),
        *(shown["journal"][0]["changes"][0], *command("list", "--json").json["cases"]),
        *(walked["steps"][1]["changes"][0], walked["slack"][0], walked["renewal"]),
        *(looked_at, looked_at["checks"][0]),
    ]
    people = command("user", "list", "--json").json["people"]
    given = command("user", "hand-over", "ann", people[1]["name"], "--json")
    documents += [*people, given.json]
    documents += [command(name, "--json", tmp_path / "copy.db").json for name in ("backup", "restore")]
    keys = {key for document in documents for key in document}
    assert sorted(key for key in keys if f"`{key}`" not in PAGE and f"`{key}[]`" not in PAGE) == []
