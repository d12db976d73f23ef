"""Whether a source defines the function that a problem asks for, as far as its syntax tree can tell.

Invariant: a source is refused only for what must fail at run time. A name bound by anything but a plain definition (a
call, an import, a decorator that may change the parameters) is left to the tracer, which looks at the real object.
"""

from __future__ import annotations

import ast
import difflib
import unicodedata
from collections.abc import Iterator, Mapping, Sequence

from app.judge.explain.wording import one_line
from app.judge.source import Source, SourceProblem

#: Longest list of functions that a message names.
_NAMED = 5
#: Builtins through which a module can bind a name without its being written down.
_DYNAMIC = frozenset({"exec", "globals", "locals", "vars"})

_Function = ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda
#: Expressions whose value is never a function.
_VALUES = (ast.Constant, ast.JoinedStr, ast.List, ast.Tuple, ast.Dict, ast.Set, ast.ListComp, ast.DictComp)


def find_functions(source: Source, functions: Mapping[str, Sequence[str]]) -> SourceProblem | None:
    """The first thing that keeps a function from being called, by its name with its parameters, or None."""
    found = (find_entry(source, name, parameters) for name, parameters in functions.items())
    return next((problem for problem in found if problem is not None), None)


def find_entry(source: Source, entry: str, parameters: Sequence[str]) -> SourceProblem | None:
    """What keeps ``entry`` from being called with one positional argument per parameter, or None."""
    found = [(node, value) for name, node, value in _bindings(source.tree) if name == entry]
    if not found:
        return None if _binds_unseen(source.tree, entry) else _missing(source, entry, parameters)
    problems = [_check(node, value, entry, parameters) for node, value in found]
    # Of several definitions the last one to run counts, and which that is may depend on a condition.
    return None if None in problems else problems[-1]


def _bindings(tree: ast.Module) -> Iterator[tuple[str, ast.AST, ast.expr | None]]:
    """Names that the module's own scope binds: the name, the node to blame and the value where it is plain."""
    pending: list[ast.AST] = list(reversed(tree.body))
    while pending:
        node = pending.pop()
        match node:
            case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name) | ast.ClassDef(name=name):
                yield name, node, None
                continue
            case ast.Lambda():
                continue
            case ast.Assign(targets=targets, value=value):
                yield from ((target.id, node, value) for target in targets if isinstance(target, ast.Name))
                pending.extend(target for target in targets if not isinstance(target, ast.Name))
                pending.append(value)
                continue
            case ast.AnnAssign(target=ast.Name(id=name), value=value):
                if value is not None:
                    yield name, node, value
                continue
            case ast.Import(names=names) | ast.ImportFrom(names=names):
                yield from ((alias.asname or alias.name.split(".")[0], alias, None) for alias in names)
            case ast.Name(id=name, ctx=ast.Store()):
                yield name, node, None
        pending.extend(reversed(list(ast.iter_child_nodes(node))))


def _binds_unseen(tree: ast.Module, entry: str) -> bool:
    """Whether the name may come from a star import, a ``global`` statement or the module's dictionary."""
    for node in ast.walk(tree):
        match node:
            case ast.ImportFrom(names=[ast.alias(name="*")]):
                return True
            case ast.Global(names=names) if entry in names:
                return True
            case ast.Name(id=name) if name in _DYNAMIC:
                return True
    return False


def _check(node: ast.AST, value: ast.expr | None, entry: str, parameters: Sequence[str]) -> SourceProblem | None:
    line = getattr(node, "lineno", 0)
    wanted = _definition(entry, parameters)
    match node, value:
        case ast.ClassDef(), _:
            return SourceProblem(f"Line {line}: `{entry}` is a class. Write it as a function: `{wanted}`.", line)
        case ast.AsyncFunctionDef(), _:
            return SourceProblem(f"Line {line}: `{entry}` is an async function. Remove the word `async`.", line)
        case ast.FunctionDef(decorator_list=[]), _:
            return _check_parameters(node, entry, parameters, line)
        case _, ast.Lambda() as function:
            return _check_parameters(function, entry, parameters, line)
    if isinstance(value, _VALUES):
        return SourceProblem(
            f"Line {line}: `{entry}` is a value, not a function. Write it as a function that returns its result: "
            f"`{wanted}`.",
            line,
        )
    return None


def _check_parameters(function: _Function, entry: str, parameters: Sequence[str], line: int) -> SourceProblem | None:
    arguments = function.args
    most = len(arguments.posonlyargs) + len(arguments.args)
    least = most - len(arguments.defaults)
    named = [name.arg for name, default in zip(arguments.kwonlyargs, arguments.kw_defaults, strict=True) if not default]
    enough = least <= len(parameters) and (len(parameters) <= most or arguments.vararg is not None)
    if enough and not named:
        return None
    wanted = ", ".join(parameters)
    count = f"{len(parameters)} parameter{'' if len(parameters) == 1 else 's'}"
    yours = one_line(", ".join(_parameter_names(arguments)), 120)
    return SourceProblem(
        f"Line {line}: `{entry}` is called with {count}, as `{entry}({wanted})`, but yours is `{entry}({yours})`. "
        f"Change it to `{_definition(entry, parameters)}`.",
        line,
    )


def _parameter_names(arguments: ast.arguments) -> Iterator[str]:
    """The parameters as they are written, with ``...`` for each default."""
    positional = [*arguments.posonlyargs, *arguments.args]
    for index, argument in enumerate(positional):
        yield argument.arg + ("=..." if index >= len(positional) - len(arguments.defaults) else "")
    if arguments.vararg or arguments.kwonlyargs:
        yield f"*{arguments.vararg.arg if arguments.vararg else ''}"
    for argument, default in zip(arguments.kwonlyargs, arguments.kw_defaults, strict=True):
        yield argument.arg + ("=..." if default else "")
    if arguments.kwarg:
        yield f"**{arguments.kwarg.arg}"


def _missing(source: Source, entry: str, parameters: Sequence[str]) -> SourceProblem:
    wanted = _definition(entry, parameters)
    for node in ast.walk(source.tree):
        if isinstance(node, ast.FunctionDef) and node.name == entry:
            return SourceProblem(
                f"Line {node.lineno}: `{entry}` is defined inside another block, where the judge cannot call it. "
                f"Move it to the left margin: `{wanted}`.",
                node.lineno,
            )
    defined = {node.name: node.lineno for node in source.tree.body if isinstance(node, ast.FunctionDef)}
    folded = {name.casefold(): name for name in defined}
    close = difflib.get_close_matches(entry.casefold(), folded, n=1)
    if close:
        name = folded[close[0]]
        return SourceProblem(
            f"There is no function `{entry}` in the source. Did you mean line {defined[name]}, "
            f"`{one_line(name, 80)}`{_foreign(name)}? Name it `{entry}`.",
            defined[name],
        )
    names = ", ".join(f"`{one_line(name, 80)}`" for name in list(defined)[:_NAMED])
    found = f" It defines {names}{' and others' if len(defined) > _NAMED else ''}." if defined else ""
    return SourceProblem(f"There is no function `{entry}` in the source.{found} Define it as `{wanted}`.")


def _foreign(name: str) -> str:
    """Names the first character that is not ASCII, since it may look like one that is."""
    for character in name:
        if not character.isascii():
            return f" (with U+{ord(character):04X} {unicodedata.name(character, 'unnamed character')} in it)"
    return ""


def _definition(entry: str, parameters: Sequence[str]) -> str:
    return f"def {entry}({', '.join(parameters)}):"
