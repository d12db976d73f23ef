"""Mutants of a source: which slips are made, that each can be parsed, and that names stay what they are."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from app.problems.checking.mutating.mutants import mutants

ROOT = Path(__file__).resolve().parents[2]
REFERENCES = sorted([*ROOT.glob("problems/*/reference.py"), *ROOT.glob("tests/judge/problems/*/reference.py")])
HEAD = "import jax\nimport jax.numpy as jnp\n\n\ndef f(x, y):\n    return "

#: An expression, and expressions that some mutant must have in its place.
SLIPS = {
    "x + y": ["x - y", "x", "y", "-(x + y)"],
    "x - y": ["x + y", "y - x", "x", "y"],
    "x * y": ["x + y", "x / y", "x", "y"],
    "x / y": ["x * y", "y / x", "x"],
    "x @ y": ["x * y", "y @ x"],
    "x ** 3": ["x * 3", "3 ** x", "x", "x ** 4", "x ** 2"],
    "x // y": ["x / y", "y // x"],
    "x % y": ["x // y"],
    "x & y": ["x | y"],
    "-x": ["x"],
    "~x": ["x"],
    "not x": ["x"],
    "x and y": ["x or y"],
    "x < y": ["x <= y", "x >= y"],
    "x == y": ["x != y"],
    "x if y else 1.5": ["1.5 if y else x", "x if y else 3.0", "x if y else 0.0"],
    "x[0]": ["x[1]", "x[-1]"],
    "(x, y)": ["(y, x)"],
    "[x, y, 0]": ["[y, x, 0]", "[x, 0, y]"],
    "x.T @ y": ["x @ y"],
    "x.mT @ y": ["x @ y"],
    "x.sum()": ["x.mean()", "x.max()", "x", "x.sum(axis=0)"],
    "jnp.sum(x)": ["jnp.mean(x)", "jnp.max(x)", "x", "jnp.sum(x, axis=0)"],
    "jnp.prod(x)": ["jnp.sum(x)"],
    "jnp.mean(x, axis=1)": ["jnp.mean(x)", "jnp.mean(x, axis=2)", "jnp.mean(x, axis=0)", "jnp.sum(x, axis=1)"],
    "jnp.sum(x, keepdims=True)": ["jnp.sum(x, keepdims=False)", "jnp.sum(x)"],
    "jnp.max(x)": ["jnp.min(x)"],
    "jnp.argmax(x)": ["jnp.argmin(x)"],
    "jnp.maximum(x, y)": ["jnp.minimum(x, y)"],
    "jnp.exp(x)": ["x"],
    "jnp.where(x, y, 0)": ["jnp.where(x, 0, y)", "jnp.where(y, x, 0)"],
    "x.at[0].set(y)": ["x.at[0].add(y)"],
    "x.at[0].add(y)": ["x.at[0].set(y)"],
    "jax.jit(x)": ["x"],
    "jax.vmap(x)": ["x"],
    "jax.vmap(x, in_axes=(None, 0))": [
        "x",
        "jax.vmap(x)",
        "jax.vmap(x, in_axes=(0, 0))",
        "jax.vmap(x, in_axes=(None, None))",
        "jax.vmap(x, in_axes=(0, None))",
        "jax.vmap(x, in_axes=(None, 1))",
    ],
    "jax.vmap(x, in_axes=0)": ["jax.vmap(x, in_axes=None)"],
    "jax.grad(x)": ["x", "jax.grad(x, argnums=1)", "jax.value_and_grad(x)"],
    "jax.grad(x, argnums=1)": ["jax.grad(x)", "jax.grad(x, argnums=0)", "jax.grad(x, argnums=2)"],
    "jax.value_and_grad(x)": ["jax.grad(x)"],
    "jax.lax.stop_gradient(x)": ["x"],
    "x(1, y)": ["x(y, 1)"],
    "x > True": ["x > False"],
}


@pytest.mark.parametrize("expression", SLIPS)
def test_the_slips_that_people_make_are_made(expression: str) -> None:
    """A kind of mistake would never be tried, and cases that miss it would look complete."""
    made = {ast.dump(ast.parse(mutant.source)) for mutant in mutants(HEAD + expression + "\n")}
    wanted = {slip: ast.dump(ast.parse(HEAD + slip + "\n")) for slip in SLIPS[expression]}
    assert [slip for slip, tree in wanted.items() if tree not in made] == []


#: A statement, and one that some mutant must have in its place.
STATEMENTS = {
    "x += y": "x -= y",
    "a, b = x": "b, a = x",
    "for a, b in x: pass": "for b, a in x: pass",
}


@pytest.mark.parametrize("statement", STATEMENTS)
def test_slips_in_statements_are_made(statement: str) -> None:
    """Names that are taken apart in the wrong order, or a sum that is subtracted, would never be tried."""
    made = {ast.dump(ast.parse(mutant.source)) for mutant in mutants(f"def f(x, y):\n    {statement}\n")}
    assert ast.dump(ast.parse(f"def f(x, y):\n    {STATEMENTS[statement]}\n")) in made


def test_a_decorator_is_left_out_with_its_lines() -> None:
    """A transformation above a function would never be missed."""
    source = "import jax\n\n@jax.jit\n@jax.vmap\ndef f(x):\n    return x\n"
    changes = {mutant.change: mutant.source for mutant in mutants(source)}
    assert changes["f: @jax.jit -> nothing"] == source.replace("@jax.jit\n", "")
    assert changes["f: @jax.vmap -> nothing"] == source.replace("@jax.vmap\n", "")


@pytest.mark.parametrize(
    "expression", ["(x - y) ** 2", "jnp.square(x - y)", "jnp.abs(x - y)", "abs(x - y)", "(3.0 * (x - y)) ** 4"]
)
def test_the_sign_below_an_even_power_is_no_slip(expression: str) -> None:
    """Authors would have to argue again and again that a square has no sign."""
    changes = [mutant.change for mutant in mutants(HEAD + expression + "\n")]
    assert "f: x - y -> y - x" not in changes
    assert "f: x - y -> x + y" in changes


def test_what_is_not_run_or_has_no_meaning_is_left_alone() -> None:
    """Texts, annotations and a guarded main part would make survivors that say nothing about cases."""
    source = (
        '"""Adds 1 + 1."""\n\ndef f(x: "2 + 2") -> "3 + 3":\n    """Says 4 + 4."""\n    print(f"{5 + 5}")\n'
        '    return x\n\nif __name__ == "__main__":\n    print(6 + 6)\n'
    )
    assert [mutant.change for mutant in mutants(source)] == ["f: x -> -x"]


@pytest.mark.parametrize("path", REFERENCES, ids=lambda path: path.parent.name)
def test_every_mutant_of_a_real_reference_is_another_program_that_can_be_read(path: Path) -> None:
    """A mutant that no parser reads, or that is the reference itself, would be counted as found or as a survivor."""
    source = path.read_text()
    made = mutants(source)
    trees = [ast.dump(ast.parse(mutant.source)) for mutant in made]
    assert made
    assert len({*trees, ast.dump(ast.parse(source))}) == len(made) + 1
    assert len({mutant.change for mutant in made}) == len(made)
    assert all("\n" not in mutant.change and mutant.diff.startswith("@@") for mutant in made)
    assert mutants(source) == made


def test_names_stay_when_the_file_around_them_changes() -> None:
    """An author's argument would be lost with the next comment."""
    source = HEAD + "x * y + x * y\n"
    moved = "# A comment, with é.\n\n\n" + source.replace("return ", "return (  # é\n        ").replace(
        "y\n", "y\n    )\n"
    )
    names = [mutant.change for mutant in mutants(source)]
    assert [mutant.change for mutant in mutants(moved)] == names
    assert {"f: x * y -> x / y", "f: x * y -> x / y (2)"} <= {*names}


def test_slips_stand_where_bytes_and_characters_differ() -> None:
    """A name that is not ASCII would shift every slip behind it."""
    made = {mutant.change: mutant.source for mutant in mutants('def f(x):\n    é = "é" * 1; return x + é\n')}
    assert made["f: x + é -> x - é"] == 'def f(x):\n    é = "é" * 1; return x - é\n'


def test_a_long_source_gives_no_more_mutants_than_asked() -> None:
    """A check of a long reference would take hours."""
    lines = "".join(f"    x = x * y + {number}\n" for number in range(200))
    source = f"def f(x, y):\n{lines}    return x\n"
    made = mutants(source, 40)
    assert 30 <= len(made) <= 40
    # They are taken from everywhere, not from the beginning alone.
    assert max(mutant.line for mutant in made) > 180
    assert mutants(source, 40) == made
