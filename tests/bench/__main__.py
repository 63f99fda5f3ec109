"""`make bench`: how fast it is, beside what it must reach and beside an empty Textual app in the same run.

Figures of one machine at one hour: compare the ratios, and runs on the same machine.
"""

import argparse
from tempfile import TemporaryDirectory

import assessing
import plans
import screens


def main() -> None:
    parser = argparse.ArgumentParser(prog="make bench ARGS=...", description=__doc__)
    parser.add_argument("--only", choices=("assessment", "screens"), help="one half of it")
    parser.add_argument("--cases", type=int, nargs="*", default=[1_000, 100_000], help="sizes of the workspace")
    parser.add_argument("--keep", metavar="DIR", help="where the workspaces are, or are made and stay for the next run")
    chosen = parser.parse_args()
    if chosen.only != "screens":
        assessing.report()
        plans.report()
    if chosen.only != "assessment":
        with TemporaryDirectory(prefix="dabiao-bench-") as directory:
            screens.report(chosen.keep or directory, chosen.cases)


main()
