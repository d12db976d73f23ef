"""Python that repeats one call of a submission on the learner's own machine, beside the learner's file.

Only text is made here. Invariant: every value is written so that Python reads back the same bits, with its dtype
(the payload of a NaN aside), and the function is called as the judge calls it, transformations included.
"""

from __future__ import annotations

import ast
import keyword
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from app.judge.explain.literals import Writer, is_short
from app.judge.explain.shown import value_text
from app.problems.model import Problem
from app.problems.published import PublishedCase
from sandbox.entries import Step
from sandbox.tree import Leaf, Node, Static, Tree

#: What the learner's file is called in the code.
MODULE = "submission"
#: Longest ``harness.py`` that is repeated, in characters.
_LONGEST_HARNESS = 6000
#: Names that the code itself uses; a parameter of such a name gets a line below.
_OWN = frozenset({"jax", "jnp", "np", "ml_dtypes", "random", MODULE, "result", "expected", "call"})
_IMPORTS = (
    (r"\bjax\.", "import jax"),
    (r"\bjnp\.", "import jax.numpy as jnp"),
    (r"\bml_dtypes\.", "import ml_dtypes"),
    (r"\bnp\.", "import numpy as np"),
)
_DIRECTION = "lambda each: jnp.cos(jnp.arange(each.size, dtype=jnp.float32)).reshape(each.shape).astype(each.dtype)"


def reproduce(problem: Problem, case: PublishedCase, *, traced: bool = False, mutated: bool = False) -> str:
    """Python that calls the submission on the first value set of ``case``, prints the result and what is expected.

    Of values that are too many to be written, others of the same types are drawn, and nothing is expected.

    Args:
        problem: whose function is called.
        case: its values may be seen by the learner.
        traced: call it under ``jax.jit``, for what goes wrong only there.
        mutated: print the arguments once more afterwards.
    """
    if case.call.harness and len(problem.harness) > _LONGEST_HARNESS:
        return ""
    script = _Script(problem, case)
    short = is_short(case.arguments)
    values = [f"{name} = {text}" for name, text in zip(script.names, script.written(short=short), strict=True)]
    call = script.call(traced=traced)
    lines = [*script.functions, *([""] if script.functions else [])]
    lines += [*([] if short else [_MANY, "random = np.random.default_rng(0)"]), *values]
    known = short and is_short(case.expected)
    lines += [f"expected = {script.expected()}"] if known else []
    lines += [f"result = {call}", 'print("got:", result)', *(['print("expected:", expected)'] if known else [])]
    if mutated:
        lines += [f'print("{name} afterwards:", {name})' for name in script.arrays]
    return "\n".join([*_head(problem, case, lines), "", *lines, ""])


_MANY = "# The values of this case are too many to be written here; these are others of the same types."


def _head(problem: Problem, case: PublishedCase, lines: list[str]) -> Iterator[str]:
    if case.call.harness:
        yield from (*problem.harness.strip().splitlines(), "")
    body = "\n".join(lines) + ("jax." if problem.x64 else "")
    yield from (line for pattern, line in _IMPORTS if re.search(pattern, body))
    if problem.x64:
        yield from ("", 'jax.config.update("jax_enable_x64", True)')
    yield from ("", f"import {MODULE}  # your file, saved as {MODULE}.py")


