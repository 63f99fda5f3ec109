"""The command `dabiao`: arguments, dispatch, exit codes. It loads no screen but to open the workspace.

Data goes to standard output, messages to standard error. Exit codes: 0 done, 1 the answer is no, 2 the input is wrong,
70 the program is.
"""

from __future__ import annotations

import errno
import io
import os
import sys
import threading
from importlib import import_module
from typing import Any

from engine.policy import NoLaw
from engine.words import word
from tui import arguments, rights
from tui.commands.session import DONE, WRONG, Failed, Session, as_line, usual_language, wanted_language
from tui.text import LANGUAGES, text

INTERRUPTED = 130  # as shells say: 128 and the number of SIGINT
_UNWRITABLE = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO})  # where the data was to go
_MODULES = {
    None: "workspace",
    "demo": "demo",
    "score": "score",
    "timeline": "timeline",
    "plan": "plan",
    "check": "check",
    "materials": "materials",
    "form": "form",
    "import": "importing",
    "list": "listing",
    "show": "show",
    "set": "change",
    "forget": "forget",
    "doctor": "doctor",
    "backup": "backup",
    "restore": "restore",
    "key": "key",
    "user": "user",
    "ssh": "ssh",
}


def main(argv: list[str] | None = None) -> int:
    """Runs one command; its exit code. Whatever goes wrong is said in plain sentences."""
    _streams()
    if argv is None:  # this process is ours alone
        _quiet()
    given = sys.argv[1:] if argv is None else argv
    wanted = wanted_language(given, os.environ)
    language = wanted or usual_language(os.environ)
    try:
        code = _run(given, wanted, language)
        sys.stdout.flush()
    except BrokenPipeError:  # whoever read has seen enough
        _write_no_more()
        return DONE
    except KeyboardInterrupt:
        return INTERRUPTED
    except Exception as error:  # noqa: BLE001 - the last door: no traceback, and no client's data, reaches a terminal
        if isinstance(error, OSError) and error.filename is None and error.errno in _UNWRITABLE:
            _write_no_more()
            return _wrong(text("cli.unwritable", language, why=os.strerror(error.errno)))
        return _crashed(error, language)
    return code


def _quiet() -> None:
    """An error in a thread, or in an object that goes, is noted; Python would print it, with the values in it."""

    def note(arguments: Any) -> None:
        from tui import crash

        if arguments.exc_value is not None and not isinstance(arguments.exc_value, SystemExit):
            crash.log(arguments.exc_value)

    threading.excepthook = note
    sys.unraisablehook = note


def _write_no_more() -> None:
    """The interpreter must not try to write the rest when it ends."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _crashed(error: Exception, language: str) -> int:
    from tui import crash

    _wrong(crash.told("cli.crashed", crash.log(error), lambda key, **values: text(key, language, **values)))
    return crash.CRASHED


def _run(given: list[str], wanted: str | None, language: str) -> int:
    try:
        found = arguments.parse(given, language)
    except arguments.Usage as error:
        return _wrong(str(error), text("cli.usage.see_help", language))
    except SystemExit:  # --help has printed
        return DONE
    unknown = os.environ.get("DABIAO_LANG", "").strip()
    if wanted is None and unknown:
        choices = word("list.and", language).join(LANGUAGES)
        return _wrong(text("cli.usage.language", language, value=unknown, choices=choices))
    need = rights.need_of(found)
    session = Session(language, wanted is not None, os.environ, found.db, found.as_json, found.on, need)
    try:
        code: int = import_module(f"tui.commands.{_MODULES[found.command]}").run(session, found)
    except Failed as failed:
        for sentence in failed.sentences:
            session.tell(sentence)
        return WRONG
    except NoLaw as error:
        session.tell(session.say(error.reason))
        return WRONG
    return code


def _wrong(*sentences: str) -> int:
    for sentence in sentences:
        print(as_line(sentence), file=sys.stderr)
    return WRONG


def _streams() -> None:
    """What goes to a file or a pipe is UTF-8 everywhere; what a terminal cannot show becomes a question mark."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding=None if stream.isatty() else "utf-8", errors="replace")


if __name__ == "__main__":
    sys.exit(main())
