"""`make bench`: how fast it is, beside what it must reach and beside an empty Textual app in the same run.

Figures of one machine at one hour: compare the ratios, and runs on the same machine.
"""

import argparse
import json
from pathlib import Path
from tempfile import TemporaryDirectory

import assessing
import figures
import plans
import screens


def main() -> None:
    parser = argparse.ArgumentParser(prog="make bench ARGS=...", description=__doc__)
    parser.add_argument("--only", choices=("assessment", "screens"), help="one half of it")
    parser.add_argument("--cases", type=int, nargs="*", default=[1_000, 100_000], help="sizes of the workspace")
    parser.add_argument("--keep", metavar="DIR", help="where the workspaces are, or are made and stay for the next run")
    parser.add_argument("--colleagues", type=int, default=10, help="others at work in a second round; 0: none")
    parser.add_argument("--seed", type=int, default=1, help="of what is typed")
    parser.add_argument("--json", metavar="FILE", help="where all figures are kept as well, to compare runs")
    chosen = parser.parse_args()
    if chosen.only != "screens":
        assessing.report()
        plans.report()
    if chosen.only != "assessment":
        with TemporaryDirectory(prefix="dabiao-bench-") as directory:
            screens.report(chosen.keep or directory, chosen.cases, chosen.colleagues, chosen.seed)
    if chosen.json:
        text = json.dumps(figures.RECORDED, ensure_ascii=False, indent=1)
        Path(chosen.json).write_text(text + "\n", encoding="utf-8")


main()
