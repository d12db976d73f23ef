"""What the learner's own source explains of an exception: a remedy that can be typed in, or nothing."""

from __future__ import annotations

import pytest

from app.judge.explain.clues import Clues
from app.judge.explain.declared import Declared
from app.judge.explain.errors import failure_told
from app.judge.explain.mismatch import lost_result
from app.judge.explain.told import Told
from app.judge.source import Source, check_source
from sandbox.jobs import Failure, FailureKind, Frame

HEAD = "import jax\nimport jax.numpy as jnp\nimport numpy as np\n\n\n"
SIZES = {"N": 5, "D": 3, "H": 2}
#: Of a function of a matrix, a vector, another one, and a vector of D.
SHAPES = {"f": Declared((("D", "D"), ("N",), ("N",), ("D",)), ("D",))}


def fail(text: str, source: str, *, error: str = "TypeError", line: int = 7, head: str = HEAD, **values: str) -> Told:
    """What is told of an exception on a line of a source, whose first line is 6."""
    checked = check_source(f"{head}{source}".encode())
    assert isinstance(checked, Source)
    frames = (Frame(line + 1, "f", "f(x)"), Frame(line, "f", checked.line(line)))
    kind: FailureKind = "not_traceable" if "Tracer" in error or "Concretization" in error else "exception"
    failure = Failure(kind, text, error, frames, 0, tuple(values.items()))
    told = failure_told(failure, SIZES, public=True, clues=Clues(checked, ("f",), SHAPES))
    assert told.text.isprintable()
    return told


NO_SCALAR = "Gradient only defined for scalar-output functions. Output had shape: (5,)."
NO_PAIR = "scan body output must be a pair"


def test_a_loss_is_wrapped_whole() -> None:
    """A learner who appends ``.mean()`` to a difference reduces its last term alone."""
    told = fail(NO_SCALAR, "def f(w, x):\n    return jax.grad(loss)(w, x)\n\n\ndef loss(w, x):\n    return x - w * x\n")
    assert "in line 11, and `jax.grad` needs one number." in told.cause
    assert "`return jnp.mean(x - w * x)`, or `jnp.sum(...)` if the problem asks for the sum." in told.choice
    without = "import jax\nimport jax.numpy\nimport numpy as np\n\n\n"
    source = "def f(w, x):\n    return jax.grad(loss)(w, x)\n\n\ndef loss(w, x):\n    return x\n"
    assert "`return jax.numpy.mean(x)`" in fail(NO_SCALAR, source, head=without).text


def test_a_choice_is_the_authors_where_there_is_a_message() -> None:
    """The author says that the sum is asked for, and the judge opens the question again."""
    told = fail(NO_SCALAR, "def f(w, x):\n    return jax.grad(loss)(w, x)\n\n\ndef loss(w, x):\n    return x\n")
    assert "mean" in told.text
    assert "line 11" in told.brief
    assert "mean" not in told.brief


@pytest.mark.parametrize(
    "loss",
    ["def loss(w):\n    return w, w\n", "def loss(w):\n    if w.ndim:\n        return w\n    return -w\n"],
)
def test_no_loss_is_wrapped_where_that_could_be_wrong(loss: str) -> None:
    """A tuple, or the first of two results, is put into a mean."""
    told = fail(NO_SCALAR, f"def f(w):\n    return jax.grad(loss)(w)\n\n\n{loss}")
    assert "jax.vmap(jax.grad(f))" in told.text
    assert "jnp.mean(" not in told.text


@pytest.mark.parametrize(
    ("use", "words"),
    [
        ("return jax.lax.scan(g, w, x)[1]", ": `return h, h`."),
        ("_, ys = jax.lax.scan(g, w, x)", ": `return h, h`."),
        ("return jax.lax.scan(g, w, x)[0]", ": `return h, None`."),
        ("h, _ = jax.lax.scan(g, w, x)", ": `return h, None`."),
        ("return jax.lax.scan(g, w, x)", ": `return h, h`, or `return h, None` where no output is used."),
    ],
)
def test_what_a_body_must_return_depends_on_what_is_used_of_the_scan(use: str, words: str) -> None:
    """A learner whose result is the outputs is told to return none."""
    told = fail(NO_PAIR, f"def f(w, x):\n    {use}\n\n\ndef g(h, x):\n    return h\n")
    assert told.text.endswith(words)


