"""Errors of ``grad``, ``vmap``, ``jit`` and of the loops and branches of ``jax.lax``.

Invariant: see ``app.judge.explain.advice``.
"""

from __future__ import annotations

from app.judge.explain.advice.entry import WORD, Advice

_SAME_TYPE = (
    "Start with the shape and dtype that comes back, for example `jnp.zeros(...)` instead of `0.0`, or convert "
    "with `.astype`."
)

_GRAD = (
    Advice(
        "TypeError",
        r"Gradient only defined for scalar-output functions\. Output had shape",
        "",
        "Return one number: `.mean()` or `.sum()` inside the loss, as the problem asks; for one gradient per example "
        "map the gradient of one loss, `jax.vmap(jax.grad(f))`.",
    ),
    Advice(
        "TypeError",
        r"Gradient only defined for scalar-output functions\. Output was None",
        "`jax.grad` differentiates functions that return one number, and this one returns None.",
        "It lacks a `return`: end it with `return` and the loss.",
    ),
    Advice(
        "TypeError",
        r"Gradient only defined for scalar-output functions",
        "`jax.grad` differentiates functions that return one number, and this one returns something else.",
        "Return the number alone, or `(number, more)` with `has_aux=True`.",
    ),
    Advice(
        "TypeError",
        r"grad requires real-valued outputs[\s\S]*, but got complex",
        "",
        "Differentiate a real number of the result, such as `jnp.abs(z)` or `z.real`.",
    ),
    Advice(
        "TypeError",
        r"grad requires real-valued outputs[\s\S]*, but got (int\w*|uint\w*|bool)",
        r"The function that is differentiated returns \1, and steps have no slope.",
        "Return a float: leave out `.astype(int)`, `//`, comparisons and `argmax` on the way from the argument to the "
        "result.",
    ),
    Advice(
        "TypeError",
        r"grad requires real-[\s\S]*inputs[\s\S]*, but got (int\w*|uint\w*|bool)",
        r"`jax.grad` differentiates with respect to floats, and this argument is \1.",
        "Differentiate floats: write `3.0` instead of `3`, convert with `.astype(jnp.float32)`, or choose another "
        "argument with `argnums`.",
    ),
    Advice(
        "TypeError",
        "grad requires real-",
        "",
        "Differentiate floats: write `3.0` instead of `3`, or convert with `.astype(jnp.float32)`.",
    ),
    Advice(
        "TypeError",
        r"differentiating with respect to argnums=(\d+) requires at least \d+ positional",
        r"`jax.grad` was told to differentiate with respect to argument number \1, counted from 0, and the function "
        "was called with fewer arguments.",
        "Set `argnums` to the position of the parameter, 0 for the first one, and pass it by position.",
    ),
    Advice(
        "TypeError",
        "expected function with aux output to return a two-element tuple",
        "With `has_aux=True` the function must return two things, `(loss, more)`, and it returns something else.",
        "Return a pair, or leave `has_aux=True` out.",
    ),
    Advice(
        "ValueError",
        "Reverse-mode differentiation does not work for lax.while_loop",
        "`jax.grad` goes backwards through a loop, and a loop whose number of turns depends on values cannot be "
        "walked back.",
        "Use `jax.lax.scan`, or `jax.lax.fori_loop` with Python numbers as its ends.",
    ),
    Advice(
        "AttributeError",
        r"No (VJP|JVP) defined for",
        r"A function with a rule of its own for derivatives was differentiated, and it has no rule (\1) yet.",
        "Give it one with `.defvjp(forward, backward)` or `.defjvp(rule)` before it is used.",
    ),
)

_VMAP = (
    Advice(
        "ValueError",
        "vmap was requested to map its argument along axis",
        "",
        "Give an argument that has no batch axis `None` in `in_axes`: `in_axes=(None, 0)` maps only the second one.",
        shapes=True,
    ),
    Advice(
        "ValueError",
        "vmap got inconsistent sizes",
        "",
        "Map only the axes that belong to the batch, with `in_axes`; `None` is for arguments that all examples share.",
        shapes=True,
    ),
    Advice(
        "ValueError",
        "at least one non-None value in in_axes",
        "`jax.vmap` was told to map no argument at all: every entry of `in_axes` is None.",
        "Put the axis of the batch, mostly 0, for the arguments that have one.",
        shapes=True,
    ),
    Advice(
        "ValueError",
        r"vmap in_axes must be an int, None, or a tuple of entries[\s\S]*len\(in_axes\)=(\d+), len\(args\)=(\d+)",
        r"`in_axes` must have one entry for each argument by position: len(in_axes)=\1 and len(args)=\2. A tuple or "
        "dict of arrays is one argument.",
        "Write one entry per argument: None for what all examples share, and the axis of the batch, mostly 0, else.",
        shapes=True,
    ),
    Advice(
        "ValueError",
        r"vmap in_axes",
        "",
        "Give `in_axes` one entry per argument: None, an axis, or, for a tuple or dict of arrays, the same container "
        "of axes.",
        shapes=True,
    ),
    Advice(
        "ValueError",
        r"vmap out_axes",
        "`out_axes` is built from other containers than what the mapped function returns.",
        "Write one axis for all, or the same tuple or dict of axes as the result; `out_axes=0` is right mostly.",
    ),
    Advice(
        "ValueError",
        r"axis (-?\d+) is out of bounds for array of dimension (\d+)",
        r"`out_axes` asks for axis \1, counted from 0, and the mapped result, its batch axis included, is "
        r"\2-dimensional.",
        "Leave `out_axes` at 0, or return arrays with more axes.",
        line=r"out_axes",
    ),
)

