"""Slips in expressions: other operators, dropped terms, changed constants, turned comparisons, swapped names.

Every function here takes one node of a syntax tree and says what a slip would have made of it. Invariant: nodes that
come in are never changed; what goes out are new nodes that share their parts.
"""

from __future__ import annotations

import ast
import itertools
from collections.abc import Iterator, Mapping

#: What is written in place of each operator; the first is the one that people mistake it for.
_INSTEAD: Mapping[type[ast.operator], tuple[type[ast.operator], ...]] = {
    ast.Add: (ast.Sub,),
    ast.Sub: (ast.Add,),
    ast.Mult: (ast.Add, ast.Div),
    ast.Div: (ast.Mult,),
    ast.MatMult: (ast.Mult,),
    ast.Pow: (ast.Mult,),
    ast.FloorDiv: (ast.Div,),
    ast.Mod: (ast.FloorDiv,),
    ast.BitAnd: (ast.BitOr,),
    ast.BitOr: (ast.BitAnd,),
    ast.BitXor: (ast.BitOr,),
    ast.LShift: (ast.RShift,),
    ast.RShift: (ast.LShift,),
}
#: Operators whose result depends on which side stands where.
_ORDERED = (ast.Sub, ast.Div, ast.Pow, ast.MatMult, ast.FloorDiv, ast.Mod)
#: Operators of which only the left side, or either side, can stand alone and still mean something.
_LEFT_ALONE = (ast.Div, ast.Pow, ast.FloorDiv, ast.Mod)
_EITHER_ALONE = (ast.Add, ast.Sub, ast.Mult)
_TURNED: Mapping[type[ast.cmpop], tuple[type[ast.cmpop], ...]] = {
    ast.Lt: (ast.LtE, ast.GtE),
    ast.LtE: (ast.Lt, ast.Gt),
    ast.Gt: (ast.GtE, ast.LtE),
    ast.GtE: (ast.Gt, ast.Lt),
    ast.Eq: (ast.NotEq,),
    ast.NotEq: (ast.Eq,),
    ast.Is: (ast.IsNot,),
    ast.IsNot: (ast.Is,),
    ast.In: (ast.NotIn,),
    ast.NotIn: (ast.In,),
}
#: Longest display in which two neighbours change places.
_LONGEST_DISPLAY = 4


def slips(node: ast.AST, *, signless: bool) -> Iterator[ast.AST]:
    """What slips make of one node.

    Args:
        node: an expression, or an augmented assignment.
        signless: whether what it is used for does not depend on its sign, as below an even power.
    """
    match node:
        case ast.BinOp():
            yield from _of_operation(node, signless=signless)
        case ast.AugAssign():
            for operator in _INSTEAD.get(type(node.op), ()):
                yield ast.AugAssign(node.target, operator(), node.value)
        case ast.UnaryOp(op=ast.USub() | ast.Not() | ast.Invert()) if not (signless and isinstance(node.op, ast.USub)):
            yield node.operand
        case ast.Constant():
            yield from _of_constant(node)
        case ast.Tuple() | ast.List():
            yield from _of_display(node)
        case ast.Compare() | ast.BoolOp() | ast.IfExp():
            yield from _of_choice(node)


def _of_choice(node: ast.Compare | ast.BoolOp | ast.IfExp) -> Iterator[ast.expr]:
    match node:
        case ast.Compare(ops=[operator]):
            for turned in _TURNED[type(operator)]:
                yield ast.Compare(node.left, [turned()], node.comparators)
        case ast.BoolOp():
            yield ast.BoolOp(ast.Or() if isinstance(node.op, ast.And) else ast.And(), node.values)
        case ast.IfExp():
            yield ast.IfExp(node.test, node.orelse, node.body)


def _of_operation(node: ast.BinOp, *, signless: bool) -> Iterator[ast.expr]:
    for operator in _INSTEAD.get(type(node.op), ()):
        yield ast.BinOp(node.left, operator(), node.right)
    swapped = isinstance(node.op, _ORDERED) and ast.dump(node.left) != ast.dump(node.right)
    if swapped and not (signless and isinstance(node.op, ast.Sub)):
        yield ast.BinOp(node.right, node.op, node.left)
    if isinstance(node.op, (*_EITHER_ALONE, *_LEFT_ALONE)):
        yield node.left
    if isinstance(node.op, _EITHER_ALONE):
        yield node.right


def _of_constant(node: ast.Constant) -> Iterator[ast.expr]:
    """Numbers one up and one down, fractions doubled and left out; texts mean too much else to be changed."""
    match node.value:
        case bool(value):
            yield ast.Constant(not value)
        case int(value):
            yield ast.Constant(value + 1)
            yield _number(value - 1)
        case float(value) if value:
            yield ast.Constant(2 * value)
            yield ast.Constant(0.0)
        case float():
            yield ast.Constant(1.0)


def _number(value: int) -> ast.expr:
    """A number as Python reads it: the sign of a negative one is an operator."""
    return ast.Constant(value) if value >= 0 else ast.UnaryOp(ast.USub(), ast.Constant(-value))


def _of_display(node: ast.Tuple | ast.List) -> Iterator[ast.expr]:
    """Neighbours that change places: of a result, of an index or shape, or of names that take a tuple apart."""
    if len(node.elts) > _LONGEST_DISPLAY:
        return
    for first, second in itertools.pairwise(range(len(node.elts))):
        if ast.dump(node.elts[first]) != ast.dump(node.elts[second]):
            elements = [*node.elts]
            elements[first], elements[second] = elements[second], elements[first]
            yield type(node)(elements, node.ctx)


def signless_nodes(tree: ast.AST) -> set[ast.AST]:
    """Expressions whose sign makes no difference: below an even power, a square or a modulus, through products."""
    found: set[ast.AST] = set()
    for node in ast.walk(tree):
        match node:
            case ast.BinOp(left=base, op=ast.Pow(), right=ast.Constant(value=int(power))) if power % 2 == 0:
                found |= _factors(base)
            case ast.Call(func=ast.Attribute(attr="square" | "abs" | "absolute"), args=[argument]):
                found |= _factors(argument)
            case ast.Call(func=ast.Name(id="abs"), args=[argument]):
                found |= _factors(argument)
    return found


def _factors(node: ast.expr) -> set[ast.AST]:
    match node:
        case ast.BinOp(left=left, op=ast.Mult() | ast.Div(), right=right):
            return {node} | _factors(left) | _factors(right)
        case ast.UnaryOp(op=ast.USub() | ast.UAdd(), operand=operand):
            return {node} | _factors(operand)
    return {node}
