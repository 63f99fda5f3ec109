"""In a real terminal: the disk has no room, or somebody who was stopped keeps the lock. It is said, what was typed
stays and is saved once it can be; whoever leaves before that takes it along, and finds on return what was kept."""

import os
import re
import resource
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from subprocess import CompletedProcess

import pytest
from terminal import Terminal
from typing_in_a_terminal import TYPED, drafts, type_in_a_field, wait_for_draft, workspace

Command = Callable[..., CompletedProcess[str]]
Trouble = Callable[[Terminal], AbstractContextManager[str]]
KEEPER = """
import fcntl, os, signal, sys
lock = open(sys.argv[1], "r+")
fcntl.flock(lock, fcntl.LOCK_EX)
lock.write(f"{os.getpid()}\\n")
lock.flush()
os.kill(os.getpid(), signal.SIGSTOP)
"""


@contextmanager
def no_room(terminal: Terminal) -> Iterator[str]:
    """No file of the program's takes another byte."""
    limits = resource.prlimit(terminal.pid, resource.RLIMIT_FSIZE, (0, resource.RLIM_INFINITY))
    yield "写不进去"
    if terminal.exit_code() is None:  # else it takes the limit along
        resource.prlimit(terminal.pid, resource.RLIMIT_FSIZE, limits)


@contextmanager
def lock_kept(terminal: Terminal) -> Iterator[str]:
    """Another process has the writers' lock, and was stopped."""
    lock = workspace().with_name(workspace().name + "-lock")
    with subprocess.Popen([sys.executable, "-c", KEEPER, str(lock)]) as keeper:
        os.waitpid(keeper.pid, os.WUNTRACED)
        try:
            yield f"另一个达标（进程 {keeper.pid}）占着"
        finally:
            keeper.kill()


each_trouble = pytest.mark.parametrize("trouble", [no_room, lock_kept])


@pytest.fixture
def typing(terminal: Terminal, dabiao: Command, examples: Path) -> Terminal:
    """Somebody is typing in a field, and what they typed is kept."""
    assert dabiao("import", examples / "16-proven-or-not.toml").returncode == 0
    terminal.start(columns=160, lines=45)
    type_in_a_field(terminal)
    wait_for_draft(TYPED)
    return terminal


@each_trouble
def test_it_is_said_and_what_was_typed_is_saved_as_soon_as_it_can_be(
    typing: Terminal, dabiao: Command, trouble: Trouble
) -> None:
    with trouble(typing) as what:
        typing.type("戊")
        typing.send("Tab")
        typing.type("3401")  # and on it goes
        said = typing.wait_for(what)
        assert any("还没存进去" in line and "填的都留着" in line for line in said)
        typing.wait_for(f"{TYPED}戊")
    typing.wait_for("刚才没存进去的都存好了")
    assert f'"name": "{TYPED}戊"' in dabiao("show", "1", "--json").stdout
    assert [text[-4:] for text in drafts()] == ["3401"]


@each_trouble
def test_whoever_leaves_before_takes_it_along_and_finds_on_return_what_was_kept(
    typing: Terminal, trouble: Trouble
) -> None:
    with trouble(typing) as what:
        typing.type("戊")
        typing.send("Tab")
        typing.wait_for(what)
        typing.send("C-q")
        typing.wait_for("1 项没能存进去，退出就没有了")
        typing.send("y")
        assert typing.wait_until_ended() == 0
        screen = "".join(typing.screen())
        assert "请记下来再填" in screen and f"{TYPED}戊" in screen
        assert "Traceback" not in screen
    assert drafts() == [TYPED]
    typing.start(columns=160, lines=45)
    typing.wait_for("咨询")
    typing.send("2")  # where the case had time to be kept as open, it opens by itself
    typing.wait_for("姓名… 还没填完，按 D 打开")
    typing.send("D")
    typing.wait_for(re.compile(f"▸ +姓名 +{TYPED}"))