_LOOPS = (
    Advice(
        "TypeError",
        "scan body output must be a pair",
        "The body of `jax.lax.scan` must return two things, `(carry, output)`, and it returns something else.",
        "Return `(carry, None)` where there is no output, and put several outputs into a tuple: `(carry, (a, b))`.",
    ),
    Advice(
        "TypeError",
        r"carry output component is a <class 'NoneType'>|component of the carry output is a <class 'NoneType'>",
        "The body of a loop returns None where the next carry is expected.",
        "It lacks a `return`: end the body with `return` and the new carry.",
    ),
    Advice(
        "TypeError",
        "must have the same pytree structure",
        "The body of a loop returns a carry that is built otherwise than the one it was given.",
        "Return the carry in the containers of the first one: a tuple of as many, in the same order; `scan` takes "
        "`(carry, output)`.",
    ),
    Advice(
        "TypeError",
        r"must have equal types, but they differ[\s\S]*has type (\w+\[[\d,]*\])(?:\{[^}]*\})? but the corresponding "
        r"output carry component has type (\w+\[[\d,]*\])",
        r"The carry of a loop must keep its type: it starts as \1 and comes back as \2.",
        _SAME_TYPE,
    ),
    Advice(
        "TypeError",
        r"must have equal types, but they differ|branches must have equal output types",
        "",
        _SAME_TYPE,
    ),
    Advice(
        "TypeError",
        "cond_fun must return a boolean scalar",
        "The condition of `jax.lax.while_loop` must be one truth value, and it is something else.",
        "Compare to a number, and reduce several with `.any()` or `.all()`.",
    ),
    Advice(
        "ValueError",
        "scan got values with different leading axis sizes",
        "",
        "`jax.lax.scan` takes one slice of axis 0 of each in every turn, so those sizes must agree: look at which axis "
        "is time.",
        shapes=True,
    ),
    Advice(
        "IndexError",
        "tuple index out of range",
        "`jax.lax.scan` takes one slice of axis 0 in every turn, and a scalar has no axis.",
        "Scan over an array; what stays the same is used from outside of the body. For a number of turns alone write "
        "`jax.lax.scan(body, start, None, length=n)`.",
        shapes=True,
        line=r"\bscan\(",
    ),
    Advice(
        "TypeError",
        "true_fun and false_fun arguments should be callable",
        "`jax.lax.cond` chooses between two functions, and was given their results.",
        "Write `jax.lax.cond(condition, lambda: a, lambda: b)`; to choose between results, "
        "`jnp.where(condition, a, b)`.",
    ),
    Advice(
        "TypeError",
        "Pred must be a scalar",
        "`jax.lax.cond` decides once, and this condition has a truth value for each element.",
        "Choose element by element with `jnp.where(condition, a, b)`.",
        shapes=True,
    ),
    Advice(
        "TypeError",
        "Expected a callable value, got",
        "`jax.vmap`, `jax.grad` and `jax.jit` take a function and return a function, and were given a value.",
        "Pass the function itself, `jax.grad(f)(x)` instead of `jax.grad(f(x))`.",
    ),
    Advice(
        "TypeError",
        r"returned a value of type .* which is not a valid JAX type|Output from batched function",
        "",
        "Return arrays or numbers, or tuples, lists and dicts of them.",
    ),
    Advice(
        "TypeError",
        r"of type '<class '(\w+)'>' is not a valid JAX type",
        r"A function of JAX was given a \1 where it takes arrays.",
        "Look at the order of its arguments; functions come first in `jax.lax.map(f, xs)` and `jax.lax.scan(f, ...)`.",
    ),
    Advice(
        "ValueError",
        rf"Jitted function has invalid argnames {{'{WORD}'",
        r"`static_argnames` names `\1`, which the function does not have.",
        "Write the names of its own parameters.",
    ),
    Advice(
        "NameError",
        r"Found an unbound axis name: (\w{1,40})",
        r"A collective such as `jax.lax.psum` sums over the axis named `\1`, and no `jax.vmap` around it gives an axis "
        "that name.",
        r"Write `jax.vmap(f, axis_name='\1')`, or reduce with `jnp.sum` outside of it.",
    ),
)

TRANSFORMATIONS = (*_GRAD, *_VMAP, *_LOOPS)