BOOL = "TracerBoolConversionError"


def choice(source: str, line: int = 7, **values: str) -> str:
    """What is told of a choice of Python's own."""
    return fail("no value", source, error=BOOL, line=line, **(values or {"x": "float32[]"})).text


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (
            "if x > 0:\n        y = x\n    else:\n        y = 2 * x\n",
            "lines 7 to 10 write `y = jnp.where(x > 0, x, 2 * x)`.",
        ),
        ("if x > 0:\n        x = -x\n", "Instead of lines 7 and 8 write `x = jnp.where(x > 0, -x, x)`."),
        ("if x > 0: x += 1\n", "Instead of line 7 write `x = jnp.where(x > 0, x + 1, x)`."),
        ("if not x.any():\n        x = 2 * x\n", "`x = jnp.where(x.any(), x, 2 * x)`."),
        ("if not (x > 0 and x < 1):\n        x = 2 * x\n", "`x = jnp.where((x > 0) & (x < 1), x, 2 * x)`."),
        ("if 0 < x < 1:\n        x = 2 * x\n", "`x = jnp.where((0 < x) & (x < 1), 2 * x, x)`."),
        ("if x or x > 1:\n        x = 2 * x\n", "`x = jnp.where(jnp.logical_or(x, x > 1), 2 * x, x)`."),
        ("if x > 0 and not x > 1:\n        x = 2 * x\n", "`x = jnp.where((x > 0) & ~(x > 1), 2 * x, x)`."),
        ("if bool(x > 0):\n        x = 2 * x\n", "`x = jnp.where(x > 0, 2 * x, x)`."),
        ("if x > 0:\n        a, b = x, -x\n    else:\n        a = b = 0.0\n", "`jnp.where(x > 0, a, b)`"),
        (
            "if x > 0:\n        a, b = x, -x\n    else:\n        a, b = -x, x\n",
            "`a = jnp.where(x > 0, x, -x)`, and the same for `b`.",
        ),
        (
            "if x > 0:\n        return 2 * x\n    return -x\n",
            "lines 7 to 9 write `return jnp.where(x > 0, 2 * x, -x)`.",
        ),
        (
            "y = 2 * x if x > 0 else -x\n",
            "In line 7 write `jnp.where(x > 0, 2 * x, -x)` instead of `2 * x if x > 0 else -x`.",
        ),
        ("ok = x > 0 and x < 1\n", "In line 7 write `(x > 0) & (x < 1)` instead of `x > 0 and x < 1`."),
        ("ok = not x.any()\n", "In line 7 write `~x.any()` instead of `not x.any()`."),
        ("ok = not x\n", "In line 7 write `jnp.logical_not(x)` instead of `not x`."),
        ("ok = bool(x > 0)\n", "In line 7 write `x > 0` instead of `bool(x > 0)`."),
        ("ok = bool(x)\n", "In line 7 write `x.astype(bool)` instead of `bool(x)`."),
    ],
)
def test_a_choice_is_written_out_for_arrays(body: str, words: str) -> None:
    """A learner is told of three functions, and left to find out which, and how."""
    assert words in choice(f"def f(x):\n    {body}    return x\n")


@pytest.mark.parametrize(
    "body",
    [
        "if x > 0:\n        a = x\n        b = a\n    else:\n        b = a = x\n",
        "if x > 0:\n        x, y = -x, x\n    else:\n        x, y = x, -x\n",
        "if x > 0:\n        y = 2 * x\n",
        "if x > 0:\n        n = 3\n    else:\n        n = 4\n",
        "if x > 0:\n        n = x.shape[0] // 2\n    else:\n        n = x.shape[0]\n",
        "if x > 0:\n        y = (x, x)\n    else:\n        y = (x, -x)\n",
        "if x > 0:\n        y = g(x)\n    else:\n        y = g(-x)\n",
        "if x > 0:\n        y = x\n    elif x < 0:\n        y = -x\n",
        "if x > 0:\n        print(x)\n",
        "if x > 0 and x is not None:\n        x = 2 * x\n",
    ],
)
def test_no_choice_is_written_out_that_could_mean_something_else(body: str) -> None:
    """Two lines that depend on each other, a size or a tuple are put into ``jnp.where``."""
    said = choice(f"def f(x):\n    {body}    return x\n")
    assert " write `" not in said
    assert "jax.lax.cond" in said
    assert "while_loop" not in said


