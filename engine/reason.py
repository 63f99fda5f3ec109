"""A reason as data: a code and its values. `engine.words.say` puts it into words where it is shown."""

from typing import Any, NamedTuple


class Reason(NamedTuple):
    """Why something is so: a catalogue code (`line.insurance_years`) and the values its sentence needs."""

    code: str
    values: dict[str, Any]
