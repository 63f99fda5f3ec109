"""The two themes: quiet colours that stay right in 256 and in 16 colours."""

from textual.theme import Theme

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
