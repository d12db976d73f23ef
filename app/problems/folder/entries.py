"""The functions of a problem and their declared types, as ``problem.toml`` gives them.

A problem with one function declares ``arguments`` and ``returns`` at the top; one with several declares each in a table
``[entries.NAME]``. Invariant: what comes back is as much as can be read, so that other files can be checked against it
in the same go; every fault is a finding.
"""

from __future__ import annotations

import keyword
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from app.problems.findings import Finding
from app.problems.folder.toml import Source
from app.problems.model import ArraySpec, Entry, Spec, StaticSpec
from app.problems.signature import SpecError, format_spec, parse_spec, size_names, spec_leaves

_WIDE = frozenset({"int64", "uint64", "float64", "complex128"})
_TYPE_MEND = 'Write for example "float32[N, 3]", "float32[]", "bool[N]?", "key", "static int" or "pytree".'

_TEXT = StaticSpec(type="str")

Keys = tuple[str, ...]


def read_entries(slug: str, loaded: Mapping[str, Any], source: Source, findings: list[Finding]) -> dict[str, Entry]:
    """Every function that is declared well, by name, in order; empty if any is not."""
    before = len(findings)
    tables = list(_tables(slug, loaded, source, findings))
    entries = {}
    for name, keys, table in tables:
        entry = _entry(keys, table, source, findings, eager=_is_eager(loaded))
        if entry is not None:
            entries[name] = entry
            findings += _check_x64(loaded, keys, entry, source)
            # A size that only values decide, as in x[x > 0], belongs to eager problems.
            findings += _check_sizes(keys, entry, source) if not _is_eager(loaded) else ()
    if loaded.get("entries") and all(entry.harness for entry in entries.values()) and not loaded.get("defines"):
        message = "Every entry point is the harness's, so that nothing says what a solution defines."
        mend = 'Add a table [defines] with a line per function, such as make_step = ["rate"].'
        findings.append(source.finding("missing-key", ("entries",), message, mend))
    return entries if len(findings) == before else {}


def parameters(slug: str, loaded: Mapping[str, Any]) -> dict[str, list[str]] | None:
    """The functions that a solution defines with the names of their parameters, known even if their types are faulty.

    None if not even these can be read.
    """
    wanted: dict[str, Any] = {}
    if isinstance(entries := loaded.get("entries"), dict):
        for name, table in entries.items():
            if isinstance(table, dict) and not table.get("harness"):
                wanted[name] = table.get("arguments")
    else:
        wanted[slug] = loaded.get("arguments")
    if not all(isinstance(named, dict) and all(map(_is_parameter, named)) for named in wanted.values()):
        return None
    found = {name: [*named] for name, named in wanted.items()}
    defined = loaded.get("defines")
    for name, named in defined.items() if isinstance(defined, dict) else ():
        if isinstance(named, tuple) and all(isinstance(each, str) for each in named):
            found[name] = [*named]
    return found


def _tables(
    slug: str, loaded: Mapping[str, Any], source: Source, findings: list[Finding]
) -> Iterator[tuple[str, Keys, Mapping[str, Any]]]:
    entries = loaded.get("entries")
    if entries is None:
        for key, mend in (
            ("arguments", 'Add a table [arguments] with one line per parameter, such as x = "float32[N]".'),
            ("returns", 'Declare the type that is returned, such as returns = "float32[N]".'),
        ):
            if key not in loaded:
                findings.append(source.finding("missing-key", (key,), f"{key} is not given.", mend))
        yield slug, (), loaded
        return
    for key in ("arguments", "returns"):
        if key in loaded:
            message = f"{key}: declared beside [entries], which declare their own."
            findings.append(source.finding("bad-value", (key,), message, "Move it into a table [entries.NAME]."))
    for name, table in entries.items() if isinstance(entries, dict) else ():
        if not _is_parameter(name):
            message = f"{name!r} cannot be the name of a function."
            findings.append(source.finding("bad-value", ("entries", name), message, "Name it as it is to be defined."))
        elif isinstance(table, dict):
            yield name, ("entries", name), table


def _is_parameter(name: str) -> bool:
    return name.isidentifier() and not keyword.iskeyword(name)


