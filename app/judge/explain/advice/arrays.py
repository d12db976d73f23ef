"""Errors about shapes, dtypes and indices of arrays.

Invariant: see ``app.judge.explain.advice``.
"""

from __future__ import annotations

from app.judge.explain.advice.entry import WORD, Advice

_PRODUCT = (
    "`a @ b` sums over the last axis of `a` and the last but one of `b`, which must have one size: transpose the one "
    "that lies the wrong way (`.T`, or `jnp.swapaxes(x, -1, -2)` in a batch)."
)
_UNEQUAL = "Give them the same shape first; one of them may lack a reduction such as `.sum()`."

_CHANGES = (
    Advice(
        "TypeError",
        "JAX arrays are immutable",
        "JAX arrays cannot be changed in place.",
        "Instead of `x[i] = y` write `x = x.at[i].set(y)`; instead of `x[i] += y`, `x = x.at[i].add(y)`.",
    ),
    Advice(
        "TypeError",
        "'_IndexUpdateHelper' object does not support item assignment",
        "`x.at[i]` is no place that can be assigned to.",
        "Write `x = x.at[i].set(y)`.",
    ),
    Advice(
        "AttributeError",
        "^__delitem__$",
        "JAX arrays cannot be changed in place, so no element can be deleted.",
        "Keep the others in a new array, as with `x[1:]` or `jnp.concatenate`.",
    ),
    Advice(
        "AttributeError",
        rf"property '{WORD}' of '\w*Tracer' object has no setter",
        r"JAX arrays cannot be changed, and `\1` cannot be set.",
        "Make a new array, as with `x.reshape(...)` or `x.astype(...)`.",
    ),
    Advice(
        "AttributeError",
        r"Tracer has no attribute (append|extend|insert|pop|remove|sort|fill|resize|put)\b",
        r"`\1` changes a list or a NumPy array, and JAX arrays cannot be changed.",
        "Make a new array: `jnp.concatenate`, `jnp.stack`, `jnp.sort(x)` or `x.at[i].set(y)`.",
    ),
    Advice(
        "AttributeError",
        r"Tracer has no attribute (\w{1,40})(?:; did you mean '(\w{1,40})')",
        r"Arrays have no `\1`; did you mean `\2`?",
        r"Write `x.\2`.",
    ),
    Advice(
        "AttributeError",
        r"Tracer has no attribute (\w{1,40})",
        r"Arrays have no method or attribute `\1`.",
        r"Many functions are in `jnp` only: write `jnp.\1(x)`.",
    ),
)

_SHAPES = (
    Advice(
        "",
        r"Cannot (concatenate|stack) arrays with (different|shapes that differ)|All input arrays must have the same",
        "Arrays of unequal shapes cannot become one array (`jnp.array([a, b])`, `jnp.stack`).",
        _UNEQUAL,
        shapes=True,
    ),
    Advice(
        "ValueError",
        "inhomogeneous shape",
        "Lists of unequal lengths cannot become one array.",
        "Give every row the same length, for example by filling up with zeros.",
    ),
    Advice(
        "ValueError",
        "Zero-dimensional arrays cannot be concatenated",
        "`jnp.concatenate` joins arrays along an axis they have, and a scalar has none.",
        "Put the arrays into one list, `jnp.concatenate([a, b])`, and give a scalar an axis: `x[None]`; or make a new "
        "axis with `jnp.stack`.",
        shapes=True,
    ),
    Advice(
        "",
        r"[Ii]ncompatible (shapes|types) for broadcasting",
        "",
        "Shapes are matched from the right, and only axes of size 1 stretch: add the missing axis with "
        "`[:, None]`, or keep it in a reduction with `keepdims=True`.",
        shapes=True,
    ),
    Advice(
        "ValueError",
        r"matmul input operand \d must have ndim at least 1",
        "One side of a matrix product is a scalar.",
        "The carry of a loop has the shape it starts with: start it with an array of the right shape. Outside "
        "of a loop, a plain number is multiplied with `*`.",
        shapes=True,
    ),
    Advice("", r"dot_general requires|matmul input operand|Size of label", "", _PRODUCT, shapes=True),
    Advice(
        "ValueError",
        r"Einstein sum subscript '(\w{1,40})' does not contain the correct number of indices for operand (\d+)",
        r"The letters `\1` of an `einsum` are for another number of axes than operand \2, counted from 0, has.",
        "Write one letter per axis.",
        shapes=True,
    ),
    Advice(
        "ValueError",
        r"axis (-?\d+) is out of bounds for array of dimension (\d+)",
        r"Axis \1 does not exist: the array is \2-dimensional, and axes count from 0.",
        "Inside of `jax.vmap` the batch axis is gone, so axes count without it; leave `axis` out to reduce over all.",
        shapes=True,
    ),
    Advice(
        "TypeError",
        r"cannot reshape array of shape",
        "",
        "The number of elements must stay the same; `-1` stands for a size that follows from the others.",
        shapes=True,
    ),
    Advice(
        "ValueError",
        "cannot select an axis to squeeze out",
        "",
        "`squeeze` drops axes of size 1 only: pick with an index, or reduce.",
        shapes=True,
    ),
    Advice(
        "TypeError",
        "Did you accidentally write",
        "A shape is one tuple, and its second number was taken for a dtype.",
        "Write two brackets, `jnp.zeros((3, 4))`.",
    ),
    Advice(
        "",
        "slice slice_sizes must be less than or equal|Length of slice indices must match",
        "",
        "`jax.lax.dynamic_slice(x, starts, sizes)` takes one start and one size per axis, and no size beyond the axis.",
        shapes=True,
    ),
    Advice(
        "ValueError",
        r"Argument to (\w{1,20}) must have shape \[\.\.\., n, n\]",
        "",
        "It is for square matrices: use `jnp.linalg.lstsq` or `jnp.linalg.pinv` for others, or look at the order of a "
        "product.",
        shapes=True,
    ),
    Advice(
        "ValueError",
        "inconsistent size for core dimension",
        "",
        "Look at both shapes: the first is (n, n), the second (n,) or (n, k).",
        shapes=True,
    ),
)

