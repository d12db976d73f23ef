"""The keys of ``[limits]``: each has a default, can be overridden, and is bounded by the operator."""

from __future__ import annotations

import re
from dataclasses import fields
from pathlib import Path

import pytest

from app.problems import limits as limiting
from app.problems.folder import read
from app.problems.limits import KEYS, Key
from app.problems.model import Problem, ProblemLimits
from app.settings import Settings
from sandbox.jobs import Limits
from tests.problems import sample

each_key = pytest.mark.parametrize("key", KEYS, ids=lambda key: key.name)
#: A lawful value of each key other than the default.
OTHER = {
    "trace_seconds": 3.5,
    "evaluate_seconds": 4.5,
    "cpu_seconds": 5.5,
    "memory_mb": 300,
    "output_kb": 7,
    "threads": 80,
    "source_kb": 9,
    "artifact_kb": 20,
    "operations": 500,
    "leaves": 12,
    "depth": 6,
    "result_mb": 2,
}


def own(key: Key, value: float) -> ProblemLimits:
    """Limits of a problem that sets one key."""
    return ProblemLimits.model_validate({key.name: value})


def bounding(key: Key, value: float) -> Settings:
    """Settings of an operator who bounds one key, in its own unit."""
    return Settings.model_validate({key.setting: value * key.scale / key.setting_scale})


def test_every_limit_has_a_key_and_a_bound() -> None:
    """A limit could be set by nobody, or by every author without bounds."""
    assert {key.field for key in KEYS} == {field.name for field in fields(Limits)}
    assert {key.name for key in KEYS} == set(ProblemLimits.model_fields) == set(OTHER)
    bounds = {name for name in Settings.model_fields if name.startswith("max_")}
    assert {key.setting for key in KEYS} == bounds - {"max_tries", "max_body", "max_upload", "max_check_seconds"}


def test_without_limits_the_defaults_hold() -> None:
    """Every problem would have other limits than documented."""
    assert limiting.limits(ProblemLimits()) == Limits()
    assert limiting.limits(limiting.bounded(ProblemLimits(), Settings())) == Limits()
    assert list(limiting.clamped(ProblemLimits(), Settings())) == []


@each_key
def test_a_problem_overrides_a_limit(key: Key) -> None:
    """An author's limit would be read and forgotten, or taken in another unit."""
    value = OTHER[key.name]
    for asked in (own(key, value), limiting.bounded(own(key, value), Settings())):
        assert getattr(limiting.limits(asked), key.field) == value * key.scale
        assert getattr(Limits(), key.field) != value * key.scale


@each_key
def test_an_operator_bounds_a_limit(key: Key) -> None:
    """A problem could take more than the operator gives."""
    settings = bounding(key, OTHER[key.name])
    default = getattr(Limits(), key.field)
    for asked in (ProblemLimits(), own(key, default / key.scale if key.scale > 1 else default)):
        assert getattr(limiting.bounded(asked, settings), key.name) == OTHER[key.name]
    (cut,) = limiting.clamped(own(key, default / key.scale if key.scale > 1 else default), settings)
    assert (cut.key, cut.allowed) == (key.name, OTHER[key.name])


def read_with(folder: Path, line: str) -> object:
    """The sample folder, read with one line in its ``[limits]``."""
    (folder / "problem.toml").write_text(f"{sample.MANIFEST}\n[limits]\n{line}\n")
    return read(folder)


@each_key
@pytest.mark.parametrize("value", ["0", "-1", "1000000000", '"many"', "true"])
def test_a_limit_that_makes_no_sense_is_a_finding(key: Key, value: str, folder: Path) -> None:
    """A mistyped limit would be dropped, or end a problem's first attempt."""
    found = read_with(folder, f"{key.name} = {value}")
    assert isinstance(found, list)
    (finding,) = found
    assert (finding.code, finding.file) == ("bad-value", "problem.toml")
    assert f"limits.{key.name}" in finding.message
    assert "from" in finding.mend or "above" in finding.mend


@each_key
def test_a_limit_is_read_from_the_folder(key: Key, folder: Path) -> None:
    """An author could not set a limit that the documentation lists."""
    problem = read_with(folder, f"{key.name} = {OTHER[key.name]}")
    assert isinstance(problem, Problem), problem
    assert getattr(problem.limits, key.name) == OTHER[key.name]


def test_processor_time_goes_by_wall_clock_where_it_is_not_set() -> None:
    """A problem that needs a minute of tracing would be ended after twenty seconds of work."""
    assert limiting.limits(ProblemLimits(trace_seconds=50)).cpu_seconds == 101
    assert limiting.limits(ProblemLimits(trace_seconds=50, cpu_seconds=7)).cpu_seconds == 7
    bounded = limiting.bounded(ProblemLimits(trace_seconds=50), Settings(max_trace_seconds=5))
    assert bounded.cpu_seconds == 11


def test_a_bound_in_bytes_rounds_up_to_the_keys_unit() -> None:
    """A bound below one KiB would read as no limit at all."""
    assert limiting.bounded(ProblemLimits(), Settings(max_source=1000)).source_kb == 1
    assert limiting.bounded(ProblemLimits(), Settings(max_source=4097)).source_kb == 5


def test_the_table_for_the_operator_is_whole() -> None:
    """``doctor`` would leave out a limit, or show a default that the operator's own bound forbids."""
    lines = {line.name: line for line in limiting.table(Settings(max_memory_mb=1024))}
    assert set(lines) == {field.name for field in fields(Limits)} | {"file_size", "new_processes"}
    memory = lines["memory"]
    assert (memory.default, memory.bound, memory.shown, memory.variable) == (
        2**30,
        2**30,
        "1 GiB",
        "ALLCLOSE_MAX_MEMORY_MB",
    )


def test_the_documentation_tells_the_defaults_and_bounds() -> None:
    """An author would set what is the default anyway, or ask for what no server gives."""
    text = (Path(__file__).parents[2] / "problems" / "README.md").read_text(encoding="utf-8")
    table = text.partition("## Limits")[2].partition("\n## ")[0]
    rows = dict(re.findall(r"^\| `(\w+)` \|(.*)\|$", table, re.MULTILINE))
    assert set(rows) == {key.name for key in KEYS}
    for key in KEYS:
        _, default, bound, _ = rows[key.name].split("|")
        value, setting = getattr(Limits(), key.field), Settings.model_fields[key.setting]
        assert default.strip() in (f"{value / key.scale:g}", f"{value // key.scale}", "2 × `trace_seconds` + 1")  # noqa: RUF001 - as it is written there
        assert bound.split("`")[1] == key.setting.upper()
        assert bound.split("`")[2].split()[0] in (f"{setting.default:g}", str(setting.default))
