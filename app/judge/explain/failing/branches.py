"""Python's own choices, which need True or False of a traced array: which one it is, and what to write instead.

Invariant: code is written out only where ``jnp.where`` chooses between arrays, and means what the branches did: no
branch reads what the other lines of it assign.
"""

from __future__ import annotations

import ast
from collections.abc import Sequence

from app.judge.explain.failing.arrays import is_array, is_container
from app.judge.explain.failing.conditions import Condition, condition_of, traced_names
from app.judge.explain.failing.seen import NAME, NOTHING, Because, Seen, names_in, span
from app.judge.explain.rewriting import called, code_of, import_text, jnp_name, unparsed
from app.judge.explain.wording import listed, one_line

#: Python's own functions that ask more of an array than whether it is true.
_ASKING = {"max", "min", "sorted", "any", "all", "int", "float", "isinstance"}
#: Most names that branches assign and one sentence speaks of.
_MOST = 6
_CHECK = "Leave the check out, or check shapes and dtypes, which are known"


def truth(seen: Seen) -> Because:
    """What asks for True or False on the line, if just one thing does."""
    asking = [node for node in seen.clues.nodes if isinstance(node, _WHOLE) and _is_asked(seen, node)]
    if any(_builtin(part) in _ASKING or getattr(part, "ifs", []) for part in _on(seen)):
        return NOTHING
    if len(asking) != 1:
        return NOTHING if asking else _combined(seen)
    node = asking[0]
    assert isinstance(node, _WHOLE)
    inside = {id(part) for part in ast.walk(node.test)}
    if any(_asks(part) and id(part) not in inside for part in _on(seen)):
        return NOTHING
    condition = condition_of(seen, node.test)
    match node:
        case ast.If():
            because = _branches(seen, node, condition)
        case ast.While():
            because = _loop(condition)
        case ast.IfExp():
            because = _either(seen, node, condition)
        case _:
            because = Because(choice=f"{_CHECK}: `assert x.ndim == 1`")
    word = {ast.While: "while", ast.Assert: "assert"}.get(type(node), "if")
    return Because(because.cause, because.choice, _needed(seen, word, node.test))


_WHOLE = (ast.If, ast.While, ast.IfExp, ast.Assert)


def _is_asked(seen: Seen, node: ast.If | ast.While | ast.IfExp | ast.Assert) -> bool:
    return node.test.lineno <= seen.line <= (node.test.end_lineno or 0)


def _on(seen: Seen) -> list[ast.AST]:
    """What is on the line, the conditions of comprehensions too, which have no line of their own."""
    found = seen.clues.on(seen.line)
    return [*found, *(each for node in found for each in getattr(node, "generators", []))]


def _asks(node: ast.AST) -> bool:
    """Whether an expression asks for True or False by itself."""
    is_not = isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not)
    is_chain = isinstance(node, ast.Compare) and len(node.ops) > 1
    return isinstance(node, ast.BoolOp) or is_not or is_chain or _builtin(node) == "bool"


def _builtin(node: ast.AST) -> str:
    return node.func.id if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) else ""


def _needed(seen: Seen, word: str, test: ast.expr) -> str:
    """What Python needs, and which array cannot say it; empty where that is not plain."""
    while isinstance(test, ast.UnaryOp) and isinstance(test.op, ast.Not):
        test = test.operand
    names, code = traced_names(seen, test), code_of(seen.clues, test)
    if len(names) != 1 or not code:
        return ""
    name = one_line(names[0], NAME)
    has = "it" if code == name else f"`{code}`"
    return (
        f"Python's `{word}` needs True or False, but `{name}` is a traced array, so {has} has no value while JAX "
        "traces the function"
    )


def _branches(seen: Seen, node: ast.If, condition: Condition | None) -> Because:
    if isinstance(node.body[0], ast.Raise):
        return Because(choice=f"{_CHECK}, such as `x.ndim`")
    if any(isinstance(statement, ast.Break | ast.Continue) for statement in node.body):
        return Because(
            choice="A loop that ends by a value is `jax.lax.while_loop(condition, body, start)`: its condition ends it"
        )
    written = _written(seen, node, condition) if condition else ""
    if written:
        return Because(written)
    code = unparsed(condition.test) if condition else ""
    # What is written the other way round would only confuse where the results are not.
    code = code if condition and not condition.swapped and code else "condition"
    where = f"`{jnp_name(seen.clues)}.where({code}, a, b)`"
    return Because(choice=f"Choose between results with {where}, or between computations with `jax.lax.cond`")


def _written(seen: Seen, node: ast.If, condition: Condition) -> str:
    """The statements that take the place of a whole ``if``; empty where they could mean something else."""
    last, returned = _returned(seen, node)
    if returned:
        code = _where(seen, condition, *returned)
        return f"Instead of {span(node.lineno, last)} write `return {code}`{_imported(seen)}" if code else ""
    pairs = _pairs(seen, node)
    names = [*pairs]
    if len(names) > 1 and names_in(condition.test) & {*names}:
        return ""
    codes = [_where(seen, condition, *values) for values in pairs.values()]
    if not codes or not all(codes):
        return ""
    same = f", and the same for {listed([f'`{one_line(name, NAME)}`' for name in names[1:]])}" if names[1:] else ""
    first = one_line(names[0], NAME)
    return f"Instead of {span(node.lineno, node.end_lineno)} write `{first} = {codes[0]}`{same}{_imported(seen)}"


