"""The command line's arguments: what each command takes, and what is wrong with them said in the user's language."""

from __future__ import annotations

import argparse
import re
from collections.abc import Callable, Iterable
from datetime import date
from typing import Any, NoReturn

from models.query_terms import KINDS
from tui import more_arguments
from tui.text import LANGUAGES, text

_ISO_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
# argparse speaks English only: its messages by their shape, and the key of ours
_SHAPES = (
    (re.compile(r"unrecognized arguments: (?P<what>.*)", re.DOTALL), "unknown"),
    (re.compile(r"the following arguments are required: (?P<what>.*)"), "required"),
    (re.compile(r"argument (?P<what>\S+): expected .*"), "value_missing"),
    (re.compile(r"argument (?P<what>[^:]+): ignored explicit argument (?P<value>.*)"), "takes_no_value"),
    (
        re.compile(
            r"argument (?P<what>[^:]+): invalid choice: (?P<value>.*) \(choose from (?P<choices>.*)\)", re.DOTALL
        ),
        "choice",
    ),
    (re.compile(r"argument (?P<what>[^:]+): (?P<why>.*)", re.DOTALL), "argument"),
)

_REPEATED = ("query", "sources", "files", "assignments")


class Usage(Exception):
    """The arguments are wrong; the text is a sentence."""


def _formatter(usage_word: str) -> type[argparse.HelpFormatter]:
    """How help is laid out, with our word for what argparse calls usage."""

    class Formatter(argparse.HelpFormatter):
        def add_usage(
            self, usage: str | None, actions: Iterable[Any], groups: Iterable[Any], prefix: str | None = None
        ) -> None:
            super().add_usage(usage, actions, groups, usage_word if prefix is None else prefix)

    return Formatter


class _Parser(argparse.ArgumentParser):
    def __init__(self, *, language: str, **settings: Any) -> None:
        formatter = _formatter(text("cli.help.usage", language))
        super().__init__(**settings, add_help=False, allow_abbrev=False, formatter_class=formatter)
        self._language = language
        self._positionals.title = text("cli.help.positionals", language)
        self._optionals.title = text("cli.help.options", language)
        self.add_argument("-h", "--help", action="help", help=text("cli.help.help", language))

    def error(self, message: str) -> NoReturn:
        for shape, key in _SHAPES:
            if found := shape.fullmatch(message):
                values = {name: value.replace("'", "") for name, value in found.groupdict().items()}
                raise Usage(text(f"cli.usage.{key}", self._language, **values))
        raise Usage(text("cli.usage.other", self._language, message=message))


def parse(arguments: list[str], language: str) -> argparse.Namespace:
    """The arguments understood; `Usage` with a sentence where they are wrong. `--help` prints and leaves."""
    found, rest = _parser(language).parse_known_args(arguments)
    # argparse takes what is repeated only up to the next option, and what begins with - for an option, though in a
    # query it takes away
    more = next((getattr(found, name) for name in _REPEATED if hasattr(found, name)), None)
    options = [word for word in rest if word.startswith("--" if hasattr(found, "query") else "-") and word != "-"]
    if options or (rest and more is None):
        raise Usage(text("cli.usage.unknown", language, what=" ".join(options or rest)))
    if more is not None:
        more.extend(rest)
    return found


