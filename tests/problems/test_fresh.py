"""Which values may be shown as fresh: none that a hidden value set holds, whatever an author wrote there."""

from __future__ import annotations

from pathlib import Path

import ml_dtypes
import numpy as np
import pytest

from app.problems.folder import read
from app.problems.model import Problem
from app.problems.published import Published, PublishedCase, loads
from app.problems.publishing.fresh import Secrets
from app.problems.publishing.publish import publish
from sandbox.arrays import Array
from sandbox.entries import Call
from sandbox.jobs import Sandbox
from sandbox.tree import KEY, Leaf, Node
from tests import folders
from tests.judge import small

SHIPPED = Path(__file__).resolve().parents[2] / "problems"


def _leaf(array: Array, dtype: str | None) -> Leaf:
    return Leaf(dtype or array.dtype.name, array.shape[:-1] if dtype == KEY else array.shape)


def _allowed(hidden: Array, fresh: Array, dtype: str | None = None) -> bool:
    """Whether an array may be shown beside one hidden array; ``dtype`` is that of typed keys."""
    types = Node("tuple", (_leaf(hidden, dtype),))
    return Secrets([(types, (hidden,))]).allow(Node("tuple", (_leaf(fresh, dtype),)), (fresh,))


HIDDEN = np.array([76543.25, 0.0, 1.0, 0.125], np.float32)


@pytest.mark.parametrize(
    ("fresh", "allowed"),
    [
        (np.array([0.5, 0.25, 3.0], np.float32), True),
        (np.array([0.5, 76543.25], np.float32), False),
        (np.array([0.5, 76543.25], np.float64), False),
        (np.array([0.5, 0.125], ml_dtypes.bfloat16), False),
        (np.array([0.5 + 76543.25j], np.complex64), False),
        (np.array([0.0, 1.0, -2.0], np.float32), True),
        (np.array([np.nan, np.inf], np.float32), True),
        (HIDDEN.copy(), False),
        (np.zeros((0, 3), np.float32), True),
    ],
)
def test_no_float_of_a_hidden_value_set_is_shown(fresh: Array, allowed: bool) -> None:
    """A constant that an author planted would be printed for whoever fails there."""
    assert _allowed(HIDDEN, fresh) is allowed


@pytest.mark.parametrize("special", [np.nan, np.inf, -np.inf])
def test_special_values_are_hidden_values_as_others_are(special: float) -> None:
    """A learner would read out of an example that a hidden case has a NaN in it."""
    hidden = np.array([special, 2.0], np.float32)
    assert not _allowed(hidden, np.array([special, 3.0], np.float32))


@pytest.mark.parametrize(
    ("hidden", "fresh", "allowed"),
    [
        ([3, 5], [5, 3], True),
        ([3, 5], [3, 5], False),
        ([3, 700], [700, 4], False),
        ([3, -700], [-700, 4], False),
        ([3, 700], [701, 4], True),
        ([3, 700], [3, 5, 700], False),
        ([0, 0], [0, 0], False),
        ([0, 255], [255, 1], True),
    ],
)
def test_integers_are_shown_if_small_or_new(hidden: list[int], fresh: list[int], allowed: bool) -> None:
    """Labels of ten classes would forbid every example, or a planted number be shown."""
    assert _allowed(np.array(hidden, np.int32), np.array(fresh, np.int32)) is allowed


def test_truth_values_must_differ_as_a_whole() -> None:
    """A mask is drawn of two values: none could ever be shown, or a planted one would be."""
    mask = np.array([True, False, True])
    assert not _allowed(mask, mask.copy())
    assert _allowed(mask, ~mask)


def test_keys_must_be_others_each_by_itself() -> None:
    """With its key, a learner would have a hidden value set."""
    keys = np.array([[0, 7], [0, 8]], np.uint32)
    assert not _allowed(keys, np.array([0, 7], np.uint32), KEY)
    assert not _allowed(keys, np.array([[0, 9], [0, 8]], np.uint32), KEY)
    assert _allowed(keys, np.array([[0, 9], [7, 0]], np.uint32), KEY)


@pytest.mark.parametrize(
    ("fresh", "allowed"),
    [
        ([76543.36, 1234.0], True),
        ([76543.36, -777.2], False),  # each within a hundredth
        ([38271.625, -388.75], False),  # half of it
        ([38271.625, 388.75], True),
    ],
)
def test_an_array_that_is_nearly_a_hidden_one_or_a_multiple_is_not_shown(fresh: list[float], allowed: bool) -> None:
    """A constant that an author planted could be read through a little noise, or up to a factor."""
    hidden = np.array([76543.25, -777.5], np.float32)
    assert _allowed(hidden, np.array(fresh, np.float32)) is allowed