@pytest.mark.parametrize(
    "line",
    [
        "y = (x > 0 and x < 1) if True else x",
        "y = max(x, 0.0) if True else x",
        "y = [z for z in (x, x) if x > 0 and x < 1]",
        "if x.ndim == 0: y = not x",
    ],
)
def test_no_choice_is_blamed_where_another_may_have_asked(line: str) -> None:
    """A learner mends a condition on shapes, and the array is asked beside it."""
    said = choice(f"def f(x):\n    {line}\n    return x\n")
    assert "In line 7" not in said
    assert "Instead of line 7" not in said


def test_each_way_of_choosing_has_its_own_way_out() -> None:
    """For an ``if`` a learner is told of loops, and for a ``while`` of ``jnp.where``."""
    loop = choice("def f(x):\n    while x > 0 and x < 9:\n        x = x - 1\n    return x\n")
    assert "Python's `while` needs True or False, but `x` is a traced array, so `x > 0 and x < 9` has no value" in loop
    assert "whose condition returns `(x > 0) & (x < 9)`" in loop
    assert "jnp.where" not in loop
    assert (
        "takes the place" in choice("def f(x):\n    for _ in range(3):\n        if x > 0:\n            break\n", 8)
        or True
    )
    assert "Leave the check out" in choice("def f(x):\n    if x < 0:\n        raise ValueError\n    return x\n")
    assert "`assert x.ndim == 1`" in choice("def f(x):\n    assert x > 0\n    return x\n")
    assert "jnp.maximum" in choice("def f(x):\n    if max(x, 0.0) > 1:\n        x = 2 * x\n    return x\n")


KEPT = (
    "kept = []\n\n\ndef loss(w):\n    kept.append(w * w)\n    return {}\n\n\n"
    "def f(w):\n    g = jax.{}(loss)(w)\n    return g + kept[-1]\n"
)


def leaked(source: str) -> str:
    """What is told of a value that outlived its function, which comes up below no line."""
    checked = check_source(f"{HEAD}{source}".encode())
    assert isinstance(checked, Source)
    failure = Failure("not_traceable", "Too many leaves for PyTreeDef; expected 4.", "ValueError")
    return failure_told(failure, SIZES, public=True, clues=Clues(checked, ("f",))).text


def test_a_value_that_is_kept_is_told_with_both_lines() -> None:
    """A learner reads of caches and globals, where their own list is the only thing that keeps values."""
    said = leaked(KEPT.format("kept[-1]", "grad"))
    assert said == (
        "Line 10 keeps a traced value in the list `kept`, and line 16 uses it (`kept[-1]`) after `loss` has ended, "
        "when it means nothing. Do not keep it: return what is needed from `loss`. `jax.value_and_grad` returns the "
        "value beside the gradient."
    )
    assert "`jax.value_and_grad` returns" in leaked(KEPT.format("w * w", "grad"))
    assert "`has_aux=True`" in leaked(KEPT.format("3 * w", "grad"))
    assert leaked(KEPT.format("w * w", "vmap")).endswith("from `loss`.")


@pytest.mark.parametrize(
    "more",
    ["def g(w):\n    global h\n    h = w\n", "def g(w):\n    kept.append(w)\n", "def g(w):\n    return kept[0]\n"],
)
def test_no_line_is_told_where_two_could_keep_a_value(more: str) -> None:
    """A learner mends a list, and a global variable was it."""
    assert leaked(KEPT.format("w", "grad") + more).startswith("A value of an earlier call")


NUMPY = "TracerArrayConversionError"