def _parser(language: str) -> _Parser:
    def say(key: str) -> str:
        return text(f"cli.help.{key}", language)

    parser = _Parser(language=language, prog="dabiao", description=say("dabiao"))
    _everywhere(parser, say, None)
    parser.set_defaults(command=None, as_json=False, on=None)
    commands = parser.add_subparsers(title=say("commands"), metavar="COMMAND", dest="command")

    def add(name: str, *, on: bool = False, as_json: bool = True) -> argparse.ArgumentParser:
        command: argparse.ArgumentParser = commands.add_parser(
            name, language=language, help=say(name), description=say(name)
        )
        _everywhere(command, say, argparse.SUPPRESS)
        if as_json:
            command.add_argument("--json", dest="as_json", action="store_true", help=say("json"))
        if on:
            command.add_argument("--on", metavar="DATE", type=_day(language), help=say("on"))
        return command

    demo = add("demo", as_json=False)
    demo.add_argument("count", nargs="?", metavar="N", type=_count(language), help=say("demo.count"))
    demo.add_argument("--into", metavar="PATH", help=say("demo.into"))
    demo.add_argument("--seed", metavar="N", type=_seed(language), help=say("demo.seed"))

    score = add("score", on=True)
    score.add_argument("sources", nargs="+", metavar="FILE|ID|-", help=say("score.sources"))
    score.add_argument("--law", metavar="DATE", type=_day(language), help=say("score.law"))

    steps = add("timeline", on=True)
    steps.add_argument("sources", nargs="+", metavar="FILE|ID|-", help=say("score.sources"))
    steps.add_argument("--until", metavar="DATE", type=_day(language), help=say("timeline.until"))

    ways = add("plan", on=True)
    ways.add_argument("sources", nargs="+", metavar="FILE|ID|-", help=say("score.sources"))
    ways.add_argument("--by", metavar="DATE", type=_day(language), help=say("plan.by"))

    check = add("check", on=True)
    check.add_argument("sources", nargs="+", metavar="FILE|ID|-", help=say("score.sources"))

    papers = add("materials", on=True)
    papers.add_argument("sources", nargs="+", metavar="FILE|ID|-", help=say("score.sources"))
    papers.add_argument("--kind", choices=KINDS, default="new", help=say("materials.kind"))

    form = add("form", on=True)
    form.add_argument("sources", nargs="+", metavar="ID|FILE|-", help=say("score.sources"))
    form.add_argument("--kind", choices=KINDS, help=say("form.kind"))
    form.add_argument("--masked", action="store_true", help=say("masked"))

    put = add("import")
    put.add_argument("files", nargs="+", metavar="FILE", help=say("import.files"))
    put.add_argument("--strict", action="store_true", help=say("import.strict"))
    put.add_argument("--update", action="store_true", help=say("import.update"))

    add("list", on=True).add_argument("query", nargs="*", metavar="QUERY", help=say("list.query"))
    show = add("show", on=True)
    show.add_argument("id", metavar="ID", type=_case_id(language), help=say("id"))
    show.add_argument("--masked", action="store_true", help=say("masked"))

    change = add("set")
    change.add_argument("id", metavar="ID", type=_case_id(language), help=say("id"))
    change.add_argument("assignments", nargs="+", metavar="PATH=VALUE", help=say("set.assignments"))

    gone = add("forget")
    gone.add_argument("id", metavar="ID", type=_case_id(language), help=say("id"))
    gone.add_argument("--yes", metavar="NAME", help=say("forget.yes"))

    doctor = add("doctor")
    doctor.add_argument("--rebuild", action="store_true", help=say("doctor.rebuild"))
    doctor.add_argument("--accept", action="store_true", help=say("doctor.accept"))
    doctor.add_argument("--yes", action="store_true", help=say("doctor.yes"))
    backup = add("backup")
    backup.add_argument("file", nargs="?", metavar="FILE", help=say("backup.file"))
    backup.add_argument("--replace", action="store_true", help=say("backup.replace"))
    backup.add_argument("--list", dest="listed", action="store_true", help=say("backup.list"))
    backup.add_argument(
        "--expire", metavar="DATE", nargs="?", const=True, type=_day(language), help=say("backup.expire")
    )

    restore = add("restore")
    restore.add_argument("file", metavar="FILE", help=say("restore.file"))
    restore.add_argument("--yes", action="store_true", help=say("restore.yes"))

    more_arguments.user(_Nested(add("user", as_json=False), say, language))
    more_arguments.ssh(_Nested(add("ssh", as_json=False), say, language))
    _key(add("key"), language, say)
    return parser


def _key(parser: argparse.ArgumentParser, language: str, say: Callable[[str], str]) -> None:
    parser.set_defaults(what=None)
    doing = parser.add_subparsers(title=say("commands"), metavar="COMMAND", dest="what")

    def add(name: str) -> argparse.ArgumentParser:
        one: argparse.ArgumentParser = doing.add_parser(
            name, language=language, help=say(f"key.{name}"), description=say(f"key.{name}")
        )
        _everywhere(one, say, argparse.SUPPRESS)
        one.add_argument("--json", dest="as_json", action="store_true", default=argparse.SUPPRESS, help=say("json"))
        return one

    add("show")
    add("export").add_argument("file", metavar="FILE", help=say("key.export_file"))
    add("import").add_argument("file", metavar="FILE|-", help=say("key.import_file"))
    add("confirm").add_argument("file", nargs="?", metavar="FILE|-", help=say("key.confirm_file"))
    add("change").add_argument("--yes", action="store_true", help=say("key.yes"))


class _Nested:
    """The commands within a command."""

    def __init__(self, parser: argparse.ArgumentParser, say: Callable[[str], str], language: str) -> None:
        self.say, self.language = say, language
        self._commands = parser.add_subparsers(title=say("commands"), metavar="COMMAND", dest="action", required=True)
        self._name = parser.prog.rpartition(" ")[2]

    def add(self, name: str, *, as_json: bool = False) -> argparse.ArgumentParser:
        """One of them, by its name."""
        words = self.say(f"{self._name}.{name.replace('-', '_')}")
        command: argparse.ArgumentParser = self._commands.add_parser(
            name, language=self.language, help=words, description=words
        )
        _everywhere(command, self.say, argparse.SUPPRESS)
        if as_json:
            command.add_argument("--json", dest="as_json", action="store_true", help=self.say("json"))
        return command


def _everywhere(parser: argparse.ArgumentParser, say: Callable[[str], str], default: Any) -> None:
    # taken before and after the command's name alike
    parser.add_argument("--db", metavar="PATH", default=default, help=say("db"))
    parser.add_argument("--lang", choices=LANGUAGES, default=default, help=say("lang"))


def _day(language: str) -> Callable[[str], date]:
    def parse_day(given: str) -> date:
        try:
            if _ISO_DAY.fullmatch(given):
                return date.fromisoformat(given)
        except ValueError:
            pass
        raise argparse.ArgumentTypeError(text("cli.usage.day", language, value=given))

    return parse_day


def _whole(language: str, key: str, least: int, most: int) -> Callable[[str], int]:
    def parse_whole(given: str) -> int:
        if re.fullmatch(r"[0-9]{1,18}", given) and least <= int(given) <= most:
            return int(given)
        raise argparse.ArgumentTypeError(text(f"cli.usage.{key}", language, value=given, least=least, most=most))

    return parse_whole


def _count(language: str) -> Callable[[str], int]:
    return _whole(language, "whole", 1, 1_000_000)


def _seed(language: str) -> Callable[[str], int]:
    return _whole(language, "whole", 0, 10**18)


def _case_id(language: str) -> Callable[[str], int]:
    return _whole(language, "case_id", 1, 2**63 - 1)
