"""Applies a call's transformations to a learner's function, inside the tracer.

JAX's functions are bound here before any learner's code runs. Invariant: arguments that are Python values (static ones)
are never transformed; the function is called with them as they are.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

import jax
import jax.numpy as jnp
from jax import grad, hessian, jacfwd, jacrev, jit, jvp, lax, value_and_grad, vmap

from sandbox.entries import Step
from sandbox.tree import Node, Static

_Function = Any  # JAX's transformations return values without a type
_DERIVATIVES: Mapping[str, _Function] = {
    "grad": grad,
    "value_and_grad": value_and_grad,
    "jacfwd": jacfwd,
    "jacrev": jacrev,
    "hessian": hessian,
}


def transformed(function: _Function, steps: tuple[Step, ...], arguments: Node) -> _Function:
    """``function`` under ``steps``, to be called with one value per child of ``arguments``."""
    if not steps:
        return function
    arrays = [index for index, tree in enumerate(arguments.children) if not isinstance(tree, Static)]
    fixed = {index: tree.value for index, tree in enumerate(arguments.children) if isinstance(tree, Static)}

    def of_arrays(*values: Any) -> Any:
        given = iter(values)
        return function(*(fixed[index] if index in fixed else next(given) for index in range(len(arguments.children))))

    for step in steps:
        of_arrays = _apply(of_arrays, step, arrays)
    return lambda *values: of_arrays(*(values[index] for index in arrays))


def _apply(function: _Function, step: Step, arrays: list[int]) -> _Function:
    """``function`` of the array arguments alone under one step, whose positions count all arguments."""
    if step.apply == "jit":
        return jit(function)
    if step.apply == "vmap":
        return vmap(function, in_axes=tuple(step.axes[index] for index in arrays))
    if step.apply == "scan":
        return partial(_scanned, function, [step.axes[index] is not None for index in arrays])
    wrt = tuple(arrays.index(index) for index in step.wrt)
    argnums = wrt[0] if len(wrt) == 1 else wrt
    if step.apply == "forward_over_reverse":
        return partial(_forward_over_reverse, grad(function, argnums=argnums), wrt)
    return _DERIVATIVES[step.apply](function, argnums=argnums, has_aux=step.has_aux)


def _scanned(function: _Function, mapped: list[bool], *values: Any) -> Any:
    """The results for each slice of the mapped values, computed in the body of ``lax.scan``."""
    slices = [value for value, each in zip(values, mapped, strict=True) if each]

    def body(carry: Any, given: list[Any]) -> tuple[Any, Any]:
        remaining = iter(given)
        return carry, function(*(next(remaining) if each else v for v, each in zip(values, mapped, strict=True)))

    return lax.scan(body, (), slices)[1]


def _forward_over_reverse(gradient: _Function, wrt: tuple[int, ...], *values: Any) -> Any:
    """The gradient and its derivative along ``_direction``, which is the same for everybody."""

    def of_chosen(*chosen: Any) -> Any:
        replaced = dict(zip(wrt, chosen, strict=True))
        return gradient(*(replaced.get(index, value) for index, value in enumerate(values)))

    chosen = tuple(values[index] for index in wrt)
    return jvp(of_chosen, chosen, jax.tree.map(_direction, chosen))


def _direction(primal: Any) -> Any:
    """cos(0), cos(1), ...: no two elements equal, none zero, of the shape and dtype of ``primal``."""
    return jnp.cos(jnp.arange(primal.size, dtype=jnp.float32)).reshape(primal.shape).astype(primal.dtype)
