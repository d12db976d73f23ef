"""``problem.toml``: who a problem is, its declared signature, rules, limits and tolerances.

Invariant: a manifest comes back only when every key in it is known and right; the declared arguments come back as far
as they can be read even then, so that other files can be checked against them in the same go.
"""

from __future__ import annotations

import keyword
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Annotated, Any, Literal

from pydantic import Field, StringConstraints

from app.problems.findings import Finding
from app.problems.folder.files import MANIFEST
from app.problems.folder.toml import Source, load, validate
from app.problems.model import (
    ArraySpec,
    CaseSettings,
    Model,
    ProblemLimits,
    Rules,
    Spec,
    StaticSpec,
    Tolerance,
)
from app.problems.signature import SpecError, format_spec, parse_spec, size_names, spec_leaves
from sandbox.tree import DTYPES

_WIDE = frozenset({"int64", "uint64", "float64", "complex128"})
_CALL = re.compile(r"[^\W\d]\w*(\.[^\W\d]\w*)*")
_SLUG = re.compile(r"[a-z][a-z0-9_]{0,99}")
_SLUG_MEND = "Write the folder names of other problems, such as batched_predict."

Line = Annotated[str, StringConstraints(min_length=1, max_length=120, pattern=r"^\S(.*\S)?$")]

Tag = Annotated[str, StringConstraints(max_length=120, pattern=r"^[a-z0-9][a-z0-9-]*$")]


class Manifest(Model):
    """The keys of ``problem.toml``; ``arguments`` and ``returns`` still in the type notation."""

    format: int = Field(ge=1, le=1)
    title: Line
    version: Annotated[str, StringConstraints(pattern=r"^(0|[1-9][0-9]{0,8})(\.(0|[1-9][0-9]{0,8})){2}$")]
    difficulty: int = Field(ge=1, le=5)
    tags: tuple[Tag, ...] = ()
    prerequisites: tuple[str, ...] = ()
    mode: Literal["traced", "eager"] = "traced"
    device: Literal["cpu", "gpu"] = "cpu"
    x64: bool = False
    arguments: dict[str, Any] = Field(min_length=1)
    returns: Any
    cases: CaseSettings
    rules: Rules = Rules()
    limits: ProblemLimits = ProblemLimits()
    tolerances: dict[str, Tolerance] = Field(default_factory=dict)


#: What a right value looks like, by dotted key; a key inside a table falls back to its table's.
_MENDS: Mapping[str, str] = {
    "format": "Write format = 1.",
    "title": "Write one line of at most 120 characters, without spaces at its ends.",
    "version": 'Write MAJOR.MINOR.PATCH, such as version = "1.0.0".',
    "difficulty": "Write a whole number from 1 (first steps) to 5 (hard).",
    "tags": 'Write words of lower-case letters, digits and hyphens, such as tags = ["vmap"].',
    "prerequisites": _SLUG_MEND,
    "mode": 'Write mode = "traced" or leave it out.',
    "device": 'Write device = "gpu", or leave it out for the CPU.',
    "x64": "Write x64 = true, or leave it out.",
    "arguments": 'Add a table [arguments] with one line per parameter, such as x = "float32[N]".',
    "returns": 'Declare the type that is returned, such as returns = "float32[N]".',
    "cases": "Add a table [cases] with a whole number as seed.",
    "cases.seed": "Write a whole number from 0 to 2**63 - 1.",
    "cases.draws": "Write a whole number from 2 to 8: two different draws keep constants from passing.",
    "rules.may_not_unroll": 'Write one named size of the arguments, such as "N".',
    "rules": 'Write a list of dotted names, such as ["jax.vmap"].',
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
    "tolerances": "Add a table per dtype, such as [tolerances.float32], with numbers atol >= 0 and 0 <= rtol < 1.",
}


@dataclass(frozen=True)
class Declared:
    """What ``problem.toml`` declares, each None if it has faults.

    Attributes:
        parameters: names of the arguments in order, known even if their types are faulty.
    """

    parameters: tuple[str, ...] | None = None
    manifest: Manifest | None = None
    arguments: Mapping[str, Spec] | None = None
    returns: Spec | None = None


def read_manifest(slug: str, text: str, findings: list[Finding]) -> Declared:
    """As much of ``problem.toml`` as can be read; every fault is a finding."""
    source = Source(MANIFEST, text)
    loaded = load(source, findings)
    if loaded is None:
        return Declared()
    before = len(findings)
    manifest = validate(Manifest, loaded, source, _MENDS, findings)
    arguments = _arguments(loaded.get("arguments"), source, findings)
    parameters = _parameters(loaded.get("arguments"))
    returns = _returns(loaded["returns"], source, findings) if "returns" in loaded else None
    findings += _check_x64(loaded, arguments, returns, source)
    if arguments is not None:
        findings += _check_sizes(loaded, arguments, returns, source)
    if manifest is not None:
        findings += [*_check_people(slug, manifest, source), *_check_rules(manifest, source)]
        findings += _check_tolerances(manifest, returns, source)
    return Declared(parameters, manifest if len(findings) == before else None, arguments, returns)


def _parameters(declared: object) -> tuple[str, ...] | None:
    return tuple(declared) if isinstance(declared, dict) and all(map(_is_parameter, declared)) else None


def _is_parameter(name: str) -> bool:
    return name.isidentifier() and not keyword.iskeyword(name)


def _arguments(declared: object, source: Source, findings: list[Finding]) -> dict[str, Spec] | None:
    if not isinstance(declared, dict):
        return None
    before = len(findings)
    arguments: dict[str, Spec] = {}
    for name, value in declared.items():
        if not _is_parameter(name):
            mend = "Name it as the parameter of the function is named."
            message = f"{name!r} cannot be the name of a parameter."
            findings.append(source.finding("bad-value", ("arguments", name), message, mend))
        spec = _spec(value, ("arguments", name), source, findings)
        if spec is not None:
            arguments[name] = spec
    return arguments if len(findings) == before else None