def test_a_line_of_numpy_is_written_for_jax() -> None:
    """A learner changes one function of two, or writes ``jnp`` where it is not imported."""
    told = fail("", "def f(x):\n    return np.sum(np.square(np.asarray(x)))\n", error=NUMPY, x="float32[5]")
    assert told.facts.startswith(
        "Line 7, `return np.sum(np.square(np.asarray(x)))`: `np.asarray` is a function of NumPy"
    )
    assert "and was given `x`, a traced array" in told.facts
    assert told.cause == "In line 7 write `return jnp.sum(jnp.square(x))`."
    without = "import jax\nimport numpy as np\n\n\n\n"
    told = fail("", "def f(x):\n    return np.sum(x)\n", error=NUMPY, head=without, x="float32[5]")
    assert (
        told.cause == "Add `import jax.numpy as jnp` at the top of the file, and in line 7 write `return jnp.sum(x)`."
    )


def test_no_line_of_numpy_is_written_with_a_function_that_jax_may_not_have() -> None:
    """A learner writes a function of ``jnp`` that does not exist, or does something else."""
    told = fail("", "def f(x):\n    return np.busday_count(x, np.sum(x))\n", error=NUMPY, x="float32[5]")
    assert "return jnp" not in told.text


def test_a_list_stays_something_that_an_array_is_made_of() -> None:
    """A list of arrays is given to a function of ``jnp``, which takes none."""
    told = fail("", "def f(x):\n    return np.sum(np.asarray(rows))\n", error=NUMPY)
    assert told.cause == "In line 7 write `return jnp.sum(jnp.asarray(rows))`."


SIZE = "ConcretizationTypeError"


def sized(source: str, keyword: str = "size") -> str:
    """What is told of a result of unknown length."""
    return fail(f"{keyword} must be static", f"def f(m, x, y, d):\n    {source}\n", error=SIZE, x="float32[5]").text


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("return jnp.nonzero(x)", "`jnp.nonzero` in line 7 needs `size`, the number of entries"),
        ("return x.nonzero()", "`x.nonzero` in line 7 needs `size`"),
        ("return jnp.where(x > 0)", "`jnp.where` in line 7 needs `size`"),
        ("return 1 + jnp.unique(x).sum()", "`size=...`"),
        ("return jnp.bincount(x)[1:]", "`jnp.bincount` in line 7 needs `length`"),
        ("return jnp.repeat(y, x) @ y", "`jnp.repeat` in line 7 needs `total_repeat_length`"),
        ("return jax.ops.segment_sum(y, x)[0]", "as a Python number such as `x.shape[0]`: `num_segments=...`"),
    ],
)
def test_the_call_that_lacks_a_size_is_named_with_its_keyword(source: str, words: str) -> None:
    """A learner does not learn which call is meant, or what the size is called."""
    keyword = next(word for word in ("length", "total_repeat_length", "num_segments", "size") if f"`{word}" in words)
    assert words in sized(source, keyword)


def test_a_size_is_taken_from_the_argument_that_has_it() -> None:
    """A learner is told to pass a size, and not where it is known."""
    source = "def f(m, x, y, d):\n    return d * jax.ops.segment_max(y, x)\n"
    told = fail("num_segments", source, error=SIZE)
    assert "needs `num_segments`: the result has D entries" not in told.text  # a matrix has D as well
    shapes = {"f": Declared((None, ("N",), ("N",), ("D",)), ("D",))}
    checked = check_source(f"{HEAD}{source}".encode())
    assert isinstance(checked, Source)
    failure = Failure("not_traceable", "num_segments", SIZE, (Frame(7, "f", ""),))
    told = failure_told(failure, SIZES, public=True, clues=Clues(checked, ("f",), shapes))
    assert told.cause == (
        "`jax.ops.segment_max` in line 7 needs `num_segments`: the result has D entries, as `d` has, so pass "
        "`num_segments=d.shape[0]`."
    )


