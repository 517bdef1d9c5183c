"""Runs the benchmarks: `python3 Tests/Benchmarks [--quick] [PART ...]`. Tests/bench sets what they need."""

import argparse
import pathlib
import sys

import checkpoints
import launch
import mounts
import pool
import report
import screen
import server
import size

PARTS = {
    "start": launch.measure,
    "server": server.measure,
    "checkpoints": checkpoints.measure,
    "mounts": mounts.measure,
    "pool": pool.measure,
    "screen": screen.measure,
    "size": size.measure,
}
OUTPUT = pathlib.Path(__file__).parents[2] / ".build-logs/benchmarks.json"


def main() -> None:
    parser = argparse.ArgumentParser(prog="Tests/bench", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="fewer rounds: figures that vary more")
    parser.add_argument("part", nargs="*", help=f"of {', '.join(PARTS)}; all by default")
    arguments = parser.parse_args()
    if unknown := set(arguments.part) - set(PARTS):
        parser.error(f"there is no part {unknown.pop()}; the parts are {', '.join(PARTS)}")
    figures = []
    for name in arguments.part or PARTS:
        print(f"measuring: {name}", file=sys.stderr)
        figures += PARTS[name](arguments.quick)
    print(report.table(figures))
    OUTPUT.write_text(report.as_json(figures))


main()
