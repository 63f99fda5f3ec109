"""What reads text from outside, each with texts that it understands: whatever becomes of these, it answers or refuses
with a reason that can be said."""

import json
from collections.abc import Callable
from contextlib import redirect_stderr, redirect_stdout, suppress
from datetime import date
from functools import cache
from io import StringIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

from textual import events

from engine import masks
from engine.assessment import assess
from engine.document import Invalid, Problem, dump, parse, validate
from engine.facts import Applicant
from engine.fields import Field, members
from engine.policy import Policy, load
from engine.problem import plain
from engine.reason import Reason
from engine.timeline import timeline
from engine.words import LANGUAGES
from models import anchor, erasure_list, settings
from models.assignments import assignment, carry_out
from models.contents import APPLICANT
from models.in_use import InUse
from models.insured_months import edited
from models.login_keys import NotAKey, read_key
from models.paths import Tree, copied, give_ids
from models.query import QueryError
from models.query import parse as query
from models.query_spoken import spoken
from models.refusals import Refused
from models.what_if import carried_out
from models.what_if_line import by_id, by_place
from models.what_if_line import lever_names as levers_of
from models.workspace import WorkspaceError, locate
from tui import (
    arguments,
    filter_hints,
    judging,
    last_place,
    log_line,
    month_line,
    over_ssh,
    own_keys,
    quick,
    saved_views,
    statement,
    typed,
    what_if_hints,
)
from tui import spoken as phone
from tui.key_parser import KeyParser
from tui.screens import case_columns
from tui.text import say

EXAMPLES = Path(__file__).parent.parent / "examples"
TODAY = date(2026, 11, 22)
_IN_USE = InUse(("ana", "李"), ("重点", "a b"), ("浦东新区",), ("上海甲科技有限公司",))


class Target(NamedTuple):
    """Something that reads: `read` raises where it breaks. `seeds` are what it understands."""

    read: Callable[[str], object]
    seeds: tuple[str, ...]


@cache
def policy() -> Policy:
    """The policy of all of them."""
    return load()


def said(reason: object) -> None:
    """A reason that cannot be put into words is no answer."""
    if isinstance(reason, Reason):
        assert all(say(reason, language) for language in LANGUAGES)


def told(problems: list[Problem]) -> None:
    """Every problem of a file, as a command tells it."""
    assert 0 < len(problems) <= 101
    for problem in problems:
        said(problem.reason)
        json.dumps([problem.key, problem.value], allow_nan=False)


@cache
def _applicant() -> Applicant:
    return parse((EXAMPLES / "12-service-and-study.toml").read_bytes(), "toml")


def _tree() -> Tree:
    tree: Tree = {"status": "form", "consultant": "ana", "tags": ["重点"], APPLICANT: dump(_applicant())}
    give_ids(tree)
    return tree


def _file(form: Any) -> Callable[[str], object]:
    def read(text: str) -> object:
        try:
            applicant = parse(text.encode("utf-8", "surrogatepass"), form)
        except Invalid as invalid:
            return told(invalid.problems)
        assert parse(json.dumps(dump(applicant)), "json") == applicant
        assess(applicant, policy(), TODAY)
        return timeline(applicant, policy(), TODAY, date(2028, 1, 1))

    return read


def _settings(text: str) -> object:
    with TemporaryDirectory(prefix="dabiao-fuzz-") as directory:
        file = Path(directory) / "settings.toml"
        file.write_bytes(text.encode("utf-8", "surrogatepass"))
        found = settings.load(file)
        for problem in found.problems:
            said(problem.reason)
        return found.settings


def _query(text: str) -> object:
    for language in LANGUAGES:
        filter_hints.hints(text, _IN_USE, language, TODAY, 120)
        spoken(text, language)
    try:
        return query(text, TODAY, "ana")
    except QueryError as error:
        return said(error.reason)


