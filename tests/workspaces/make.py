"""Makes the workspace that is kept of a release: `python tests/workspaces/make.py`, before its schema is changed.

It holds an entry of every kind, drafts and preferences, and is not encrypted: its key would have to be kept too.
`NNNN.db` is the file, `NNNN.json` says what is in it; a later release has to open the one and find the other.
"""

import json
import sys
from contextlib import closing
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
sys.path[0] = str(HERE.parent)

from desks import Desk  # noqa: E402 - found on that path
from journalled import changes_of  # noqa: E402

from models import demo  # noqa: E402
from models.author import Author  # noqa: E402
from models.connection import Connection, connect, files_of  # noqa: E402
from models.drafts import save_draft, set_preference  # noqa: E402
from models.workspace import SCHEMA, Workspace, open_workspace  # noqa: E402
from models.writing import NewCase, create_many  # noqa: E402

CASES = "id, revision, status, consultant, tags, need_by, created_at, updated_at, name, document"
QUESTIONS = {
    "cases": f"SELECT {CASES} FROM cases JOIN document ON case_id = id ORDER BY id",
    "journal": "SELECT * FROM entry ORDER BY id",
    "drafts": 'SELECT * FROM draft ORDER BY case_id, "by", path',
    "preferences": 'SELECT * FROM preference ORDER BY "by", name',
}
JSON = ("document", "answered")


def main() -> None:
    path = HERE / f"{SCHEMA}.db"
    path.unlink(missing_ok=True)
    with closing(open_workspace(path, kind="demo")) as workspace:  # which is not encrypted
        work(workspace)
    with closing(connect(path, writing=True)) as connection:
        connection.execute("UPDATE meta SET value = 'plain' WHERE name = 'kind'")
        said = told(connection)
        connection.execute("VACUUM")
        connection.execute("PRAGMA journal_mode=DELETE")  # all of it in the one file
    for beside in files_of(path)[1:]:
        beside.unlink(missing_ok=True)
    path.with_suffix(".json").write_text(json.dumps(said, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def work(workspace: Workspace) -> None:
    """What two people did in it: cases made one by one and many at once, changed, taken back and done again."""
    ana, bo = Desk(workspace, "ana"), Desk(workspace, "bo")
    demo.build(workspace, 6, demo.DEFAULT_SEED, ana.today, Author("ana", "tui"))
    wang = ana.create(
        {
            "name": "王小明",
            "id_number": "340104199003074516",
            "contact": {"called": "王先生", "phone": "13800000000"},
            "education": [
                {
                    "level": "bachelor",
                    "degree": "bachelor",
                    "school": "南京大学",
                    "graduated": "2012-07-01",
                    "evidence": "verified",
                }
            ],
            "spouse": {"name": "陈静"},
        },
        consultant="ana",
        tags=["中考"],
        need_by="2028-09-01",
    )
    ana.set(wang, "status", "form")
    ana.set(wang, ana.row(wang, "education") + ".school", "东南大学")  # the evidence goes back with it
    row = "applicant.education.k3f9a"
    bo.change(wang, (row, None, {"level": "associate"}, 0), ("applicant.notice.valid_until", None, "2027-05-09"))
    bo.undo()
    bo.redo()
    ana.change(wang, ("applicant.spouse", {"name": "陈静"}, None), ("tags", ["中考"], ["中考", "重点"]))
    gone = ana.create({"name": "李静"})
    ana.undo()
    ids = [i for chunk in create_many(workspace, _guests(), by=Author("bo", "cli"), today=bo.today) for i in chunk]
    bo.undo()  # the whole batch
    bo.redo()
    bo.set(ids[0], "consultant", "bo")
    ana.take_back(next(entry.id for entry in ana.entries(wang) if entry.changes[0]["path"] == "status"))
    for desk, case_id, path, text in [
        (ana, wang, "applicant.permit.valid_until", "2027-"),
        (bo, wang, "applicant.name", "王小"),
        (ana, gone, "applicant.name", "李"),
    ]:
        save_draft(workspace, case_id, desk.name, path, text)
    set_preference(workspace, "ana", "language", "en")
    set_preference(workspace, "bo", "language", "zh")


def _guests() -> list[NewCase]:
    return [NewCase({"name": name}, tags=["转介绍"]) for name in ("张三", "欧阳修", "Müller")]


def told(connection: Connection) -> dict[str, list[dict[str, Any]]]:
    """All that a workspace holds and a later release has to hold as well."""
    said = {name: list(rows(connection, question)) for name, question in QUESTIONS.items()}
    opened = changes_of(connection)
    said["journal"] = [{**entry, "changes": opened[entry["id"]]} for entry in said["journal"]]
    return said


def rows(connection: Connection, question: str) -> list[dict[str, Any]]:
    """The answer to a question, row by row, what is kept as JSON unpacked."""
    found = connection.execute(question)
    names = [column[0] for column in found.description]
    return [
        {
            n: json.loads(value) if n in JSON and value is not None else value
            for n, value in zip(names, row, strict=True)
        }
        for row in found
    ]


if __name__ == "__main__":
    main()
