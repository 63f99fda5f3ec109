"""`make fuzz`, see `command`."""

import sys
from pathlib import Path

sys.path[0] = str(Path(__file__).parent.parent)  # what the tests share; this directory is the package `fuzz` there

from fuzz.command import main  # noqa: E402 - found on that path

sys.exit(main())