def _returns(declared: object, source: Source, findings: list[Finding]) -> Spec | None:
    spec = _spec(declared, ("returns",), source, findings)
    if spec is None:
        return None
    leaves = list(spec_leaves(spec))
    if not leaves or any(isinstance(leaf, StaticSpec) for leaf in leaves):
        message = f"returns: {format_spec(spec)} is not made of arrays alone, and what is not an array is not graded."
        findings.append(source.finding("bad-type", ("returns",), message, "Declare at least one array and no statics."))
        return None
    return spec


def _spec(value: object, keys: tuple[str, ...], source: Source, findings: list[Finding]) -> Spec | None:
    try:
        return parse_spec(value)
    except SpecError as error:
        mend = 'Write for example "float32[N, 3]", "float32[]", "key" or "static int".'
        findings.append(source.finding("bad-type", keys, f"{'.'.join(keys)}: {error}.", mend))
        return None


def _check_x64(
    loaded: Mapping[str, Any], arguments: Mapping[str, Spec] | None, returns: Spec | None, source: Source
) -> Iterator[Finding]:
    if loaded.get("x64") is True:
        return
    places: dict[tuple[str, ...], Spec] = {("arguments", name): spec for name, spec in (arguments or {}).items()}
    if returns is not None:
        places["returns",] = returns
    for keys, spec in places.items():
        dtypes = {leaf.dtype for leaf in spec_leaves(spec) if isinstance(leaf, ArraySpec)}
        for dtype in sorted(dtypes & _WIDE):
            message = f"{'.'.join(keys)}: {dtype} exists only with x64, which is off."
            mend = f"Write x64 = true, or declare {dtype.replace('64', '32').replace('128', '64')}."
            yield source.finding("needs-x64", keys, message, mend)


def _check_sizes(
    loaded: Mapping[str, Any], arguments: Mapping[str, Spec], returns: Spec | None, source: Source
) -> Iterator[Finding]:
    known = frozenset[str]().union(*map(size_names, arguments.values()))
    mend = f"Use a size of the arguments ({', '.join(sorted(known)) or 'they have none'})."
    for size in sorted(size_names(returns) - known) if returns is not None else ():
        message = f"returns: no argument has a size named {size}, so its value would not be known."
        yield source.finding("unknown-size", ("returns",), message, mend)
    rules = loaded.get("rules")
    looped = rules.get("may_not_unroll") if isinstance(rules, dict) else None
    if isinstance(looped, str) and looped not in known:
        message = f"rules.may_not_unroll: no argument has a size named {looped}."
        yield source.finding("unknown-size", ("rules", "may_not_unroll"), message, mend)


def _check_people(slug: str, manifest: Manifest, source: Source) -> Iterator[Finding]:
    if manifest.mode == "eager":
        message = 'mode: "eager" problems cannot be graded yet.'
        yield source.finding("not-supported", ("mode",), message, _MENDS["mode"])
    for required in manifest.prerequisites:
        if required == slug:
            mend = "Take its own name out of the list."
            yield source.finding("own-prerequisite", ("prerequisites",), "The problem requires itself.", mend)
        elif not is_slug(required):
            message = f"prerequisites: {required!r} is not the name of a problem."
            yield source.finding("bad-value", ("prerequisites",), message, _SLUG_MEND)
    for key, listed in (("tags", manifest.tags), ("prerequisites", manifest.prerequisites)):
        yield from _check_duplicates((key,), listed, source)


def _check_duplicates(keys: tuple[str, ...], listed: tuple[str, ...], source: Source) -> Iterator[Finding]:
    for item in sorted(item for item, count in Counter(listed).items() if count > 1):
        yield source.finding("bad-value", keys, f"{'.'.join(keys)}: {item!r} is listed twice.", "Keep it once.")


def _check_rules(manifest: Manifest, source: Source) -> Iterator[Finding]:
    required, forbidden = manifest.rules.required_calls, manifest.rules.forbidden_calls
    for key, names in (("required_calls", required), ("forbidden_calls", forbidden)):
        yield from _check_duplicates(("rules", key), names, source)
        for name in names:
            plain = name.removesuffix(".*") if key == "forbidden_calls" else name
            if not _CALL.fullmatch(plain):
                message = f"rules.{key}: {name!r} is not a dotted name."
                yield source.finding("bad-value", ("rules", key), message, _MENDS["rules"])
    for name in sorted(set(required) & set(forbidden)):
        message = f"rules: {name} is required and forbidden, so that nothing could pass."
        yield source.finding("bad-value", ("rules", "forbidden_calls"), message, "Take it out of one list.")


def _check_tolerances(manifest: Manifest, returns: Spec | None, source: Source) -> Iterator[Finding]:
    returned = {leaf.dtype for leaf in spec_leaves(returns) if isinstance(leaf, ArraySpec)} if returns else None
    for dtype in manifest.tolerances:
        if not dtype.startswith(("float", "bfloat", "complex")) or dtype not in DTYPES:
            message = f"tolerances: {dtype!r} is no dtype that is compared with a tolerance; all others are exact."
        elif returned is not None and dtype not in returned:
            message = f"tolerances: nothing of dtype {dtype} is returned."
        else:
            continue
        mend = "Name a floating or complex dtype that is returned, or delete the table."
        yield source.finding("bad-value", ("tolerances", dtype), message, mend)


def is_slug(name: str) -> bool:
    """Whether a problem, and so its function, may have this name: a lower-case identifier and no keyword."""
    return _SLUG.fullmatch(name) is not None and not keyword.iskeyword(name)
