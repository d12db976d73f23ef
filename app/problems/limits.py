"""The limits of ``problem.toml``: what each key stands for, who bounds it, and what holds where nobody sets it.

Invariant: every field of ``sandbox.jobs.Limits`` has exactly one key, and every key a setting of the operator's that
bounds it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from app.problems.model import ProblemLimits
from app.settings import PREFIX, Settings
from sandbox.jobs import LimitName, Limits
from sandbox.limits import UNITS, amount_text

#: Processor time that goes with each second of wall clock for tracing, where a problem sets none.
CPU_FACTOR = 2.0


@dataclass(frozen=True)
class Key:
    """One key of ``[limits]``.

    Attributes:
        name: in ``problem.toml``.
        field: in ``sandbox.jobs.Limits``.
        setting: the operator's bound, in ``app.settings.Settings``.
        scale: units of the field in one unit of the key.
        setting_scale: units of the field in one unit of the setting.
    """

    name: str
    field: LimitName
    setting: str
    scale: int = 1
    setting_scale: int = 1

    def bound(self, settings: Settings) -> float:
        """The operator's bound in units of the key; a part of one counts as a whole."""
        value: float = getattr(settings, self.setting)
        return value if self.scale == self.setting_scale else -(-value * self.setting_scale // self.scale)


KEYS = (
    Key("trace_seconds", "trace_seconds", "max_trace_seconds"),
    Key("evaluate_seconds", "evaluate_seconds", "max_evaluate_seconds"),
    Key("cpu_seconds", "cpu_seconds", "max_cpu_seconds"),
    Key("memory_mb", "memory", "max_memory_mb", 1 << 20, 1 << 20),
    Key("output_kb", "output", "max_output_kb", 1 << 10, 1 << 10),
    Key("threads", "threads", "max_threads"),
    Key("source_kb", "source", "max_source", 1 << 10),
    Key("artifact_kb", "artifact", "max_artifact_kb", 1 << 10, 1 << 10),
    Key("operations", "operations", "max_operations"),
    Key("leaves", "leaves", "max_leaves"),
    Key("depth", "depth", "max_depth"),
    Key("result_mb", "result", "max_result_mb", 1 << 20, 1 << 20),
)


@dataclass(frozen=True)
class Clamped:
    """A limit that a problem asks for and does not get, in units of its key."""

    key: str
    asked: float
    allowed: float


@dataclass(frozen=True)
class LimitLine:
    """One limit as the operator is told of it.

    Attributes:
        name: a field of ``sandbox.jobs.Limits``, or what can never be done.
        key: in ``[limits]``; empty if no problem can change it.
        variable: the environment variable that bounds it; empty likewise.
        default: what holds where a problem sets nothing, in ``unit``.
        bound: the most that a problem gets, in ``unit``.
        shown: the default for a person to read.
        shown_bound: the bound likewise.
    """

    name: str
    key: str
    variable: str
    default: float
    bound: float
    unit: str
    shown: str
    shown_bound: str


def table(settings: Settings) -> list[LimitLine]:
    """Every limit with its default and the operator's bound."""
    usual = limits(bounded(ProblemLimits(), settings))
    lines = []
    for key in KEYS:
        default, bound = float(getattr(usual, key.field)), key.bound(settings) * key.scale
        unit = UNITS[key.field]
        shown = amount_text(default, unit), amount_text(bound, unit)
        variable = f"{PREFIX}{key.setting}".upper()
        lines.append(LimitLine(key.field, key.name, variable, default, bound, unit, *shown))
    lines.append(LimitLine("file_size", "", "", 0, 0, "bytes", "0 bytes", "0 bytes"))
    lines.append(LimitLine("new_processes", "", "", 0, 0, "processes", "0", "0"))
    return lines


def limits(own: ProblemLimits) -> Limits:
    """The sandbox's limits: the problem's own where it sets them, the defaults elsewhere."""
    seconds = own.trace_seconds or Limits.trace_seconds
    values: dict[str, Any] = {"cpu_seconds": CPU_FACTOR * seconds + 1}
    for key in KEYS:
        asked = getattr(own, key.name)
        if asked is not None:
            values[key.field] = asked * key.scale
    return Limits(**values)


def bounded(own: ProblemLimits, settings: Settings) -> ProblemLimits:
    """Every limit set: what the problem asks for or the default, within what the operator allows."""
    values: dict[str, Any] = {}
    for key in KEYS:
        # In order: the processor time that a problem does not set goes by the wall clock that it gets.
        asked = getattr(own, key.name) or _default(key, ProblemLimits(trace_seconds=values.get("trace_seconds")))
        values[key.name] = min(asked, key.bound(settings))
    return ProblemLimits(**values)


def clamped(own: ProblemLimits, settings: Settings) -> Iterator[Clamped]:
    """Every limit that the problem sets beyond what the operator allows."""
    for key in KEYS:
        asked, bound = getattr(own, key.name), key.bound(settings)
        if asked is not None and asked > bound:
            yield Clamped(key.name, asked, bound)


def _default(key: Key, own: ProblemLimits) -> float:
    value: float = getattr(limits(own), key.field)
    return value if key.scale == 1 else value // key.scale
