"""What an author's own Python files define, read from their syntax trees.

They are held to what a learner's must keep to, and by the same checks. Filed submissions are not checked here: some
are filed because they cannot be parsed or lack the function, and the judge says so. Invariant: nothing here compiles or
runs an author's code; parsing is all that happens to it.
"""

from __future__ import annotations

import ast
from collections.abc import Sequence

from app.judge.entry import find_entry
from app.judge.source import Source, SourceProblem, check_source
from app.problems.findings import Finding

#: The parameters of every function in ``compare.py``.
COMPARED = ("inputs", "expected", "got")


def parse_python(text: str, file: str, findings: list[Finding], code: str = "python-syntax") -> Source | None:
    """Python with its syntax tree; None, and a finding, if it would be refused as a submission.

    Args:
        text: the Python, whose lines are those of ``file``.
        file: its path within the folder.
        findings: where faults are added.
        code: of the finding.
    """
    source = check_source(text.encode())
    if isinstance(source, Source):
        return source
    if not source.line and all(line.strip()[:1] in ("", "#") for line in text.splitlines()):
        findings.append(Finding(code, file, None, "There is no code in this file.", "Write it."))
    else:
        findings.append(_refused(code, file, source))
    return None


def check_entry(
    source: Source, file: str, entry: str, parameters: Sequence[str] | None, findings: list[Finding]
) -> None:
    """The file must define the problem's function, with the declared parameters where they can be read.

    Args:
        source: the file.
        file: its path within the folder.
        entry: the function's name.
        parameters: the declared names in order; None, which leaves the function unchecked, if there is no declaration.
        findings: where faults are added.
    """
    if parameters is None:
        return
    found = _function(source.tree, entry)
    if found is None:
        if problem := find_entry(source, entry, parameters):
            findings.append(_refused("missing-function", file, problem))
    elif _parameters(found.args) != list(parameters):
        message = f"{entry} takes ({', '.join(_parameters(found.args))}); declared are ({', '.join(parameters)})."
        mend = f"Write def {entry}({', '.join(parameters)}): or change [arguments] in problem.toml."
        findings.append(Finding("wrong-parameters", file, found.lineno, message, mend))


def check_cases(source: Source, file: str, findings: list[Finding]) -> None:
    """``cases.py`` must define ``public()`` and ``hidden(rng)``."""
    for name, parameters in (("public", []), ("hidden", ["rng"])):
        signature = f"def {name}({', '.join(parameters)}):"
        found = _function(source.tree, name)
        if found is None:
            message = f"There is no plain function named {name} at the left margin."
            findings.append(Finding("missing-function", file, None, message, f"Define it: {signature}"))
        elif _parameters(found.args) != parameters:
            message = (
                f"{name} takes ({', '.join(_parameters(found.args))}); it is called with ({', '.join(parameters)})."
            )
            findings.append(Finding("wrong-parameters", file, found.lineno, message, f"Write {signature}"))


def compared_entries(source: Source, file: str, entries: Sequence[str], findings: list[Finding]) -> dict[str, str]:
    """Which entry points ``compare.py`` compares results of, each with the function that does.

    Args:
        source: the file.
        file: its path within the folder.
        entries: every entry point of the problem; empty, which leaves the file unchecked, if they could not be read.
        findings: where faults are added.
    """
    wanted = {f"compare_{entry}": entry for entry in entries} if len(entries) > 1 else {"compare": "".join(entries)}
    named = {node.name: node for node in source.tree.body if isinstance(node, ast.FunctionDef)}
    if not entries:
        return {}
    for name, node in named.items():
        if name in wanted and _parameters(node.args) != list(COMPARED):
            message = f"{name} takes ({', '.join(_parameters(node.args))}); it is called with ({', '.join(COMPARED)})."
            mend = f"Write def {name}({', '.join(COMPARED)}):"
            findings.append(Finding("wrong-parameters", file, node.lineno, message, mend))
        elif name.startswith("compare") and name not in wanted:
            message = f"{name} is called by nobody; the functions here are {', '.join(wanted)}."
            findings.append(Finding("unknown-name", file, node.lineno, message, "Rename it."))
    if not wanted.keys() & named.keys():
        message = f"There is no plain function named {' or '.join(wanted)} at the left margin."
        mend = f"Define it: def {next(iter(wanted))}({', '.join(COMPARED)}):"
        findings.append(Finding("missing-function", file, None, message, mend))
    return {entry: name for name, entry in wanted.items() if name in named}


def _refused(code: str, file: str, problem: SourceProblem) -> Finding:
    message = f'A learner who submitted this would be told: "{problem.message}"'
    return Finding(code, file, problem.line or None, message, "Mend it; all Python here keeps to the same rules.")


def _function(tree: ast.Module, name: str) -> ast.FunctionDef | None:
    """The last plain definition of ``name`` at the left margin."""
    named = [found for found in tree.body if isinstance(found, ast.FunctionDef) and found.name == name]
    return named[-1] if named else None


def _parameters(arguments: ast.arguments) -> list[str]:
    """Parameter names in order; dots stand for all that is not one plain parameter, and equal no declared name."""
    names = [argument.arg for argument in (*arguments.posonlyargs, *arguments.args)]
    return names + ["..."] * bool(arguments.vararg or arguments.kwonlyargs or arguments.kwarg)
