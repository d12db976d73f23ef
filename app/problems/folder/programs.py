"""The rules on programs in ``problem.toml``: names that exist, once each, and nothing both required and forbidden.

Invariant: whatever is wrong with them is a finding at its own line.
"""

from __future__ import annotations

import difflib
from collections import Counter
from collections.abc import Iterator
from collections.abc import Set as AbstractSet

from app.problems.findings import Finding
from app.problems.folder.toml import Source
from app.problems.model import Rules
from sandbox.jobs import Device
from sandbox.operations import known
from sandbox.tree import DTYPES


def check_program_rules(rules: Rules, device: Device, source: Source) -> Iterator[Finding]:
    """Findings on the rules about programs, which are evaluated on ``device``."""
    operations = known("cuda" if device == "gpu" else "cpu")
    for key, names, existing in (
        ("required_operations", rules.required_operations, operations),
        ("forbidden_operations", rules.forbidden_operations, operations),
        ("forbidden_dtypes", rules.forbidden_dtypes, DTYPES.keys()),
    ):
        for name, count in sorted(Counter(names).items()):
            if name not in existing:
                yield _unknown(key, name, existing, source)
            elif count > 1:
                message = f"rules.{key}: {name!r} is listed twice."
                yield source.finding("bad-value", ("rules", key), message, "Keep it once.")
    for name in sorted({*rules.required_operations} & {*rules.forbidden_operations}):
        message = f"rules: {name} is required and forbidden, so that nothing could pass."
        yield source.finding("bad-value", ("rules", "forbidden_operations"), message, "Take it out of one list.")


def _unknown(key: str, name: str, existing: AbstractSet[str], source: Source) -> Finding:
    what = "dtype" if key == "forbidden_dtypes" else "operation that a program can have"
    plain = name.removeprefix("stablehlo.")
    begun = [each for each in sorted(existing) if plain and each.startswith(plain)]
    close = (begun or difflib.get_close_matches(plain, sorted(existing), cutoff=0.5))[:3]
    mend = f"Write one of {', '.join(close)}." if close else "Write names such as while, dot_general, custom_call."
    if what == "dtype" and not close:
        mend = f"Write one of {', '.join(sorted(existing))}."
    return source.finding("bad-value", ("rules", key), f"rules.{key}: {name!r} is no {what}.", mend)
