"""The page of keys, written from the registry: `python -m tui.keys_page > docs/keys.md`."""

from __future__ import annotations

import sys

from tui import actions
from tui.text import text

SCOPES = tuple(dict.fromkeys(action.scope for action in actions.ACTIONS))


def page() -> str:
    """docs/keys.md: every action of every screen in both languages."""
    lines = [
        "# Keys",
        "",
        "Written from the registry in `tui/actions.py` by `python -m tui.keys_page`; a test fails when it is stale.",
        "With a Chinese input method on, the full-width form of a key is the same key (`、` is `/`, `？` is `?`,",
        "`【】` are `[ ]`, `。` is `.`, the wide space is `space`). In a text field letters are letters.",
        "An action that cannot be done says why. `enter` on a line of the `?` page gives an action another key, for",
        "oneself alone; backspace there brings its own back. To swap two keys, give one of the two a free key first.",
    ]
    for scope in SCOPES:
        lines += ["", f"## {text(f'scope.{scope}', 'en')} · {text(f'scope.{scope}', 'zh')}", ""]
        lines += ["| key | does | 作用 | id |", "|---|---|---|---|"]
        for action in actions.actions((scope,)):
            keys = " ".join(f"`{actions.display(key)}`" for key in action.keys)
            names = [text(f"action.{action.id}", language) for language in ("en", "zh")]
            lines.append(f"| {keys} | {names[0]} | {names[1]} | `{action.id}` |")
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    sys.stdout.write(page())
