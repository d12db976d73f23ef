"""The table ``[rules]`` of ``problem.toml``: rules on the source that mean something and can be kept.

Invariant: a rule that comes through can be broken and can be kept, as far as it can be told without a source.
"""

from __future__ import annotations

import difflib
import keyword
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from app.judge.rules.statements import STATEMENTS
from app.judge.rules.style import covers
from app.problems.findings import Finding
from app.problems.folder.toml import Source
from app.problems.model import Rules

_MODULES = 'Write a list of dotted names of modules, such as ["jax.numpy"].'
_NAMES = 'Write a list of dotted names, such as ["jax.vmap"].'
_CONSTRUCTS = 'Write a list of constructs, such as ["for", "while"].'

#: What a right value looks like, by dotted key.
RULE_MENDS: Mapping[str, str] = {
    "rules.required_imports": _MODULES,
    "rules.forbidden_imports": _MODULES,
    "rules.required_calls": _NAMES,
    "rules.forbidden_calls": _NAMES,
    "rules.required_statements": _CONSTRUCTS,
    "rules.forbidden_statements": _CONSTRUCTS,
    "rules": 'Add a table [rules], such as one with required_calls = ["jax.vmap"].',
}


def check_duplicates(keys: tuple[str, ...], listed: Sequence[str], source: Source) -> Iterator[Finding]:
    """What a list names more than once."""
    for item in sorted(item for item, count in Counter(listed).items() if count > 1):
        yield source.finding("bad-value", keys, f"{'.'.join(keys)}: {item!r} is listed twice.", "Keep it once.")


def check_rules(rules: Rules, source: Source) -> Iterator[Finding]:
    """Names that are none, are listed twice, or are required and forbidden at once."""
    for what in ("imports", "calls", "statements"):
        required, forbidden = getattr(rules, f"required_{what}"), getattr(rules, f"forbidden_{what}")
        for key, names in ((f"required_{what}", required), (f"forbidden_{what}", forbidden)):
            yield from check_duplicates(("rules", key), names, source)
            check = _check_construct if what == "statements" else _check_name
            for name in names:
                yield from check(key, name, source)
        for name in required:
            for other in forbidden:
                if name == other or ((what == "imports" or other.endswith(".*")) and covers(other, name)):
                    yield _contradiction(f"forbidden_{what}", name, other, source)


def _contradiction(key: str, required: str, forbidden: str, source: Source) -> Finding:
    through = "" if required == forbidden else f", by {forbidden}"
    message = f"rules: {required} is required and forbidden{through}, so that nothing could pass."
    return source.finding("bad-value", ("rules", key), message, "Take it out of one list.")


def _check_name(key: str, name: str, source: Source) -> Iterator[Finding]:
    plain = name.removesuffix(".*") if key.startswith("forbidden") else name
    if not all(part.isidentifier() and not keyword.iskeyword(part) for part in plain.split(".")):
        message = f"rules.{key}: {name!r} is not a dotted name."
        yield source.finding("bad-value", ("rules", key), message, RULE_MENDS[f"rules.{key}"])


def _check_construct(key: str, name: str, source: Source) -> Iterator[Finding]:
    if name not in STATEMENTS:
        close = difflib.get_close_matches(name, STATEMENTS, n=1)
        mend = f"Write {close[0]}." if close else f"Take one of {', '.join(STATEMENTS)}."
        message = f"rules.{key}: {name!r} is no construct that a rule can be about."
        yield source.finding("bad-value", ("rules", key), message, mend)