def _set(text: str) -> object:
    tree = _tree()
    try:
        carry_out(copied(tree), tree, assignment(text))
        changed = copied(tree)
        carry_out(changed, tree, assignment(text))
        plain(changed)
        return validate(changed.get(APPLICANT, {}))
    except Invalid as invalid:
        return told(invalid.problems)
    except Refused as refused:
        return said(refused.reason)


def _statement(text: str) -> object:
    found = statement.statement(text, TODAY)
    said(month_line.read(text, TODAY))
    return edited([plain(row.model_dump(mode="json", by_alias=True)) for row in _applicant().insurance], found.edits)


def _phone(text: str) -> object:
    for answer in phone.ANSWERS:
        said(phone.heard(answer, text, TODAY))
    answers = dict(zip(quick.FIELDS, text.split("\n"), strict=False))
    found = quick.estimate(answers, policy(), TODAY)
    return [list(quick.lines(found, language)) for language in LANGUAGES]


def _field(text: str) -> object:
    fields = [field for field in members(Applicant) if isinstance(field, Field)]
    for kind in ("text", "date", "month", "money", "integer", "decimal", "boolean", "choice", "choices", "texts"):
        options = [typed.Option(choice, choice) for field in fields for choice in field.choices]
        said(typed.understand(kind, text, TODAY, options=options, open_end=True))
    return typed.matching([typed.Option("male", "男"), typed.Option("single", "未婚")], text)


def _what_if(text: str) -> object:
    found = carried_out(_applicant(), text, policy(), TODAY)
    for piece in found.pieces:
        said(piece.wrong)
        said(piece.minding)
    what_if_hints.hints(text, dump(_applicant()), levers_of(policy()), "zh")
    return by_place(by_id(text, _tree(), policy()), _tree(), policy())


def _log(text: str) -> object:
    said(log_line.read(text, TODAY))
    return log_line.ahead(text, TODAY)


def _keys(text: str) -> object:
    parser = KeyParser()
    came = [event for piece in (text, "") if text for event in parser.feed(piece)]  # what is held comes with the end
    for event in came:
        if isinstance(event, events.CursorPosition):
            judging.wide(event.x, event.y)
    return came


def _preference(text: str) -> object:
    keys = own_keys.read(text)
    case_columns.read(text)
    judging.read(text)
    saved_views.read(text, "zh")
    return keys.keymap(), last_place.read(text)


def _command_line(text: str) -> object:
    given = text.split("\n")
    with redirect_stdout(StringIO()), redirect_stderr(StringIO()):
        for language in LANGUAGES:
            try:
                found = arguments.parse(given, language)
            except arguments.Usage as usage:
                assert str(usage)
            except SystemExit:  # --help
                pass
            else:
                with suppress(WorkspaceError):
                    locate(found.db, {})
    return None


def _anchor(text: str) -> object:
    with TemporaryDirectory(prefix="dabiao-fuzz-") as directory:
        path = Path(directory) / "cases.db"
        anchor.place(path).write_bytes(text.encode("utf-8", "surrogatepass"))
        with suppress(anchor.Damaged):
            return anchor.read(path)
    return None


def _login_key(text: str) -> object:
    try:
        return read_key(text.encode("utf-8", "surrogatepass"))
    except NotAKey as wrong:
        return said(wrong.reason)


def _over_ssh(text: str) -> object:
    for language in LANGUAGES:
        try:
            if words := over_ssh.words_of(text, language):
                over_ssh.hold(words, language)
        except (over_ssh.NotAllowed, arguments.Usage) as refused:
            assert str(refused)
        except SystemExit:  # --help
            pass
    return None


def _erased(text: str) -> object:
    with TemporaryDirectory(prefix="dabiao-fuzz-") as directory:
        place = Path(directory) / "erased"
        place.write_bytes(text.encode("utf-8", "surrogatepass"))
        return erasure_list.read([place])


def _texts(ending: str) -> tuple[str, ...]:
    return tuple(path.read_text(encoding="utf-8") for path in sorted(EXAMPLES.glob(f"*{ending}")))


def _as_json() -> tuple[str, ...]:
    return tuple(json.dumps(dump(parse(text, "toml")), ensure_ascii=False) for text in _texts("e.toml"))


