"""Derivatives of references, held against differences of their values."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.problems.publishing.publish import PublishFailed, publish
from sandbox.jobs import Sandbox
from tests.judge import small

_RULE = """
import jax
import jax.numpy as jnp


@jax.custom_vjp
def curve(x):
    return jnp.sin(x)


curve.defvjp(lambda x: (jnp.sin(x), x), lambda x, g: (g * {slope},))


def {name}(x):
    return {result}
"""


@pytest.mark.parametrize(
    ("slug", "result", "slope", "right"),
    [
        ("under_value_and_grad", "curve(x).sum()", "jnp.cos(x)", True),
        ("under_value_and_grad", "curve(x).sum()", "-jnp.cos(x)", False),
        ("under_value_and_grad", "curve(x).sum()", "2 * jnp.cos(x)", False),
        ("under_value_and_grad", "jax.nn.relu(x).sum() + curve(0 * x).sum()", "jnp.cos(x)", True),
        ("under_jacrev", "curve(x) * x.sum()", "jnp.cos(x)", True),
        ("under_jacrev", "curve(x) * x.sum()", "jnp.cos(x).at[0].set(0)", False),
    ],
)
def test_a_wrong_derivative_of_a_reference_is_found(
    sandbox: Sandbox, tmp_path: Path, slug: str, result: str, slope: str, *, right: bool
) -> None:
    """Every learner's right derivative would be refused, because the reference's custom rule has a slip in it."""
    problem = small.problem(slug, tmp_path)
    checks = tuple(check.model_copy(update={"finite_differences": True}) for check in problem.checks)
    source = _RULE.format(name=slug, result=result, slope=slope)
    asked = problem.model_copy(update={"reference": source, "checks": checks})
    if right:
        publish(asked, sandbox)
        return
    with pytest.raises(PublishFailed) as failed:
        publish(asked, sandbox)
    assert {finding.code for finding in failed.value.findings} == {"derivative-differs"}
    # An author may mean it so.
    meant = tuple(check.model_copy(update={"finite_differences": False}) for check in checks)
    publish(asked.model_copy(update={"checks": meant}), sandbox)