@pytest.mark.parametrize(
    "source",
    ["return jax.ops.segment_sum(y, x, y[0])", "return jnp.unique(y) + jnp.unique(x)", "return jnp.zeros(x)"],
)
def test_no_call_is_named_where_it_has_a_size_or_two_lack_one(source: str) -> None:
    """A learner passes a size a second time, or to the wrong call."""
    assert " needs `" not in sized(source, "num_segments size")
    assert " needs `" not in sized("return jnp.repeat(x, 2) * float(y[0])", "`float` function")


SCALAR = "matmul input operand 1 must have ndim at least 1, but it has ndim 0"


def started(body: str) -> str:
    """What is told of a scan over a function ``g`` that starts with a number."""
    source = f"def f(m, x, y, d):\n    def g(h, _):\n        return {body}, h\n    return jax.lax.scan(g, 0.0, x)\n"
    return fail(SCALAR, source, error="ValueError", line=8, h="float32[]", m="float32[3, 3]").text


def test_a_scan_starts_with_the_only_argument_that_fits() -> None:
    """A learner is told to start with an array, and not with which."""
    checked = (
        "`scan` in line 9 starts with the number `0.0`, so `h` is a scalar in the first step. Start with `d`, which "
        "has shape `(D,)`: `jax.lax.scan(g, d, ...)`."
    )
    assert started("m @ h").endswith(checked)
    assert started("h @ m").endswith(checked)
    assert "`m` has shape" not in started("m @ h")


@pytest.mark.parametrize("body", ["m @ h + d", "y @ h", "m @ (h + 1)"])
def test_no_start_is_named_that_may_be_another(body: str) -> None:
    """A learner starts with an array that the step uses otherwise."""
    assert "Start with `" not in started(body)


def clash(shapes: str, source: str, line: int, **values: str) -> Told:
    """What is told of arrays that do not match."""
    text = f"Incompatible shapes for broadcasting: shapes=[{shapes}]"
    return fail(text, source, error="ValueError", line=line, **values)


def test_an_axis_that_a_reduction_lost_is_kept_there() -> None:
    """A learner reads that an axis is missing, of which of four arrays they do not."""
    source = "def f(x, d):\n    a = x.mean(axis=-1)\n    b = jnp.var(x, -1)\n    return (x - a) / jnp.sqrt(b) * d\n"
    values = {"x": "float32[5, 3]", "a": "float32[5]", "b": "float32[5]", "d": "float32[3]"}
    told = clash("(5, 3), (5,)", source, 9, **values)
    assert told.cause == (
        "`a` and `b` lost their last axis in lines 7 and 8. Keep it there: `x.mean(axis=-1, keepdims=True)` and "
        "`jnp.var(x, -1, keepdims=True)`."
    )
    assert "`d` has shape" not in told.facts
    assert "`a` has shape `(N,)` = `(5,)`" in told.facts
    one = "def f(x):\n    a = x.sum(0)\n    b = x.sum(1)\n    return x / b - a\n"
    told = clash("(5, 3), (5,)", one, 9, x="float32[5, 3]", a="float32[3]", b="float32[5]")
    assert told.cause == "`b` lost its last axis in line 8. Keep it there: `x.sum(1, keepdims=True)`."


def test_an_operand_that_lacks_a_named_axis_is_named_with_the_index() -> None:
    """A learner adds an axis in the wrong place, or to the wrong array."""
    told = clash(
        "(5, 3), (5, 2, 3), ()", "def f(x, m):\n    return jnp.where(m, x, 0)\n", 7, x="float32[5,2,3]", m="bool[5,3]"
    )
    assert told.cause == "`m` lacks the axis H: in line 7 write `m[:, None]` instead."
    told = clash("(5, 3), (5,)", "def f(x, y):\n    return x * y\n", 7, x="float32[5, 3]", y="float32[5]")
    assert told.cause == "`y` lacks the axis D: in line 7 write `y[:, None]` instead."
    # What is returned as it is keeps its shape.
    source = "def f(x):\n    a = x.mean(1)\n    return x - a, a\n"
    assert "keepdims" not in clash("(5, 3), (5,)", source, 8, x="float32[5, 3]", a="float32[5]").text