def test_no_example_has_the_expected_result_of_a_hidden_case(sandbox: Sandbox, folder: Path) -> None:
    """What a hidden case must return would be printed, though its inputs are others."""
    (folder / "reference.py").write_text(
        "import jax.numpy as jnp\n\n\ndef scale(x, factor):\n    return jnp.where(x > 0, 76543.0, -76543.0) * factor\n"
    )
    (folder / "cases.py").write_text(
        "import numpy as np\n\n\ndef some(rng, factor):\n"
        "    return rng.normal(size=3).astype(np.float32), np.float32(factor)\n"
        "\n\ndef public():\n    return {'a': some(np.random.default_rng(1), 2.5)}\n"
        "\n\ndef hidden(rng):\n    return {'steps': some(rng, 1.0), 'free': some(rng, rng.uniform())}\n"
    )
    problem = read(folder)
    assert isinstance(problem, Problem), problem
    published = publish(problem, sandbox)
    shown = [value for case in published.fresh for value in case.outputs[0]]
    assert {case.name for case in published.fresh} == {"free"}
    assert not any((value == 76543).any() for value in shown)


def test_large_integers_that_float64_rounds_are_taken_for_equal() -> None:
    """Two integers beyond 2**53 could be told apart by rounding only one of them."""
    assert not _allowed(np.array([2**60 + 1, 1], np.int64), np.array([2**60 + 1, 2], np.int64))


def _short(published: Published) -> dict[tuple[Call, Node], set[str]]:
    types: dict[tuple[Call, Node], set[str]] = {}
    for case in published.fresh:
        types.setdefault((case.call, case.arguments), set()).add(case.name)
    return types


def test_fresh_cases_are_public_like_hidden_ones_and_survive_storage(sandbox: Sandbox) -> None:
    """What is shown would be of a type on which nothing failed, or be lost with a restart."""
    problem = read(SHIPPED / "sum_of_squares_batch")
    assert isinstance(problem, Problem)
    published = publish(problem, sandbox)
    hidden = {(case.call, case.arguments): case for case in published.cases if not case.public}
    assert len(_short(published)) >= 4
    for case in published.fresh:
        assert case.public
        assert len(case.inputs) == len(case.outputs) == 1
        assert case.expected == hidden[case.call, case.arguments].expected
        np.testing.assert_allclose(case.outputs[0][0], (case.inputs[0][0].astype(np.float64) ** 2).sum(1), rtol=1e-5)
    back = loads(published.dumps())
    assert [case.name for case in back.fresh] == [case.name for case in published.fresh]
    for mine, yours in zip(published.fresh, back.fresh, strict=True):
        assert (mine.call, mine.arguments, mine.expected, mine.sizes) == (
            yours.call,
            yours.arguments,
            yours.expected,
            yours.sizes,
        )
        np.testing.assert_array_equal(mine.inputs[0][0], yours.inputs[0][0])
        np.testing.assert_array_equal(mine.outputs[0][0], yours.outputs[0][0])


def _shape(case: PublishedCase) -> tuple[int, ...]:
    (leaf,) = case.arguments.children
    assert isinstance(leaf, Leaf)
    return leaf.shape


def test_checks_have_fresh_cases_of_fresh_values(sandbox: Sandbox, tmp_path: Path) -> None:
    """A batch for ``vmap`` would be made of hidden value sets."""
    published = publish(small.problem("under_vmap", tmp_path), sandbox)
    hidden = {float(number) for case in published.cases if not case.public for x in case.inputs for number in x[0].flat}
    checked = [case for case in published.fresh if case.call.steps]
    assert {case.name for case in checked} == {"size_4"}
    assert {case.inputs[0][0].shape for case in checked} == {_shape(case) for case in checked}
    assert not hidden & {float(number) for case in published.fresh for number in case.inputs[0][0].flat}


def test_a_planted_constant_leaves_no_fresh_case(sandbox: Sandbox, tmp_path: Path) -> None:
    """It would be in every fresh value set as well."""
    problem = read(folders.double(tmp_path))
    assert isinstance(problem, Problem)
    assert publish(problem, sandbox).fresh == ()


def test_random_results_have_none(sandbox: Sandbox, tmp_path: Path) -> None:
    """One random result is neither right nor wrong, and would be shown as either."""
    assert publish(small.problem("random_dropout", tmp_path), sandbox).fresh == ()


def test_cases_that_fail_with_another_seed_leave_none(sandbox: Sandbox, tmp_path: Path) -> None:
    """A problem that grades would not be published, for want of an example."""
    folder = folders.double(tmp_path)
    cases = folder / "cases.py"
    # Both hidden draws come from the seed 5; numbers of another seed are others.
    first = np.random.default_rng([5, 0]).integers(1 << 62), np.random.default_rng([5, 1]).integers(1 << 62)
    guard = f"    assert rng.integers(1 << 62) in {tuple(map(int, first))}\n"
    cases.write_text(cases.read_text().replace("def hidden(rng):\n", f"def hidden(rng):\n{guard}"))
    problem = read(folder)
    assert isinstance(problem, Problem)
    published = publish(problem, sandbox)
    assert published.fresh == ()
    assert len(published.cases) == 3
