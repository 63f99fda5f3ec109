"""The themes: dark and light in quiet colours, the terminal's own sixteen, and none at all.

Which one a session begins with is the consultant's, else what the terminal can show (`of_terminal`).
"""

from collections.abc import Mapping

from textual.theme import BUILTIN_THEMES, Theme

DARK = Theme(
    name="dark",
    dark=True,
    primary="#5fafd7",
    secondary="#87afaf",
    accent="#ffaf5f",
    success="#87af5f",
    warning="#d7af5f",
    error="#ff8787",
    foreground="#d0d0d0",
    background="#121212",
    surface="#121212",
    panel="#262626",
    variables={"quiet": "#8a8a8a", "marked": "#264a5c"},
)

LIGHT = Theme(
    name="light",
    dark=False,
    primary="#005f87",
    secondary="#005f5f",
    accent="#af5f00",
    success="#5f8700",
    warning="#875f00",
    error="#af0000",
    foreground="#262626",
    background="#ffffff",
    surface="#ffffff",
    panel="#e4e4e4",
    variables={"quiet": "#6c6c6c", "marked": "#bcdcec"},
)

_OWN = "ansi_default"
# what Textual's own widgets ask for; where the cursor is in a field is shown by reversing it
_SIGNS = {
    **BUILTIN_THEMES["ansi-dark"].variables,
    "input-cursor-background": _OWN,
    "input-cursor-foreground": _OWN,
    "input-cursor-text-style": "reverse",
    "quiet": _OWN,
    "marked": _OWN,
}

ANSI = Theme(
    name="ansi",
    ansi=True,
    primary="ansi_blue",
    secondary="ansi_cyan",
    accent="ansi_magenta",
    success="ansi_green",
    warning="ansi_yellow",
    error="ansi_red",
    foreground=_OWN,
    background=_OWN,
    surface=_OWN,
    panel=_OWN,
    boost=_OWN,
    variables=_SIGNS,
)

NONE = Theme(
    name="none",
    ansi=True,
    primary=_OWN,
    secondary=_OWN,
    accent=_OWN,
    success=_OWN,
    warning=_OWN,
    error=_OWN,
    foreground=_OWN,
    background=_OWN,
    surface=_OWN,
    panel=_OWN,
    boost=_OWN,
    variables=_SIGNS,
)

THEMES = (DARK, LIGHT, ANSI, NONE)
"""In the order in which a key goes through them."""
NAMES = tuple(theme.name for theme in THEMES)
_SIXTEEN = frozenset({"ansi", "linux", "vt100", "vt220", "xterm-16color", "screen.linux", "cygwin"})


def of_terminal(environ: Mapping[str, str]) -> str:
    """The theme for a terminal: none where NO_COLOR says so or it has no colours, its own where it has sixteen."""
    if environ.get("NO_COLOR") or environ.get("TERM") == "dumb":
        return NONE.name
    sixteen = environ.get("TERM", "") in _SIXTEEN and not environ.get("COLORTERM")
    return ANSI.name if sixteen else DARK.name