def _pairs(seen: Seen, node: ast.If) -> dict[str, tuple[ast.expr, ast.expr]]:
    """What each name is in the one branch and in the other; empty where the order of the lines matters."""
    new, old = _assigned(node.body) or {}, _assigned(node.orelse)
    if not node.orelse and all(_is_bound_before(seen, name, node) for name in new):
        old = {name: ast.Name(name, ast.Load()) for name in new}
    if old is None or old.keys() != new.keys() or len(new) > _MOST:
        return {}
    values = [(name, value) for branch in (new, old) for name, value in branch.items()]
    if any(names_in(value) & (new.keys() - {name}) for name, value in values):
        return {}
    return {name: (value, old[name]) for name, value in new.items()}


def _imported(seen: Seen) -> str:
    return f". {add}" if (add := import_text(seen.clues)) else ""


def _returned(seen: Seen, node: ast.If) -> tuple[int, list[ast.expr]]:
    """The last line, and what both branches return, the second perhaps below the ``if``."""
    others: Sequence[ast.stmt] = node.orelse or _next(seen, node)
    match node.body, others:
        case [ast.Return(value=ast.expr() as one)], [ast.Return(value=ast.expr() as other) as ending]:
            return ending.end_lineno or 0, [one, other]
    return 0, []


def _next(seen: Seen, node: ast.If) -> list[ast.stmt]:
    for around in seen.clues.nodes:
        body = getattr(around, "body", None)
        if isinstance(body, list) and node in body:
            place = body.index(node) + 1
            return body[place : place + 1]
    return []


def _assigned(body: Sequence[ast.stmt]) -> dict[str, ast.expr] | None:
    """What a branch assigns, by name; None where it does anything else, or assigns a name twice."""
    found: list[tuple[ast.expr, ast.expr]] = []
    for statement in body:
        match statement:
            case ast.Assign(targets=[ast.Tuple(elts=names)], value=ast.Tuple(elts=values)) if len(names) == len(values):
                found += zip(names, values, strict=True)
            case ast.Assign(targets=[target], value=value):
                found.append((target, value))
            case ast.AugAssign(target=ast.Name(id=name), op=operator, value=value):
                found.append((statement.target, ast.BinOp(ast.Name(name, ast.Load()), operator, value)))
            case ast.Pass():
                continue
            case _:
                return None
    by_name = {target.id: value for target, value in found if isinstance(target, ast.Name)}
    return by_name if len(by_name) == len(found) else None


def _is_bound_before(seen: Seen, name: str, node: ast.stmt) -> bool:
    function = seen.scope(node)
    if function is None:
        return False
    if name in [argument.arg for argument in (*function.args.posonlyargs, *function.args.args)]:
        return True
    before = [statement for statement in function.body if statement.lineno < node.lineno]
    return any(isinstance(target, ast.Name) and target.id == name for target in _targets(before))


def _targets(statements: Sequence[ast.stmt]) -> list[ast.expr]:
    targets = [target for each in statements if isinstance(each, ast.Assign) for target in each.targets]
    return [part for target in targets for part in (target.elts if isinstance(target, ast.Tuple) else [target])]


def _where(seen: Seen, condition: Condition, new: ast.expr, old: ast.expr) -> str:
    """The choice between two values in code; empty where they may be no arrays, or are long."""
    if is_container(new) or is_container(old) or not (is_array(seen, new) or is_array(seen, old)):
        return ""
    values = (old, new) if condition.swapped else (new, old)
    test = condition.code or unparsed(condition.test)
    return called(f"{jnp_name(seen.clues)}.where", test, *(_code(seen, value) for value in values))


def _code(seen: Seen, node: ast.expr) -> str:
    return code_of(seen.clues, node) if hasattr(node, "lineno") else unparsed(node)


def _loop(condition: Condition | None) -> Because:
    code = unparsed(condition.test) if condition and not condition.swapped and condition.changed else ""
    returning = f", whose condition returns `{code}`" if code else ""
    return Because(
        choice=f"Loop with `jax.lax.while_loop(condition, body, start)`{returning}, or, a fixed number of times, with "
        "`jax.lax.fori_loop`"
    )


def _either(seen: Seen, node: ast.IfExp, condition: Condition | None) -> Because:
    code = _where(seen, condition, node.body, node.orelse) if condition else ""
    if not code:
        return Because(
            choice=f"Write `{jnp_name(seen.clues)}.where(condition, a, b)` instead of `a if condition else b`"
        )
    whole = code_of(seen.clues, node)
    instead = f" instead of `{whole}`" if whole else ""
    return Because(f"In line {node.lineno} write `{code}`{instead}{_imported(seen)}")


def _combined(seen: Seen) -> Because:
    """``and``, ``or``, ``not`` or ``bool`` outside of any condition."""
    for node in seen.clues.on(seen.line):  # what begins first holds the others
        if not _asks(node):
            continue
        assert isinstance(node, ast.expr)
        condition = condition_of(seen, node, whole=True)
        code = unparsed(condition.test) if condition and condition.boolean else ""
        whole = code_of(seen.clues, node)
        return Because(f"In line {seen.line} write `{code}` instead of `{whole}`") if code and whole else NOTHING
    return NOTHING