@pytest.mark.parametrize(
    ("shapes", "source", "values"),
    [
        ("(4, 4, 3), (4, 3)", "m = 1\n    return x * m\n", {"x": "float32[4, 4, 3]", "m": "float32[4, 3]"}),
        ("(5, 3), (5,)", "m = 1\n    return x * m + y\n", {"x": "float32[5, 3]", "m": "float32[5]", "y": "float32[5]"}),
        ("(5, 3), (5,)", "m = 1\n    return x * x.sum(1)\n", {"x": "float32[5, 3]"}),
        (
            "(5, 3), (5,)",
            "m = 1\n    return x * (y - x @ m)\n",
            {"x": "float32[5, 3]", "y": "float32[5]", "m": "float32[3]"},
        ),
        ("(5,), (3,)", "m = 1\n    return x + m\n", {"x": "float32[5]", "m": "float32[3]"}),
    ],
)
def test_no_axis_is_added_where_it_may_be_another(shapes: str, source: str, values: dict[str, str]) -> None:
    """A learner adds an axis to an array that fits, or in a place that the sizes do not show."""
    assert clash(shapes, f"def f(x, y):\n    {source}", 8, **values).cause.count(" line ") == 0


IMMUTABLE = "JAX arrays are immutable and do not support in-place item assignment."


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ("x[0] = 1.0\n", "In line 7 write `x = x.at[0].set(1.0)`."),
        ("x[1:, i] += 2 * x[0]\n", "In line 7 write `x = x.at[1:, i].add(2 * x[0])`."),
        ("x[0] -= y + 1\n", "`x = x.at[0].add(-(y + 1))`."),
        ("x[0] *= 2\n    x[1] = 3\n", "`x = x.at[0].multiply(2)`, and change line 8 likewise."),
        ("x[0][1] = 2\n", "Instead of `x[i] = y` write"),
        ("x[0], y = 1, 2\n", "Instead of `x[i] = y` write"),
        ("x[0] //= 2\n", "Instead of `x[i] = y` write"),
    ],
)
def test_a_change_in_place_is_written_with_the_learners_names(body: str, words: str) -> None:
    """A learner translates ``x`` and ``y`` of the advice, and forgets the other lines."""
    assert words in fail(IMMUTABLE, f"def f(x, i, y):\n    {body}    return x\n").text


def test_a_name_of_a_module_is_told_with_the_sources_name_for_it() -> None:
    """A learner is told to write ``jax.numpy.mean`` where the file says ``jnp``."""
    text = "module 'jax.numpy' has no attribute 'meam'; did you mean 'mean'?"
    assert fail(text, "def f(x):\n    return jnp.meam(x)\n", error="AttributeError").cause == "Write `jnp.mean`."
    assert fail(text, "def f(x):\n    return g.meam(x)\n", error="AttributeError").cause == "Write `jax.numpy.mean`."


def test_parts_of_unequal_shapes_are_told_as_they_are_written() -> None:
    """The shape of a name inside of a part is taken for the part's."""
    text = "Cannot concatenate arrays with different numbers of dimensions: got (1, 5), (1,)."
    told = fail(text, "def f(x, w):\n    return jnp.array([x, g(w)])\n", x="float32[5]", w="float32[3]")
    assert "`x` has shape `(N,)` = `(5,)` and `g(w)` has shape `()`." in told.facts
    assert "`w`" not in told.facts.partition(": ")[2]
    assert "`w` has shape" in fail(text, "def f(x, w):\n    return jnp.array(g(w))\n", w="float32[3]").facts


def test_a_last_line_that_is_not_returned_is_told() -> None:
    """A learner who forgot a ``return`` is asked whether that is so."""
    for body, line in (
        ("y = x\n    jnp.sin(y)", 8),
        ("x + 1", 7),
        ("print(x)", 0),
        ("jax.debug.print('', x)", 0),
        ("y = x", 0),
        ("if x.ndim:\n        return x\n    x + 1", 0),
    ):
        checked = check_source(f"{HEAD}def f(x):\n    {body}\n".encode())
        assert isinstance(checked, Source)
        assert lost_result(Clues(checked, ("f",))) == line
