"""Names that are meant to do something to whoever reads them, and cases that have them."""

import json

from desks import Desk

from models.connection import connect

NAMES = {
    "markup": "[bold red]王[/] [@click=app.quit]x[/]",
    "markup that closes nothing": "[/]王[/red]",
    "braces": "{name} %s ${HOME} {0}",
    "controls": "王\x1b[2J\x1b]52;c;eHg=\x07\x00\x9b31m",
    "a line end": "王\n小\r明\t\x0b\x0c",
    "direction": "王\u202e明小\u2066abc\u200f\u061c",
    "no width": "王\u200b小\u200c\u200d明\u2060\ufeff\u00ad\u180e",
    "tags": "王" + "".join(chr(0xE0000 + ord(letter)) for letter in "quit") + "明",
    "marks": "王e" + "\u0301\u0336\u20dd" * 40,
    "emoji": "王👨\u200d👩\u200d👧❤\ufe0f1\ufe0f\u20e3🇨🇳👍🏽",
    "long in Chinese": "王" * 200,
    "long in Latin": "W" * 200,
    "wide and narrow by turns": "aあ" * 60,
    "line separators": "王\u2028小\u2029明\x85",
}
HIDDEN = (
    {chr(c) for c in (*range(0x20), *range(0x7F, 0xA0), 0xAD, 0x61C, 0x180E, 0xFEFF)}
    | {chr(c) for c in (*range(0x200B, 0x2010), *range(0x2028, 0x202F), *range(0x2060, 0x2070))}
    | {chr(c) for c in (*range(0xD800, 0xE000), *range(0xFE00, 0xFE10), *range(0xE0000, 0xE0080))}
    | {chr(c) for c in range(0x1F3FB, 0x1F400)}
)
"""What is never to reach a terminal out of anybody's text."""

FIELDS = "甲乙丙丁戊庚"


def planted(ana: Desk, n: int) -> int:
    """A case with six of the names, from the `n`-th on: made by the program, then put into the file as they stand."""
    made = ana.create(
        {
            "name": "甲",
            "birth_date": "1988-03-07",
            "contact": {"called": "乙", "phone": "13800000000"},
            "employment": {"employer": "丙", "uscc": "91310115MA1K35X63J"},
            "education": [{"level": "bachelor", "degree": "bachelor", "graduated": "2012-07-01", "school": "丁"}],
            "child": [{"name": "小明", "entered_primary": 2019}],
            "permit": {"valid_until": "2027-03-01", "address": "戊"},
        },
        status="form",
        tags=["庚"],
    )
    ana.change(made, ("notes.n1a2b", None, {"id": "n1a2b", "on": "2026-11-20", "by": "ana", "text": "庚"}))
    names = [*NAMES.values()] * 2
    connection = connect(ana.workspace.path, writing=True)
    for sign, name in zip(FIELDS, names[n : n + len(FIELDS)], strict=True):
        as_json = json.dumps(name, ensure_ascii=False)[1:-1]
        for table, key, column, said in (
            *(("cases", "id", column, name) for column in ("name", "called", "employer")),
            ("cases", "id", "tags", as_json),
            *(("document", "case_id", column, as_json) for column in ("document", "office")),
        ):
            connection.execute(
                f"UPDATE {table} SET {column} = replace({column}, ?, ?) WHERE {key} = ?", (sign, said, made)
            )
    connection.close()
    return made
