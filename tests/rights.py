"""The table of who may what: each command and each action there is, against each kind of person (`staff.KINDS`).

`y` may, `-` is refused. The columns: owner; consultant of all, of their own cases; who only looks, at all, at their
own; who was sent away.
"""

PEOPLE = ("ou", "ann", "bea", "rea", "roy", "dan")

# {case} is a case of the person's own, or of anybody where they have none; {file} a file to write, {applicant} and
# {key} files to read, {backup} a backup
COMMANDS = {
    "list": "yyyyy-",
    "show {case}": "yyyyy-",
    "score {case}": "yyyyy-",
    "timeline {case} --until 2027-01-01": "yyyyy-",
    "plan {case}": "yyyyy-",
    "check {case}": "yyyyy-",
    "materials {case}": "yyyyy-",
    "form {case}": "yyyyy-",
    "set {case} tag+=重点": "yyy---",
    "import {applicant}": "yyy---",
    "forget {case} --yes 王小明": "y-----",
    "doctor": "yyyyyy",
    "doctor --rebuild": "y-----",
    "backup {file}": "y-----",
    "backup --list": "y-----",
    "backup --expire": "y-----",
    "restore {backup} --yes": "y-----",
    "demo 1 --into {file}": "yyyyyy",
    "key": "yyyyyy",
    "key show": "y-----",
    "key export {file}": "y-----",
    "key change --yes": "y-----",
    "user list": "y-----",
    "user add new": "y-----",
    "user disable ann": "y-----",
    "user enable dan": "y-----",
    "user role ann read_only": "y-----",
    "user reach ann own": "y-----",
    "user key add ann {key}": "y-----",
    "user key list": "y-----",
    "user key revoke {fingerprint}": "y-----",
    "user hand-over {own} ou": "-yy---",  # the owner has none, and nothing to hand over
    "ssh authorized-keys": "yyyyyy",  # it is sshd that asks, and no client is in it
}

LOOKING, CHANGING, OWNING = "yyyyyy", "yyy---", "y-----"
"""Who was sent away is out before a key is pressed; what looks only is not asked a second time."""

CHANGES = frozenset(
    {
        *("app.undo", "app.redo", "cases.forget", "part.forget"),
        *("cases.new", "cases.new_form", "cases.many", "cases.log", "cases.stage", "cases.chase"),
        *("cases.forget", "part.forget"),
        *("many.take", "today.snooze", "today.log", "chasing.count", "chasing.count_all"),
        *("employer.edit", "employer.add", "employer.remove", "employer.chase"),
        *("new_case.create", "new_case.another"),
        *("part.log", "part.stage", "case.edit", "case.add", "case.remove", "clash.mine", "clash.theirs"),
        *("plan.keep", "plan.drop", "what_if.edit", "what_if.add", "what_if.keep_it", "what_if.drop"),
        *("what_if_line.done", "what_if_line.take_hint", "what_if_line.keep_it"),
        *("materials.advance", "materials.edit", "materials.reject", "materials.chase"),
        *("insurance.edit", "insurance.remove", "insurance.paste"),
        *("notes.tick", "notes.add", "notes.edit", "notes.remove", "row_form.take"),
        *("history.take_back", "history.do_again", "then.take_back", "then.do_again"),
    }
)
"""The actions that change what all work with. Every other one is for whoever looks: `LOOKING`."""
OWNS = frozenset({"cases.forget", "part.forget"})
"""Those of them that only an owner does."""
