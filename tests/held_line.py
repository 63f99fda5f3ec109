"""A line between a terminal and a program, whose far end may stop reading: `held_line.py FILE COMMAND...`.

Keys always pass. On SIGUSR1 nothing of what the program writes is read any more, until SIGUSR2. When this process is
killed, the program's terminal is gone. The program's number is written into the file.
"""

import fcntl
import os
import pty
import select
import signal
import struct
import sys
import termios
import tty
from pathlib import Path

held = False


def hold(number: int, _: object) -> None:
    """Stop reading, or go on."""
    global held
    held = number == signal.SIGUSR1


def carry(program: int) -> None:
    """Carry keys one way and the screen the other until the program has ended."""
    while True:
        ready, _, _ = select.select([0] if held else [0, program], [], [], 0.02)
        if program in ready:
            try:
                os.write(1, os.read(program, 65536))
            except OSError:  # it has ended
                return
        if 0 in ready:
            os.write(program, os.read(0, 65536))


def main() -> int:
    signal.signal(signal.SIGUSR1, hold)
    signal.signal(signal.SIGUSR2, hold)
    size = fcntl.ioctl(0, termios.TIOCGWINSZ, struct.pack("HHHH", 0, 0, 0, 0))
    child, program = pty.fork()
    if child == 0:
        fcntl.ioctl(0, termios.TIOCSWINSZ, size)
        Path(sys.argv[1]).write_text(str(os.getpid()))
        os.execvp(sys.argv[2], sys.argv[2:])
    before = termios.tcgetattr(0)
    tty.setraw(0)
    try:
        carry(program)
    finally:
        termios.tcsetattr(0, termios.TCSANOW, before)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


if __name__ == "__main__":
    sys.exit(main())
