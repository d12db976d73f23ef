"""Advice on errors that learners meet, as JAX and Python raise them today."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from app.judge.explain.advice import advice_for
from app.judge.explain.errors import explain_failure
from sandbox.jobs import Failure
from tests.judge.bodies import EAGER_BODIES, MORE_BODIES
from tests.judge.raising import raised_errors

#: Name of a body -> what must be said: the cause, and the way out.
WORDS = {
    "scan pair": ("must return two things, `(carry, output)`", "`(carry, None)`"),
    "scan carry shape": ("starts as float32[3] and comes back as float32[4]", "jnp.zeros"),
    "scan no axis": ("a scalar has no axis", "length=n"),
    "scan lengths": ("5, 3", "which axis is time"),
    "while cond": ("must be one truth value", ".any()"),
    "while cond float": ("must be one truth value", "Compare"),
    "ragged": ("unequal lengths", "same length"),
    "attribute": ("no `cumsumm` in `jax.numpy`", "`jax.numpy.cumsum`"),
    "attribute jax": ("no `vmapp` in `jax`", "Write `jax.vmap`"),
    "array attribute": ("`append` changes a list", "jnp.concatenate"),
    "array attribute near": ("no `reshap`", "Write `x.reshape`"),
    "missing jnp": ("`jnp` is used and never imported", "`import jax.numpy as jnp`"),
    "none operand": ("None stands where an array", "`return`"),
    "none call": ("None was called", "`return`"),
    "none grad": ("this one returns None", "lacks a `return`"),
    "vmap out_axes": ("`out_axes` asks for axis 1", "Leave `out_axes` at 0"),
    "vmap out_axes tree": ("other containers", "`out_axes=0`"),
    "static argname": ("`static_argnames` names `q`", "its own parameters"),
    "dynamic slice": ("depends on a value", "`.shape`"),
    "dynamic slice size": ("(9,)", "no size beyond the axis"),
    "dynamic slice rank": ("1 vs (3, 4)", "one start and one size per axis"),
    "axis": ("Axis 1 does not exist", "`v` has shape `(N,)`", "leave `axis` out"),
    "reshape": ("size 5", "must stay the same"),
    "reshape n": ("depends on a value", "`.shape`"),
    "too many indices": ("1-dimensional and was given 2", "leave its index out"),
    "scalar index": ("no axis that could be indexed", "jax.vmap"),
    "list as array": ("given a list", "jnp.stack"),
    "len scalar": ("no length", ".shape"),
    "iterate scalar": ("cannot be looped over", "jax.vmap"),
    "unpack many": ("more than 2 values", "Name as many variables"),
    "unpack tuple": ("3 values were to be unpacked, and there are 2", "Name as many"),
    "missing argument": ("without its argument `b`", "second brackets"),
    "too many arguments": ("with 2 arguments by position, and takes 1", "(carry, x)"),
    "keyword": ("`softmax` has no parameter `axes`", "`axis`"),
    "zeros args": ("taken for a dtype", "two brackets"),
    "key is int": ("where it takes a key", "jax.random.key(seed)"),
    "key array": ("an array of keys", "jax.random.split"),
    "recursion": ("calls itself without end", "fori_loop"),
    "key error": ("no key `b`", "slip"),
    "index error": ("The list has fewer entries", "Count from 0"),
    "not": ("`and`, `or` and `not`", "`~`"),
    "chained": ("one for each element", "`(0 < x) & (x < 1)`"),
    "max builtin": ("Python's own `max`", "jnp.maximum"),
    "abs builtin sum": ("Python's own `max`", "jnp.max(x)"),
    "assert": ("`assert` needs", "Leave it out"),
    "unbound": ("`vnew` is used before it has a value", "in every branch"),
    "call array": ("called like a function", "`*`"),
    "call module": ("A module was called", "jnp.array"),
    "str plus": ("a text stands on one side of `+`", "jnp.array"),
    "tuple times": ("container or a text stands on one side of `*`", "unpacking"),
    "argnums": ("argument number 1", "Set `argnums`"),
    "grad no args": ("fewer arguments", "by position"),
    "grad complex": ("complex64", "z.real"),
    "grad int out": ("returns int32", "Return a float"),
    "value_and_grad unpack": ("cannot be looped over or unpacked", "jax.value_and_grad"),
    "has_aux": ("must return two things, `(loss, more)`", "has_aux=True"),
    "grad of value": ("take a function and return a function", "jax.grad(f)(x)"),
    "concat scalar": ("a scalar has none", "jnp.stack"),
    "stack args": ("where a whole number is expected", "one list"),
    "dot shapes": ("(4,) and (5,)", "transpose"),
    "einsum rank": ("The letters `jk`", "one letter per axis"),
    "at assign": ("no place that can be assigned to", "x = x.at[i].set(y)"),
    "attribute assign": ("`shape` cannot be set", "x.reshape"),
    "del item": ("no element can be deleted", "new array"),
    "cond fn": ("between two functions", "lambda: a"),
    "cond pred": ("decides once", "jnp.where"),
    "fori carry": ("built otherwise", "containers of the first"),
    "fori none": ("returns None where the next carry", "lacks a `return`"),
    "one hot": ("depends on a value", "`num_classes`"),
    "segment": ("depends on a value", "`num_segments`"),
    "repeat": ("depends on a value", "`total_repeat_length`"),
    "bincount": ("depends on a value", "(`length`)"),
    "float index": ("this one is float32", ".astype(int)"),
    "float index const": ("this one is float64", "`//`"),
    "float size": ("A size is a float", "`//`"),
    "np random": ("where a whole number is expected", ".shape"),
    "zero div": ("divided by 0", "sizes that can be 1"),
    "tree map": ("trees that are built differently", "same containers"),
    "print fmt": ("as a plain number", "`jnp`"),
    "dtype str": ("no dtype `flaot32`", "jnp.float32"),
    "squeeze": ("(3, 4)", "size 1 only"),
    "take key": ("`permutation` was called without its argument `x`", "Pass it"),
    "choice": ("where it takes a key", "take a key first"),
    "ndarray method": ("no method or attribute `sqrt`", "`jnp.sqrt(x)`"),
    "module call": ("Python's own module", "`jax.random.normal`"),
    "import name": ("no `nump` in `jax`", "slip"),
    "import module": ("jax.numpyy", "can be imported"),
    "lax map": ("given a function where it takes arrays", "functions come first"),
    "vmap kw": ("len(in_axes)=2 and len(args)=1", "one entry per argument"),
    "custom vjp": ("has no rule (VJP)", ".defvjp"),
    "checkpoint": ("`m` has shape `(3, 4)`", "the first is (n, n)"),
    "inv": ("(3, 4)", "square matrices"),
    "matmul 0d": ("is a scalar", "`s` has shape `()`", "multiplied with `*`"),
    "reduce axis names": ("the axis named `i`", "axis_name='i'"),
    "grad through while": ("cannot be walked back", "jax.lax.scan"),
    "grad int index": ("this argument is int32", "argnums"),
    "int()": ("as a plain number", ".astype"),
    "shape of float": ("depends on a value", ".shape"),
    "near name": ("did you mean 'length'", "slip for `length`"),
    "lists as index": ("not indexed with lists", "x[jnp.array([0, 1])]"),
    "donated": ("given away", "`donate_argnums`"),
}


@pytest.fixture(scope="module")
def raised() -> Mapping[str, Failure]:
    """What the sandbox reports of each error."""
    return raised_errors()


@pytest.mark.parametrize("name", [*MORE_BODIES, *EAGER_BODIES])
def test_an_error_is_told_with_its_cause_and_the_way_out(raised: Mapping[str, Failure], name: str) -> None:
    """A learner sees the bare text of an error, or advice on another one."""
    failure = raised[name]
    said = explain_failure(failure, {"N": 5}, public=True)
    for words in WORDS[name]:
        assert words in said
    assert said.isprintable()
    assert len(said) < 900
    assert f"Line {failure.frames[-1].line}" in said
    assert "\\" not in said
    assert "site-packages" not in said


@pytest.mark.parametrize(
    ("error", "text"),
    [
        ("NameError", "name 'x" + "y" * 5000 + "' is not defined"),
        ("AttributeError", "module 'a\x1b[2J' has no attribute 'b'"),
        ("KeyError", "'\u202eevil'"),
    ],
)
def test_only_short_plain_words_of_an_error_get_into_its_advice(error: str, text: str) -> None:
    """A name made by a learner's code comes into a sentence of ours with whatever is in it."""
    advice = advice_for(error, text, "x = 1")
    said = "" if advice is None else advice.says + advice.way_out
    assert said.isprintable()
    assert len(said) < 400


def test_what_the_line_says_decides_between_ways_out() -> None:
    """A learner with ``and`` between arrays is told to use ``jnp.where``."""
    by_line = {
        line: advice_for("TracerBoolConversionError", "", line) for line in ("if a and b:", "while a:", "if a:", None)
    }
    assert len({advice.way_out for advice in by_line.values() if advice}) == 4
