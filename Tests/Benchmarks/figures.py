"""The result of a measurement."""

from __future__ import annotations

import dataclasses
import statistics


@dataclasses.dataclass
class Figure:
    """One line of the table."""

    name: str
    value: float
    unit: str
    """s, ms, MB or lines/s."""
    goal: str = ""
    is_met: bool | None = None
    """None without a goal."""
    samples: list[float] = dataclasses.field(default_factory=list)


def median(name: str, samples: list[float], unit: str, goal: float | None = None) -> Figure:
    """The median; the goal is its upper bound."""
    value = statistics.median(samples)
    if goal is None:
        return Figure(name, value, unit, samples=samples)
    return dataclasses.replace(at_most(name, value, unit, goal), samples=samples)


def at_most(name: str, value: float, unit: str, goal: float) -> Figure:
    return Figure(name, value, unit, f"≤ {goal:g}", value <= goal)


def at_least(name: str, value: float, unit: str, goal: float) -> Figure:
    return Figure(name, value, unit, f"≥ {goal:g}", value >= goal)
