"""What is looked at: the file, a connection that only reads it, and the day and moment it is looked at on."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from engine.policy import Policy
from models.connection import Connection
from models.doctor.file import Header


@dataclass(frozen=True)
class Surroundings:
    """A workspace's file and what lies around it, for checks that need no database. `now` is UTC, ISO text;
    `backups` is where the office keeps its backups, and `longest` how many days a copy lives."""

    path: Path
    now: str
    backups: Path
    longest: int


@dataclass(frozen=True)
class Subject(Surroundings):
    """A workspace that can be read."""

    header: Header
    connection: Connection
    today: date
    policy: Policy
