"""Children of this process, forked before any database is open: each opens its own, and only one has to load Python."""

import os
import pickle
import selectors
import signal
import sys
import traceback
from collections.abc import Callable, Iterable
from typing import Any, BinaryIO, NoReturn

Say = Callable[[Any], None]


class Child:
    """A process that does `work`, and what it says while it does. What it has said outlives it."""

    def __init__(self, work: Callable[[Say], None]) -> None:
        reading, writing = os.pipe()
        sys.stdout.flush()
        self.pid = os.fork()
        if self.pid == 0:
            os.close(reading)
            _be(work, writing)
        os.close(writing)
        self.file: BinaryIO = os.fdopen(reading, "rb", buffering=0)
        self.words: list[Any] = []
        self.ended = False
        self._rest = b""

    def hear(self) -> None:
        """Takes in what has been said meanwhile; waits where nothing has. A word that was cut off is none."""
        more = os.read(self.file.fileno(), 1 << 20)
        self.ended = not more
        self._rest += more
        while len(self._rest) >= (end := 4 + int.from_bytes(self._rest[:4], "big")) > 4:
            self.words.append(pickle.loads(self._rest[4:end]))
            self._rest = self._rest[end:]

    def kill(self) -> None:
        """Ends the process as a power cut does to it: at once, in the middle of whatever it is doing."""
        os.kill(self.pid, signal.SIGKILL)

    def all_words(self) -> list[Any]:
        """All that it ever said, once it is gone."""
        while not self.ended:
            self.hear()
        self.file.close()
        self.code = os.waitstatus_to_exitcode(os.waitpid(self.pid, 0)[1])
        return self.words


def _be(work: Callable[[Say], None], writing: int) -> NoReturn:
    code = 1
    try:
        work(lambda word: _write(writing, word))
        code = 0
    except BaseException:  # noqa: BLE001 - a child never goes on as if it were its parent
        traceback.print_exc()
    finally:
        sys.stderr.flush()
        os._exit(code)  # nothing is closed: to the database it is as if the process had been killed here


def _write(writing: int, word: Any) -> None:
    data = pickle.dumps(word)
    data = len(data).to_bytes(4, "big") + data
    while data:
        data = data[os.write(writing, data) :]


def answer(work: Callable[[], Any]) -> Any:
    """What `work` returns, done in a child; raises where the child failed (it has then said why on standard error)."""
    child = Child(lambda say: say(work()))
    words = child.all_words()
    if child.code or not words:
        raise RuntimeError(f"a child ended with {child.code}")
    return words[0]


def listen(children: Iterable[Child], enough: Callable[[], bool]) -> None:
    """Takes in what children say until it is enough, or all have ended."""
    with selectors.DefaultSelector() as selector:
        for child in children:
            if not child.ended:
                selector.register(child.file, selectors.EVENT_READ, child)
        while selector.get_map() and not enough():
            for key, _ in selector.select():
                key.data.hear()
                if key.data.ended:
                    selector.unregister(key.fileobj)
