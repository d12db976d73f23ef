"""Errors of Python's own: names, calls, None where a result was meant.

Invariant: see ``app.judge.explain.advice``.
"""

from __future__ import annotations

from app.judge.explain.advice.entry import WORD, Advice

_USUAL = {
    "jnp": "import jax.numpy as jnp",
    "jax": "import jax",
    "np": "import numpy as np",
    "numpy": "import numpy",
    "lax": "from jax import lax",
    "random": "from jax import random",
    "partial": "from functools import partial",
    "vmap": "from jax import vmap",
    "grad": "from jax import grad",
    "jit": "from jax import jit",
    "math": "import math",
    "optax": "import optax",
}
_RETURN = "A function that was called before returns nothing: end it with `return` and its result."

_NAMES = (
    *(
        Advice(
            "NameError",
            f"name '{name}' is not defined",
            f"`{name}` is used and never imported.",
            f"Put `{statement}` at the top of the file.",
        )
        for name, statement in _USUAL.items()
    ),
    Advice(
        "NameError",
        rf"name '{WORD}' is not defined; did you mean '{WORD}'",
        "",
        r"If it is no slip for `\2`, define `\1`, or take it as an argument, before it is used.",
    ),
    Advice(
        "NameError",
        rf"name '{WORD}' is not defined",
        "",
        "Look for a slip in the name, or define it before it is used.",
    ),
    Advice(
        "UnboundLocalError",
        rf"local variable '{WORD}'",
        r"`\1` is used before it has a value: it is assigned in this function, but not on the way here.",
        r"Give it a value first, in every branch; a `\1` from outside is read only in functions that assign no "
        r"variable of that name.",
    ),
    Advice(
        "AttributeError",
        r"module 'random' has no attribute '(\w{1,40})'",
        r"`random` is Python's own module here, which has no `\1` and knows no keys.",
        r"Write `jax.random.\1`, or `from jax import random`.",
    ),
    Advice(
        "AttributeError",
        rf"module '{WORD}' has no attribute '{WORD}'; did you mean '{WORD}'",
        r"There is no `\2` in `\1`; did you mean `\3`?",
        r"Write `\1.\3`.",
    ),
    Advice(
        "AttributeError",
        rf"module '{WORD}' has no attribute '{WORD}'",
        r"There is no `\2` in `\1`.",
        "Look for a slip in the name, and at which module has it: `jax`, `jax.numpy`, `jax.nn`, `jax.lax` or "
        "`jax.random`.",
    ),
    Advice(
        "AttributeError",
        rf"'NoneType' object has no attribute '{WORD}'",
        r"`\1` is read of None, where an array is meant.",
        _RETURN,
    ),
    Advice(
        "ModuleNotFoundError",
        "",
        "",
        "Only the standard library, JAX, NumPy and what the operator installed beside them can be imported.",
    ),
    Advice(
        "ImportError",
        rf"cannot import name '{WORD}' from '{WORD}'",
        r"There is no `\1` in `\2`.",
        "Look for a slip in the name, and at which module has it.",
    ),
)

_CALLS = (
    Advice(
        "TypeError",
        rf"{WORD}\(\) missing \d+ required positional arguments?: '(\w{{1,40}})'",
        r"`\1` was called without its argument `\2`.",
        "Pass it in the call; a function under `jax.vmap`, `jax.grad` or `jax.jit` takes all of its arguments in the "
        "second brackets, `jax.vmap(f)(a, b)`.",
    ),
    Advice(
        "TypeError",
        rf"missing \d+ required positional arguments?: '{WORD}'",
        r"A function was called without its argument `\1`.",
        "Pass it in the call; a function under `jax.vmap`, `jax.grad` or `jax.jit` takes all of its arguments in the "
        "second brackets, `jax.vmap(f)(a, b)`.",
    ),
    Advice(
        "TypeError",
        r"takes (?:from \d+ to )?(\d+) positional arguments? but (\d+) (?:was|were) given",
        r"A function was called with \2 arguments by position, and takes \1.",
        "Look at its `def` or `lambda`: add the parameter, or leave the argument out. What `jax.lax.scan` calls takes "
        "(carry, x), what `fori_loop` calls (i, carry).",
    ),
    Advice(
        "TypeError",
        rf"{WORD}\(\) got an unexpected keyword argument '{WORD}'",
        r"`\1` has no parameter `\2`.",
        "Look for a slip in its name, such as `axes` for `axis`.",
    ),
    Advice(
        "TypeError",
        "'module' object is not callable",
        "A module was called like a function.",
        "Write the function behind it, such as `jnp.array(...)` instead of `jnp(...)`.",
    ),
    Advice(
        "TypeError",
        r"'\w*Tracer' object is not callable",
        "An array was called like a function.",
        "Write a `*` for a product, or look whether a variable has the name of the function.",
    ),
    Advice("TypeError", "'NoneType' object is not callable", "None was called like a function.", _RETURN),
    Advice(
        "RecursionError",
        "",
        "A function calls itself without end.",
        "Stop it by a condition on shapes or static arguments, or loop with `jax.lax.fori_loop` or `scan`.",
    ),
)

_KINDS = (
    Advice(
        "TypeError",
        r"NoneType",
        "None stands where an array or a number is meant.",
        f"{_RETURN} Methods that change a list return nothing either.",
    ),
    Advice(
        "TypeError",
        r"unsupported operand type\(s\) for (\S{1,3}): '?(?:\w*Tracer'? and '(tuple|list|str)'|(?:tuple|list|str)')",
        r"A container or a text stands on one side of `\1` and an array on the other.",
        "Take the arrays out of a tuple by their index or by unpacking, make an array of a list with `jnp.array`, or "
        "map over the leaves with `jax.tree.map`.",
        shapes=True,
    ),
    Advice(
        "TypeError",
        r"'tuple' object does not support item assignment",
        "A tuple cannot be changed.",
        "Make a new one.",
    ),
    Advice(
        "ValueError",
        r"too many values to unpack \(expected (\d+)\)",
        r"There are more than \1 values to be unpacked; of an array, there is one per entry of axis 0.",
        "Name as many variables as there are values, or index the array.",
        shapes=True,
    ),
    Advice(
        "ValueError",
        r"not enough values to unpack \(expected (\d+), got (\d+)\)",
        r"\1 values were to be unpacked, and there are \2; of an array, there is one per entry of axis 0.",
        "Name as many variables as there are values, or look at what the call returns.",
        shapes=True,
    ),
    Advice(
        "ValueError",
        "pytree structure error",
        "`jax.tree.map` was given trees that are built differently.",
        "Give it trees of the same containers, lengths and keys, such as parameters and their gradients.",
    ),
    Advice(
        "KeyError",
        r"^['\"]?(\w{1,40})",
        r"The dict has no key `\1`.",
        "Look for a slip in the key, and at what the arguments are called.",
    ),
    Advice(
        "IndexError",
        "^tuple index out of range",
        "An axis, or an entry of a shape or of a tuple, is asked for that is not there.",
        "Axes and entries count from 0: look at how many axes the array has.",
        shapes=True,
    ),
    Advice(
        "IndexError",
        "(list|tuple) index out of range",
        r"The \1 has fewer entries than that.",
        "Count from 0, and look at its length.",
    ),
    Advice(
        "ZeroDivisionError",
        "",
        "A Python number was divided by 0.",
        "Look at sizes that can be 1 or 0, as in `x.shape[0] - 1`.",
    ),
)

PYTHON = (*_NAMES, *_CALLS, *_KINDS)
