"""``[statistics]`` of ``problem.toml``: which function returns random results, and from which key.

Invariant: it comes back only if the named parameter is one PRNG key, typed or as two words of key data.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from pydantic import Field

from app.problems.findings import Finding
from app.problems.folder.toml import Source
from app.problems.model import ArraySpec, Check, Entry, Model, Statistics
from sandbox.tree import KEY

#: What can be a key, as dtype and shape.
_KEYS = ((KEY, ()), ("uint32", (2,)))


class StatisticsTable(Model):
    """The keys of ``[statistics]``; ``app.problems.model.Statistics`` says what they mean."""

    entry: str = ""
    key: str = ""
    keys: int = Field(default=256, ge=64, le=1024)


def read_statistics(
    table: StatisticsTable | None,
    entries: Mapping[str, Entry],
    checks: Sequence[Check],
    source: Source,
    findings: list[Finding],
) -> Statistics | None:
    """The declaration; None, and a finding if there is one, unless it is given and right."""
    if table is None:
        return None
    name = table.entry or next(iter(entries))
    if name not in entries:
        message = f"statistics: there is no entry point {name!r}."
        findings.append(_finding("unknown-name", message, f"Use one of {', '.join(entries)}.", source))
        return None
    if any(check.entry == name for check in checks):
        message = f"statistics: the results of {name} are random, and checks compare results."
        findings.append(_finding("bad-value", message, "Take out one or the other.", source))
    declared = {
        each: (spec.dtype, spec.shape)
        for each, spec in entries[name].arguments.items()
        if isinstance(spec, ArraySpec) and (spec.dtype, spec.shape) in _KEYS
    }
    typed = [each for each, (dtype, _) in declared.items() if dtype == KEY]
    if table.key in declared:
        return Statistics(entry=name, key=table.key, keys=table.keys)
    if not table.key and len(typed) == 1:
        return Statistics(entry=name, key=typed[0], keys=table.keys)
    if table.key:
        message = f"statistics: {table.key!r} is no parameter of {name} that is one PRNG key."
        mend = f'Name one that is declared "{KEY}" or "uint32[2]": {", ".join(declared) or "there is none"}.'
        findings.append(_finding("unknown-name", message, mend, source))
    else:
        message = f"statistics: {name} has {len(typed)} parameters that are typed keys, so that key must name one."
        findings.append(_finding("missing-key", message, 'Write key = "..." with the name of the parameter.', source))
    return None


def _finding(code: str, message: str, mend: str, source: Source) -> Finding:
    return source.finding(code, ("statistics",), message, mend)
