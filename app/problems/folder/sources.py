"""What the Python files of a folder define, read from their syntax trees.

Invariant: nothing here compiles or runs an author's code; parsing is all that happens to it.
"""

from __future__ import annotations

import ast
import warnings
from collections.abc import Sequence

from app.problems.findings import Finding


def parse_python(text: str, file: str, findings: list[Finding]) -> ast.Module | None:
    """The syntax tree of a Python file; None, and a finding with line and column, if it has none."""
    mend = "Correct the Python; it must parse before it can run."
    try:
        with warnings.catch_warnings():
            # A doubtful escape in a string is the author's style, and no reason for this process to warn.
            warnings.simplefilter("ignore")
            return ast.parse(text)
    except SyntaxError as error:
        column = f" at column {error.offset}" if error.offset else ""
        findings.append(Finding("python-syntax", file, error.lineno or None, f"{error.msg}{column}.", mend))
    except (RecursionError, MemoryError):
        message = "Nested too deeply for Python's parser."
        findings.append(Finding("python-syntax", file, None, message, "Write it with less nesting."))
    except ValueError as error:
        findings.append(Finding("python-syntax", file, None, f"{error}.", mend))
    return None


def check_entry(
    module: ast.Module, file: str, entry: str, parameters: Sequence[str] | None, findings: list[Finding]
) -> None:
    """The file must define the problem's function, with the declared parameters where they can be read.

    A name that is assigned or imported (``f = jax.jit(g)``) is left to the sandbox, which calls it.

    Args:
        module: the file's syntax tree.
        file: its path within the folder.
        entry: the function's name.
        parameters: the declared names in order; None if the declaration itself is faulty.
        findings: where faults are added.
    """
    signature = f"def {entry}({', '.join(parameters or ('...',))}):"
    found = _definition(module, entry)
    match found:
        case None:
            message = f"There is no function named {entry} at the top level."
            findings.append(Finding("missing-function", file, None, message, f"Define it: {signature}"))
        case ast.FunctionDef():
            if parameters is not None and _parameters(found.args) != list(parameters):
                message = f"{entry} takes ({ast.unparse(found.args)}); declared are ({', '.join(parameters)})."
                mend = f"Write {signature} or change [arguments] in problem.toml."
                findings.append(Finding("wrong-parameters", file, found.lineno, message, mend))
        case ast.ClassDef() | ast.AsyncFunctionDef():
            kind = "a class" if isinstance(found, ast.ClassDef) else "a coroutine"
            message = f"{entry} is {kind}, not a plain function."
            findings.append(Finding("missing-function", file, found.lineno, message, f"Define it: {signature}"))
        case ast.Assign(value=value) | ast.AnnAssign(value=value) if not isinstance(
            value, ast.Call | ast.Name | ast.Attribute | ast.Lambda | ast.IfExp | ast.Subscript
        ):
            message = f"{entry} is assigned a value that is no function."
            findings.append(Finding("missing-function", file, found.lineno, message, f"Define it: {signature}"))


def check_cases(module: ast.Module, file: str, findings: list[Finding]) -> None:
    """``cases.py`` must define ``public()`` and ``hidden(rng)``."""
    for name, parameters in (("public", []), ("hidden", ["rng"])):
        signature = f"def {name}({', '.join(parameters)}):"
        found = _definition(module, name)
        if not isinstance(found, ast.FunctionDef):
            line = None if found is None else found.lineno
            message = f"There is no function named {name} at the top level."
            findings.append(Finding("missing-function", file, line, message, f"Define it: {signature}"))
        elif _parameters(found.args) != parameters:
            message = f"{name} takes ({ast.unparse(found.args)}); it is called with ({', '.join(parameters)})."
            findings.append(Finding("wrong-parameters", file, found.lineno, message, f"Write {signature}"))


def _definition(module: ast.Module, name: str) -> ast.stmt | None:
    """The last statement at the top level that binds ``name``; only the forms an author would use are looked at."""
    for statement in reversed(module.body):
        match statement:
            case ast.FunctionDef(name=bound) | ast.AsyncFunctionDef(name=bound) | ast.ClassDef(name=bound):
                names = [bound]
            case ast.Assign(targets=targets):
                names = [target.id for target in targets if isinstance(target, ast.Name)]
            case ast.AnnAssign(target=ast.Name(id=bound), value=ast.expr()):
                names = [bound]
            case ast.ImportFrom(names=aliases):
                names = [alias.asname or alias.name for alias in aliases]
            case _:
                continue
        if name in names:
            return statement
    return None


def _parameters(arguments: ast.arguments) -> list[str]:
    """Parameter names in order; a ``*`` stands for all that is not one plain parameter, and equals no declared name."""
    names = [argument.arg for argument in (*arguments.posonlyargs, *arguments.args)]
    return names + ["*"] * bool(arguments.vararg or arguments.kwonlyargs or arguments.kwarg)
