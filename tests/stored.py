"""Cases put into a workspace just as a test wants them, column by column, past the commands: for tests of reading."""

import json
from contextlib import closing
from typing import Any

from models.connection import connect
from models.names import keys
from models.workspace import Workspace

_NEEDED = {
    "revision": 1,
    "status": "lead",
    "tags": [],
    "created_at": "2026-01-01T00:00:00.000Z",
    "updated_at": "2026-01-01T00:00:00.000Z",
    "points": "none",
    "stamp": "",
}


def store(workspace: Workspace, *cases: dict[str, Any]) -> None:
    """Put cases in. `document` is a mapping; its search keys, name, nickname, employer and district go with it. `notes`
    are what the lines of the log say."""
    with closing(connect(workspace.path, writing=True)) as connection:
        connection.execute("BEGIN IMMEDIATE")
        for case in cases:
            document = case.get("document", {})
            contact, employment = document.get("contact", {}), document.get("employment", {})
            shown = {
                "name": document.get("name"),
                "called": contact.get("called"),
                "employer": employment.get("employer"),
                "district": employment.get("district"),
            }
            columns = _NEEDED | shown | {"stage": case.get("status", "lead")} | case
            columns["tags"] = json.dumps(columns["tags"], ensure_ascii=False)
            columns.pop("document", None)  # a table of its own
            notes = [{"id": f"n{n}", "text": text} for n, text in enumerate(columns.pop("notes", ()))]
            names, marks = ", ".join(columns), ", ".join("?" * len(columns))
            made = connection.execute(f"INSERT INTO cases ({names}) VALUES ({marks})", tuple(columns.values()))
            kept = [json.dumps(each, ensure_ascii=False) for each in (document, {"notes": notes} if notes else {})]
            connection.execute(
                "INSERT INTO document (case_id, document, office) VALUES (?, ?, ?)", (made.lastrowid, *kept)
            )
            for key in keys(document):
                connection.execute("INSERT INTO search_key (key, case_id) VALUES (?, ?)", (key, made.lastrowid))
        connection.execute("COMMIT")