TARGETS = {
    "an applicant file in TOML": Target(
        _file("toml"), _texts("0-or-degree.toml") + _texts("e.toml") + _texts("t.toml")
    ),
    "an applicant file in JSON": Target(_file("json"), _as_json()),
    "the settings": Target(_settings, ('[backups]\ndirectory = "/var/b"\nkeep_days = 30\ndaily = true\n',)),
    "a filter line": Target(
        _query,
        (
            'status:form,hr_review -permit:<60d employer:"甲 乙" 张三',
            "积分至:2027-01..2027-03 分数：>=120 sort:-score 掉分:<90d",
            "gap:1..20 base:<1.05x tag:重点 note:词 risk:block chased:>7d",
        ),
    ),
    "an assignment": Target(
        _set,
        (
            "applicant.education.0.degree=bachelor",
            'applicant.insurance+={"from": "2026-01", "base": 12000}',
            'tasks+={"what": "问", "due": "2027-03-01"}',
            "tag+=中考,急",
            "applicant.investment.0.share=0.3",
        ),
    ),
    "a statement": Target(
        _statement,
        (
            "2025-01\t12,345.00\t上海甲科技有限公司\n2025-02\t12345\n",
            "2020-01~2020-12 9,117 补缴\n202101 11396 甲 正常",
        ),
    ),
    "what is said on the phone": Target(
        _phone,
        (
            "李女士 13800000000\n自己\n88年3月7日\n本科学士 2010 全日制\n中级职称 2018\n"
            "81个月 2020年2月起\n1.2万\n配偶上海户口 2015年\n没有\n小明 三年级",
            "三十八岁\n硕士2015\n五年零三个月\n基数一万二",
        ),
    ),
    "what is typed into a field": Target(
        _field, ("2015.7", "15年7月", "20150701", "1.2万", "至今", "本科", "0.35", "30%")
    ),
    "a what-if": Target(
        _what_if,
        ("base=2x from 2027-01; title intermediate 2027-06; education.0.degree=bachelor", "基数2倍 2027-01 起"),
    ),
    "a line of the log": Target(_log, ("打过电话 +3", "寄出学位证 +12-03", "说好 +2027-01-15")),
    "what a terminal sends": Target(
        _keys,
        (
            "\x1b[A\x1bOP\x1b[1;5C/王\r",
            "\x1b[2;30R\x1b[?1;2c",
            "\x1b[200~a\x1b[201~q",
            "\x1b[<0;10;10M\x1b]11;rgb:0/0/0\x07",
        ),
    ),
    "a preference": Target(
        _preference,
        (
            '{"cases.open": "x"}',
            '{"xterm-256color": "full"}',
            '[["b", "浦东", "district:浦东"]]',
            '["线", 1, null, "facts"]',
            '{"80": ["score"]}',
        ),
    ),
    "a command line": Target(
        _command_line,
        (
            "score\nfile.toml\n--on\n2026-01-01\n--json",
            "list\nstatus:form\n-tag:急",
            "demo\n200\n--seed\n7",
            "--db\nsqlite:////tmp/x\nset\n1\na=b",
        ),
    ),
    "a login key": Target(
        _login_key, ("ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIGPKSUTyz1HwHReFVvD5obVsALAgJRNarH4TRpNePnAS ana@office",)
    ),
    "a command over SSH": Target(
        _over_ssh, ("dabiao list 'status:form 张三' --json", "show 12", "set 3 tag+=急", 'score "a b.toml"')
    ),
    "a text with numbers in it": Target(
        masks.in_text, ("王小明 340104198803071239 手机 13800000000，办公室 021-50001234", "3401 0419 8803 0712 39")
    ),
    "the list of who was erased": Target(_erased, (f"7 {'a1' * 32} {'b2' * 32} 2026-11-22T10:00:00Z\n",)),
    "an anchor": Target(_anchor, (f"{7:020d} {'a1' * 32}\n",)),
}
