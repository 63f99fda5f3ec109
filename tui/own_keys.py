"""The keys as one consultant has them: those of the registry, but for the actions they gave another key.

Keys that work inside a text field stay as they are: there every letter is a letter.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from engine.reason import Reason
from tui.actions import ACTIONS, BY_ID, Action, display, forms
from tui.kept_data import understood

IN_FIELDS = frozenset(
    {"field", "finding", "clash", "filter", "prompt", "new_case", "quick", "row_form", "what_if_line", "palette"}
)
"""Scopes whose keys work while one types."""
SHARED = frozenset({"app", "list", "part"})
"""Scopes whose keys work on many screens."""
FIXED = frozenset(
    {"escape", "enter", "tab", "shift+tab", "ctrl+c", "ctrl+q", "up", "down", "left", "right", "backspace"}
)
"""Keys that mean the same everywhere and are given to nothing else."""
PREFERENCE = "keys"
LONGEST_KEY = 40  # `ctrl+shift+exclamation_mark` has 27


@dataclass(frozen=True, slots=True)
class OwnKeys:
    """`chosen` are the keys given to actions, by their ids."""

    chosen: Mapping[str, str] = field(default_factory=dict)

    def of(self, action: Action) -> tuple[str, ...]:
        """The keys of an action."""
        return (self.chosen[action.id],) if action.id in self.chosen else action.keys

    def __getitem__(self, action_id: str, /) -> str:
        """The key of an action as it is told."""
        return display(self.of(BY_ID[action_id])[0])

    def keymap(self) -> dict[str, str]:
        """What Textual is told: for each action that was given another key all forms of it."""
        return {action_id: ",".join(forms(key)) for action_id, key in self.chosen.items()}

    def why_not(self, action: Action, key: str, scopes: Iterable[str]) -> Reason | None:
        """Why a key cannot be given to an action that works beside others of these scopes; None where it can."""
        if action.scope in IN_FIELDS:
            return Reason("keys_in_field", {})
        if not _is_key(key):
            return Reason("keys_no_key", {"key": key})
        if key in FIXED:
            return Reason("keys_fixed", {"key": key})
        beside = set(scopes)
        for other in ACTIONS:
            together = other.scope in beside or (action.scope in SHARED and other.scope not in IN_FIELDS)
            if other.id != action.id and together and any(key in forms(own) for own in self.of(other)):
                return Reason("keys_taken", {"key": key, "action": other.id})
        return None

    def given(self, action: Action, key: str | None) -> OwnKeys:
        """With another key for an action; None: its own again."""
        rest = {action_id: own for action_id, own in self.chosen.items() if action_id != action.id}
        return OwnKeys(rest if key is None or (key,) == action.keys else {**rest, action.id: key})

    def kept(self) -> str:
        """As it is kept among the consultant's preferences."""
        return json.dumps(dict(self.chosen), sort_keys=True, separators=(",", ":"))


def read(kept: str | None) -> OwnKeys:
    """The keys that were kept; what does not fit the registry any more is passed over: an action that is gone, a key
    that another one beside it has by now."""
    found = understood(kept)
    if not isinstance(found, dict):
        return OwnKeys()
    own = OwnKeys({i: key for i, key in found.items() if i in BY_ID and _is_key(key)})
    while (fits := {i: key for i, key in own.chosen.items() if _fits(own, BY_ID[i], key)}) != own.chosen:
        own = OwnKeys(fits)  # what got its own key back may take it from another
    return own


def _fits(own: OwnKeys, action: Action, key: str) -> bool:
    return own.why_not(action, key, (action.scope, "app")) is None


def _is_key(key: object) -> bool:
    """Whether this can be a key's name: the names are told apart by commas where keys are bound. Writing of an input
    method is none: it starts a filter."""
    return (
        isinstance(key, str)
        and 0 < len(key) <= LONGEST_KEY
        and key.isascii()
        and key.isprintable()
        and not set(key) & set(", ")
    )
