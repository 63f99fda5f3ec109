"""How a terminal is given back. Apart from the driver, so that who only watches over a session loads no screens."""

LIMIT = 10.0  # seconds after which an end that does not come by itself is made
CANCEL = b"\x18"  # ends a sequence that was cut off in the middle
# what Textual turns on and does not turn off: held-back drawing, the mouse in pixels
LEFT_ON = "\x1b[?2026l\x1b[?1016l"
# all that the screens turn on, turned off: besides, the mouse, the focus, pasting between marks, keys by name, the
# other screen
RESET = (
    CANCEL.decode() + LEFT_ON + "\x1b[?1006l\x1b[?1015l\x1b[?1003l\x1b[?1002l\x1b[?1000l\x1b[?1004l\x1b[?2004l"
    "\x1b[<u\x1b[?7h\x1b[?25h\x1b[?1049l\x1b[0m\x1b(B\r"
)
