"""Figures as a table and as JSON, with the machine they were measured on."""

import dataclasses
import json
import os
import pathlib
import platform
import time

from figures import Figure

COLUMNS = ("figure", "measured", "goal", "")


def table(figures: list[Figure]) -> str:
    """Columns that stand below each other, in Markdown."""
    rows = [COLUMNS] + [_row(figure) for figure in figures]
    widths = [max(len(row[column]) for row in rows) for column in range(len(COLUMNS))]
    rows.insert(1, tuple("-" * width for width in widths))
    lines = ["| " + " | ".join(cell.ljust(width) for cell, width in zip(row, widths)) + " |" for row in rows]
    machine = _machine()
    where = f"{machine['processors']} x {machine['processor']}, load {machine['load']:.1f}"
    return "\n".join([*lines, "", where])


def as_json(figures: list[Figure]) -> str:
    content = {"machine": _machine(), "figures": [dataclasses.asdict(figure) for figure in figures]}
    return json.dumps(content, indent=2, ensure_ascii=False) + "\n"


def _row(figure: Figure) -> tuple[str, ...]:
    verdict = {None: "", True: "met", False: "missed"}[figure.is_met]
    return figure.name, f"{_number(figure.value)} {figure.unit}".strip(), figure.goal, verdict


def _number(value: float) -> str:
    return f"{value:,.0f}" if value >= 1000 else f"{value:.3g}"


def _machine() -> dict:
    lines = pathlib.Path("/proc/cpuinfo").read_text().splitlines() if os.path.exists("/proc/cpuinfo") else []
    models = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return {
        "processor": models[0] if models else platform.processor(),
        "processors": os.cpu_count(),
        "system": platform.platform(),
        "load": os.getloadavg()[0],
        "time": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()),
    }