@dataclass
class _Script:
    """The code for one case. ``functions`` are the lines that have to stand before the call."""

    problem: Problem
    case: PublishedCase
    functions: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Name the arguments."""
        taken = set(_OWN)
        if self.case.call.harness:
            taken |= {node.id for node in ast.walk(ast.parse(self.problem.harness)) if isinstance(node, ast.Name)}
            taken |= {self.case.call.entry}
        self.names = [_free(name, taken) for name in self.case.call.parameters]
        self._taken = taken | {*self.names}
        children = zip(self.names, self.case.arguments.children, strict=True)
        #: The names of those that are transformed; Python values are not.
        self.arrays = [name for name, tree in children if not isinstance(tree, Static)]
        self._writer = Writer("np" if self.problem.arrays == "numpy" else "jnp", x64=self.problem.x64)

    def written(self, *, short: bool) -> Iterator[str]:
        """Python for each argument; for other values of its type if they are not ``short``."""
        values = iter(self.case.inputs[0])
        for tree in self.case.arguments.children:
            yield self._writer.value(tree, values) if short else self._writer.drawn(tree, values)

    def expected(self) -> str:
        """Python for what the reference returns: a text where that is an object of some class."""
        outputs = self.case.outputs[0]
        if _is_plain(self.case.expected):
            return self._writer.value(self.case.expected, iter(outputs), given=False)
        return repr(value_text(self.case.expected, iter(outputs)))

    def call(self, *, traced: bool) -> str:
        """Python that calls the function under its transformations; what these need is in ``functions``."""
        call, every, arrays = self.case.call, ", ".join(self.names), ", ".join(self.arrays)
        function = f"{call.entry}" if call.harness else f"{MODULE}.{call.entry}"
        plain = f"{function}({f'{MODULE}, ' if call.harness else ''}{every})"
        if not call.steps and not traced:
            return plain
        if call.harness or self.arrays != self.names:
            function = self._define("call", arrays, [f"return {plain}"])
        for step in call.steps:
            function = self._under(step, function)
        return f"jax.jit({function})({arrays})" if traced else f"{function}({arrays})"

    def _define(self, name: str, parameters: str, body: list[str]) -> str:
        name = _free(name, self._taken - {"call"})
        self._taken.add(name)
        self.functions += ["", f"def {name}({parameters}):", *(f"    {line}" for line in body), ""]
        return name

    def _under(self, step: Step, function: str) -> str:
        """``function``, of the arrays alone, under one transformation."""
        of_arrays = [index for index, tree in enumerate(self.case.arguments.children) if not isinstance(tree, Static)]
        axes = tuple(step.axes[index] for index in of_arrays) if step.axes else ()
        wrt = tuple(of_arrays.index(index) for index in step.wrt)
        argnums = "" if wrt in ((), (0,)) else f", argnums={wrt[0] if len(wrt) == 1 else wrt}"
        match step.apply:
            case "jit":
                return f"jax.jit({function})"
            case "vmap":
                return f"jax.vmap({function}{'' if set(axes) == {0} else f', in_axes={axes}'})"
            case "scan":
                return self._scanned(function, axes)
            case "forward_over_reverse":
                return self._along(f"jax.grad({function}{argnums})", wrt)
        return f"jax.{step.apply}({function}{argnums}{', has_aux=True' if step.has_aux else ''})"

    def _scanned(self, function: str, axes: tuple[int | None, ...]) -> str:
        mapped = [name for name, axis in zip(self.arrays, axes, strict=True) if axis is not None]
        slices = {name: f"each[{index}]" for index, name in enumerate(mapped)}
        given = ", ".join(slices.get(name, name) for name in self.arrays)
        scan = f"jax.lax.scan(lambda carry, each: (carry, {function}({given})), (), ({', '.join(mapped)},))"
        return self._define("scanned", ", ".join(self.arrays), [f"return {scan}[1]"])

    def _along(self, gradient: str, wrt: tuple[int, ...]) -> str:
        chosen, every = ", ".join(self.arrays[index] for index in wrt), ", ".join(self.arrays)
        body = [
            f"direction = jax.tree.map({_DIRECTION}, ({chosen},))",
            f"return jax.jvp(lambda {chosen}: {gradient}({every}), ({chosen},), direction)",
        ]
        return self._define("along", every, body)


def _free(name: str, taken: set[str]) -> str:
    while name in taken or keyword.iskeyword(name):
        name += "_"
    return name


def _is_plain(tree: Tree) -> bool:
    """Whether Python can write it without a class of somebody's; keys that are no strings are told by their class."""
    match tree:
        case Leaf() | Static():
            return True
        case Node(kind="namedtuple" | "custom"):
            return False
    return not any(" " in key for key in tree.keys) and all(map(_is_plain, tree.children))
