"""What a person may: the names of roles and reaches. Apart, so that to read a command line loads no database."""

from typing import Literal, get_args

Role = Literal["owner", "consultant", "read_only"]
Reach = Literal["own", "all"]
ROLES: tuple[Role, ...] = get_args(Role)
REACHES: tuple[Reach, ...] = get_args(Reach)