_ELEMENTS = (
    Advice(
        "IndexError",
        r"Too many indices: array is 0-dimensional",
        "A scalar has no axis that could be indexed.",
        "Use it as it is; inside of `jax.vmap` an element of a batch has one axis less than the batch.",
        shapes=True,
    ),
    Advice(
        "IndexError",
        r"Too many indices: array is (\d+)-dimensional, but (\d+) were indexed",
        r"The array is \1-dimensional and was given \2 indices.",
        "Inside of `jax.vmap` the batch axis is gone: leave its index out.",
        shapes=True,
    ),
    Advice(
        "TypeError",
        "Indexer must have integer or boolean type, got indexer with type (float\\w*)",
        r"An index is a whole number, and this one is \1.",
        "Divide with `//`, or convert with `.astype(int)`.",
        shapes=True,
    ),
    Advice(
        "TypeError",
        "Using a non-tuple sequence for multidimensional indexing",
        "JAX arrays are not indexed with lists.",
        "Make an array of it, `x[jnp.array([0, 1])]`.",
    ),
    Advice(
        "TypeError",
        rf"{WORD} requires ndarray or scalar arguments, got <class '(list|tuple)'>",
        r"`jnp.\1` takes an array, and was given a \2: JAX does not convert them by itself.",
        "Make an array of it first, `jnp.array([a, b])` or `jnp.stack([a, b])`.",
    ),
    Advice(
        "TypeError",
        "iteration over a 0-d array",
        "A scalar cannot be looped over or unpacked: it has no axis.",
        "`jax.grad` of one argument returns one gradient; for the value too, use `jax.value_and_grad`. Inside of "
        "`jax.vmap` an element of a batch has one axis less than the batch.",
        shapes=True,
    ),
    Advice(
        "TypeError",
        r"len\(\) of unsized object",
        "A scalar has no length.",
        "Take sizes from the `.shape` of the whole array; inside of `jax.vmap` the batch axis is gone.",
        shapes=True,
    ),
    Advice(
        "TypeError",
        "Only integer scalar arrays can be converted to a scalar index",
        "An array stands where a whole number is expected, such as `axis` or a size.",
        "Put arrays that belong together into one list, `jnp.stack([a, b])`, and take sizes from `.shape`.",
        shapes=True,
    ),
    Advice(
        "TypeError",
        "data type '(\\w{1,40})' not understood",
        r"There is no dtype `\1`.",
        "Write `jnp.float32`, `jnp.int32` or another of `jnp`.",
    ),
)

ARRAYS = (*_CHANGES, *_SHAPES, *_ELEMENTS)
