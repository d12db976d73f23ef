"""``problem.toml``: who a problem is, its declared signature, rules, limits and tolerances.

Invariant: a manifest comes back only when every key in it is known and right; the declared arguments come back as far
as they can be read even then, so that other files can be checked against them in the same go.
"""

from __future__ import annotations

import keyword
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Annotated, Any, Literal

from pydantic import Field, StringConstraints

from app.problems.findings import Finding
from app.problems.folder.checks import CheckTable, read_checks
from app.problems.folder.entries import known_sizes, parameters, read_entries
from app.problems.folder.files import MANIFEST
from app.problems.folder.programs import check_program_rules
from app.problems.folder.rules import RULE_MENDS, check_duplicates, check_rules
from app.problems.folder.statistics import StatisticsTable, read_statistics
from app.problems.folder.toml import Source, load, validate
from app.problems.model import (
    ArraySpec,
    AttemptPolicy,
    CaseSettings,
    Check,
    Entry,
    Model,
    ProblemLimits,
    PytreeSpec,
    Rules,
    Statistics,
    Survivor,
    Tolerance,
)
from app.problems.signature import spec_leaves
from sandbox.entries import Arrays
from sandbox.tree import DTYPES

#: Rules that are read from the source, and so apply in either mode.
_SOURCE_RULES = frozenset(
    f"{kind}_{what}" for kind in ("required", "forbidden") for what in ("calls", "imports", "statements")
)
_SLUG = re.compile(r"[a-z][a-z0-9_]{0,99}")
_SLUG_MEND = "Write the folder names of other problems, such as batched_predict."

Line = Annotated[str, StringConstraints(min_length=1, max_length=120, pattern=r"^\S(.*\S)?$")]

Tag = Annotated[str, StringConstraints(max_length=120, pattern=r"^[a-z0-9][a-z0-9-]*$")]


class EntryTable(Model):
    """The keys of ``[entries.NAME]``; types are still in the notation."""

    arguments: dict[str, Any] = Field(min_length=1)
    returns: Any
    harness: bool = False


class EagerTable(Model):
    """The keys of ``[eager]``."""

    arrays: Arrays = "jax"


class Manifest(Model):
    """The keys of ``problem.toml``; ``arguments`` and ``returns`` still in the type notation."""

    format: int = Field(ge=1, le=1)
    title: Line
    version: Annotated[str, StringConstraints(pattern=r"^(0|[1-9][0-9]{0,8})(\.(0|[1-9][0-9]{0,8})){2}$")]
    difficulty: int = Field(ge=1, le=5)
    tags: tuple[Tag, ...] = ()
    prerequisites: tuple[str, ...] = ()
    mode: Literal["traced", "eager"] = "traced"
    eager: EagerTable = EagerTable()
    device: Literal["cpu", "gpu"] = "cpu"
    x64: bool = False
    arguments: dict[str, Any] | None = Field(default=None, min_length=1)
    returns: Any = None
    entries: dict[str, EntryTable] = Field(default_factory=dict)
    defines: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    checks: tuple[CheckTable, ...] = ()
    statistics: StatisticsTable | None = None
    cases: CaseSettings
    rules: Rules = Rules()
    limits: ProblemLimits = ProblemLimits()
    attempts: AttemptPolicy = AttemptPolicy()
    tolerances: dict[str, Tolerance] = Field(default_factory=dict)
    survivors: tuple[Survivor, ...] = ()