def _is_eager(loaded: Mapping[str, Any]) -> bool:
    return bool(loaded.get("mode") == "eager")


def _entry(
    keys: Keys, table: Mapping[str, Any], source: Source, findings: list[Finding], *, eager: bool
) -> Entry | None:
    before = len(findings)
    arguments: dict[str, Spec] = {}
    declared = table.get("arguments")
    for name, value in declared.items() if isinstance(declared, dict) else ():
        where = (*keys, "arguments", name)
        if not _is_parameter(name):
            message = f"{name!r} cannot be the name of a parameter."
            mend = "Name it as the parameter of the function is named."
            findings.append(source.finding("bad-value", where, message, mend))
        if (spec := _spec(value, where, source, findings)) is not None:
            arguments[name] = spec
    returns = None
    if "returns" in table:
        returns = _returns(table["returns"], (*keys, "returns"), source, findings, eager=eager)
    if len(findings) > before or not isinstance(declared, dict) or returns is None:
        return None
    return Entry(arguments=arguments, returns=returns, harness=bool(table.get("harness")))


def _returns(declared: object, keys: Keys, source: Source, findings: list[Finding], *, eager: bool) -> Spec | None:
    """The declared result. Strings are judged as they are where no program has to return them; numbers are arrays."""
    spec = _spec(declared, keys, source, findings)
    if spec is None:
        return None
    leaves = [leaf for leaf in spec_leaves(spec) if not (eager and leaf == _TEXT)]
    if eager and any(isinstance(leaf, StaticSpec) for leaf in leaves):
        message = f"{'.'.join(keys)}: {format_spec(spec)} has a Python number, which is judged as an array."
        mend = 'Declare the array that it becomes, such as "int64[]"; only static str may be returned.'
        findings.append(source.finding("bad-type", keys, message, mend))
        return None
    if eager and list(spec_leaves(spec)):
        return spec
    if not leaves or any(isinstance(leaf, StaticSpec) for leaf in leaves):
        message = (
            f"{'.'.join(keys)}: {format_spec(spec)} is not made of arrays alone, and what is not one is not graded."
        )
        findings.append(source.finding("bad-type", keys, message, "Declare at least one array and no statics."))
        return None
    return spec


def _spec(value: object, keys: Keys, source: Source, findings: list[Finding]) -> Spec | None:
    try:
        return parse_spec(value)
    except SpecError as error:
        findings.append(source.finding("bad-type", keys, f"{'.'.join(keys)}: {error}.", _TYPE_MEND))
        return None


def _check_x64(loaded: Mapping[str, Any], keys: Keys, entry: Entry, source: Source) -> Iterator[Finding]:
    """64-bit dtypes that JAX would cut; NumPy's arrays, and what an eager call makes of them, keep theirs."""
    library = loaded.get("eager")
    if loaded.get("x64") is True or (isinstance(library, dict) and library.get("arrays") == "numpy"):
        return
    places: dict[Keys, Spec] = {(*keys, "arguments", name): spec for name, spec in entry.arguments.items()}
    if not _is_eager(loaded):
        places[(*keys, "returns")] = entry.returns
    for where, spec in places.items():
        dtypes = {leaf.dtype for leaf in spec_leaves(spec) if isinstance(leaf, ArraySpec)}
        for dtype in sorted(dtypes & _WIDE):
            message = f"{'.'.join(where)}: {dtype} exists only with x64, which is off."
            mend = f"Write x64 = true, or declare {dtype.replace('64', '32').replace('128', '64')}."
            yield source.finding("needs-x64", where, message, mend)


def _check_sizes(keys: Keys, entry: Entry, source: Source) -> Iterator[Finding]:
    known = known_sizes([entry])
    for size in sorted(size_names(entry.returns) - known):
        where = (*keys, "returns")
        message = f"{'.'.join(where)}: no argument has a size named {size}, so its value would not be known."
        mend = f"Use a size of the arguments ({', '.join(sorted(known)) or 'they have none'})."
        yield source.finding("unknown-size", where, message, mend)


def known_sizes(entries: Sequence[Entry]) -> frozenset[str]:
    """The named sizes of all arguments."""
    return frozenset[str]().union(*(size_names(spec) for entry in entries for spec in entry.arguments.values()))