#: What a right value looks like, by dotted key; a key inside a table falls back to its table's.
_MENDS: Mapping[str, str] = {
    "format": "Write format = 1.",
    "title": "Write one line of at most 120 characters, without spaces at its ends.",
    "version": 'Write MAJOR.MINOR.PATCH, such as version = "1.0.0".',
    "difficulty": "Write a whole number from 1 (first steps) to 5 (hard).",
    "tags": 'Write words of lower-case letters, digits and hyphens, such as tags = ["vmap"].',
    "prerequisites": _SLUG_MEND,
    "mode": 'Write mode = "eager", or leave it out for problems that are traced.',
    "eager": 'Write arrays = "numpy", or leave the table out for arrays of JAX.',
    "device": 'Write device = "gpu", or leave it out for the CPU.',
    "x64": "Write x64 = true, or leave it out.",
    "arguments": 'Add a table [arguments] with one line per parameter, such as x = "float32[N]".',
    "returns": 'Declare the type that is returned, such as returns = "float32[N]".',
    "entries": 'Declare arguments = { x = "float32[N]" } and returns = "float32[N]" for every entry point.',
    "defines": 'Write one line per function, such as make_step = ["rate"].',
    "checks": 'Write [[checks]] with transform = "vmap" and cases = ["a_case", "a_hidden_case"].',
    "checks.axes": 'Write an axis from 0 on per argument, or "none", such as axes = { w = "none", x = 0 }.',
    "checks.size": "Write a whole number from 2 to 64.",
    "statistics": "Write [statistics] with keys = 256, or fewer keys for large results.",
    "statistics.keys": "Write a whole number from 64 to 1024: the more keys, the smaller the differences that show.",
    "cases": "Add a table [cases] with a whole number as seed.",
    "cases.seed": "Write a whole number from 0 to 2**63 - 1.",
    "cases.draws": "Write a whole number from 2 to 8: two different draws keep constants from passing.",
    "cases.fresh": "Write fresh = false where no example may be drawn like the hidden cases, or leave it out.",
    "rules.may_not_unroll": 'Write one named size of the arguments, such as "N".',
    "rules.required_operations": 'Write StableHLO operations without dialect, such as ["while"].',
    "rules.forbidden_operations": 'Write StableHLO operations without dialect, such as ["while", "custom_call"].',
    "rules.forbidden_dtypes": 'Write a list of dtypes, such as ["float64"].',
    "rules.most_work": "Write how many times the reference's work is allowed, from 1 on, such as 1.5.",
    "rules.most_memory": "Write how many times the reference's memory is allowed, from 1 on, such as 2.0.",
    "rules.most_time": "Write how many times the reference's run time is allowed, from 1.25 on, such as 3.0.",
    "rules.deterministic": "Write deterministic = true, or leave it out.",
    **RULE_MENDS,
    "attempts.most": "Write a whole number from 1 to 10000, or leave it out.",
    "attempts.cooldown_seconds": "Write a number of seconds above 0, at most 3600, or leave it out.",
    "limits.trace_seconds": "Write a number of seconds above 0, at most 120.",
    "limits.evaluate_seconds": "Write a number of seconds above 0, at most 300.",
    "limits.cpu_seconds": "Write a number of seconds from 1 to 600.",
    "limits.memory_mb": "Write a whole number of MiB from 256 to 65536.",
    "limits.output_kb": "Write a whole number of KiB from 1 to 65536.",
    "limits.threads": "Write a whole number from 64 to 512; JAX itself needs a dozen and two a core.",
    "limits.source_kb": "Write a whole number of KiB from 1 to 256.",
    "limits.artifact_kb": "Write a whole number of KiB from 16 to 65536.",
    "limits.operations": "Write a whole number from 100 to 1000000.",
    "limits.leaves": "Write a whole number from 1 to 4096.",
    "limits.depth": "Write a whole number from 1 to 64.",
    "limits.result_mb": "Write a whole number of MiB from 1 to 1024.",
    "survivors": "Write [[survivors]] with change, as `problem check` prints it, and why it is as right.",
    "tolerances": "Add a table per dtype, such as [tolerances.float32], with numbers atol >= 0 and 0 <= rtol < 1.",
}


@dataclass(frozen=True)
class Declared:
    """What ``problem.toml`` declares, each None if it has faults.

    Attributes:
        functions: what a solution defines, with parameter names in order, known even if their types are faulty.
        manifest: the keys, read as they are.
        entries: what cases call; empty if any is faulty.
        checks: cases under transformations.
        statistics: which results are random.
        harness: functions that ``harness.py`` defines, with parameter names; empty if there is none.
    """

    functions: Mapping[str, list[str]] | None = None
    manifest: Manifest | None = None
    entries: Mapping[str, Entry] = field(default_factory=dict)
    checks: tuple[Check, ...] = ()
    statistics: Statistics | None = None
    harness: Mapping[str, list[str]] = field(default_factory=dict)


def read_manifest(slug: str, text: str, findings: list[Finding]) -> Declared:
    """As much of ``problem.toml`` as can be read; every fault is a finding."""
    source = Source(MANIFEST, text)
    loaded = load(source, findings)
    if loaded is None:
        return Declared()
    before = len(findings)
    manifest = validate(Manifest, loaded, source, _MENDS, findings)
    entries = read_entries(slug, loaded, source, findings)
    checks: tuple[Check, ...] = ()
    statistics: Statistics | None = None
    if manifest is not None:
        findings += [*_check_people(slug, manifest, source), *check_rules(manifest.rules, source)]
        findings += _check_mode(manifest, source)
        if entries:
            checks = tuple(read_checks(manifest.checks, entries, source, findings))
            findings += _check_unrolled(manifest, entries, source)
            findings += check_program_rules(manifest.rules, manifest.device, source)
            findings += _check_tolerances(manifest, entries, source)
            statistics = read_statistics(manifest.statistics, entries, checks, source, findings)
    harness = {name: ["solution", *entry.arguments] for name, entry in entries.items() if entry.harness}
    sound = manifest if len(findings) == before else None
    return Declared(parameters(slug, loaded), sound, entries, checks, statistics, harness)


def _check_people(slug: str, manifest: Manifest, source: Source) -> Iterator[Finding]:
    for required in manifest.prerequisites:
        if required == slug:
            mend = "Take its own name out of the list."
            yield source.finding("own-prerequisite", ("prerequisites",), "The problem requires itself.", mend)
        elif not is_slug(required):
            message = f"prerequisites: {required!r} is not the name of a problem."
            yield source.finding("bad-value", ("prerequisites",), message, _SLUG_MEND)
    argued = [survivor.change for survivor in manifest.survivors]
    for key, listed in (
        ("tags", manifest.tags),
        ("prerequisites", manifest.prerequisites),
        ("survivors", argued),
    ):
        yield from check_duplicates((key,), listed, source)


def _check_mode(manifest: Manifest, source: Source) -> Iterator[Finding]:
    """What goes with one mode only. A rule that is not read from the source is about a program."""
    if manifest.mode == "traced":
        if "eager" in manifest.model_fields_set:
            message = "[eager] says nothing about a problem that is traced."
            yield source.finding("not-eager", ("eager",), message, 'Delete it, or write mode = "eager".')
        return
    mend = 'Delete it, or leave mode = "eager" out.'
    for rule in sorted(manifest.rules.model_fields_set - _SOURCE_RULES):
        message = f"rules.{rule} is about a traced program, and an eager problem has none."
        yield source.finding("not-eager", ("rules", rule), message, mend)
    if manifest.checks:
        message = "checks: what is called eagerly is not transformed."
        yield source.finding("not-eager", ("checks",), message, mend)
    if manifest.statistics is not None:
        message = "statistics: random results are compared over many evaluations of a traced program."
        yield source.finding("not-eager", ("statistics",), message, mend)
    if manifest.device == "gpu":
        message = "device: only traced programs are evaluated on a GPU, never a learner's Python."
        yield source.finding("not-eager", ("device",), message, mend)


def _check_unrolled(manifest: Manifest, entries: Mapping[str, Entry], source: Source) -> Iterator[Finding]:
    looped, known = manifest.rules.may_not_unroll, known_sizes([*entries.values()])
    if looped is not None and looped not in known:
        message = f"rules.may_not_unroll: no argument has a size named {looped}."
        mend = f"Use a size of the arguments ({', '.join(sorted(known)) or 'they have none'})."
        yield source.finding("unknown-size", ("rules", "may_not_unroll"), message, mend)


def _check_tolerances(manifest: Manifest, entries: Mapping[str, Entry], source: Source) -> Iterator[Finding]:
    leaves = [leaf for entry in entries.values() for leaf in spec_leaves(entry.returns)]
    returned = {leaf.dtype for leaf in leaves if isinstance(leaf, ArraySpec)}
    if any(isinstance(leaf, PytreeSpec) for leaf in leaves):
        returned = set(DTYPES)
    for dtype in manifest.tolerances:
        if not dtype.startswith(("float", "bfloat", "complex")) or dtype not in DTYPES:
            message = f"tolerances: {dtype!r} is no dtype that is compared with a tolerance; all others are exact."
        elif dtype not in returned:
            message = f"tolerances: nothing of dtype {dtype} is returned."
        else:
            continue
        mend = "Name a floating or complex dtype that is returned, or delete the table."
        yield source.finding("bad-value", ("tolerances", dtype), message, mend)


def is_slug(name: str) -> bool:
    """Whether a problem, and so its function, may have this name: a lower-case identifier and no keyword."""
    return _SLUG.fullmatch(name) is not None and not keyword.iskeyword(name)
