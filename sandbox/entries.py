"""What a program is traced from: an entry point, called by position, and the transformations around it.

Frozen data that crosses the wall as JSON. Invariant: ``from_json(to_json(call)) == call``, and ``str(call)`` is Python
that a learner can write to have the same.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

#: JAX's transformations by name; ``forward_over_reverse`` is ``jax.jvp`` of ``jax.grad``, ``scan`` the body of a loop.
Transformation = Literal[
    "jit",
    "vmap",
    "scan",
    "grad",
    "value_and_grad",
    "jacfwd",
    "jacrev",
    "hessian",
    "forward_over_reverse",
]
#: Whose arrays an eager call is given.
Arrays = Literal["jax", "numpy"]
#: Those that add a batch axis to arguments and results.
BATCHING: frozenset[Transformation] = frozenset({"vmap", "scan"})
#: Those that differentiate.
DERIVATIVES: frozenset[Transformation] = frozenset(
    {"grad", "value_and_grad", "jacfwd", "jacrev", "hessian", "forward_over_reverse"}
)


@dataclass(frozen=True)
class Step:
    """One transformation of a function.

    Attributes:
        apply: which.
        wrt: positions of the arguments that a derivative is taken with respect to.
        axes: for each argument the axis that is mapped over, or None for one that all calls share; for ``vmap`` and
            ``scan``. A container's arrays are all mapped over the same axis.
        has_aux: whether the function returns a pair of which only the first is differentiated; not for
            ``forward_over_reverse``.
    """

    apply: Transformation
    wrt: tuple[int, ...] = ()
    axes: tuple[int | None, ...] = ()
    has_aux: bool = False


@dataclass(frozen=True)
class Call:
    """A way to call a submission.

    Attributes:
        entry: name of a function: of the submission, or of the author's harness.
        parameters: how many positional parameters it must take, by name for messages.
        steps: transformations, the innermost first.
        harness: whether the function is the harness's, which takes the submission's module before the parameters.
    """

    entry: str
    parameters: tuple[str, ...]
    steps: tuple[Step, ...] = ()
    harness: bool = False

    def __str__(self) -> str:
        """Python for it: ``jax.vmap(jax.grad(f), in_axes=(None, 0))``."""
        text = self.entry
        for step in self.steps:
            text = _step_text(step, text)
        return text

    @property
    def transformation(self) -> str:
        """``str(self)`` if there is any transformation, else empty."""
        return str(self) if self.steps else ""


def _step_text(step: Step, inner: str) -> str:
    wrt = step.wrt[0] if len(step.wrt) == 1 else step.wrt
    argnums = "" if wrt == 0 else f", argnums={wrt}"
    aux = ", has_aux=True" if step.has_aux else ""
    match step.apply:
        case "jit":
            return f"jax.jit({inner})"
        case "vmap":
            axes = "" if set(step.axes) == {0} else f", in_axes={step.axes}"
            return f"jax.vmap({inner}{axes})"
        case "scan":
            shared = "" if None not in step.axes else f" over axes {step.axes}"
            return f"jax.lax.scan of {inner}{shared}"
        case "forward_over_reverse":
            return f"jax.jvp of jax.grad({inner}{argnums})"
    return f"jax.{step.apply}({inner}{argnums}{aux})"


def to_json(call: Call) -> dict[str, Any]:
    """The call as plain JSON data."""
    steps = [{"apply": step.apply, "wrt": step.wrt, "axes": step.axes, "has_aux": step.has_aux} for step in call.steps]
    return {"entry": call.entry, "parameters": call.parameters, "steps": steps, "harness": call.harness}


def from_json(data: Mapping[str, Any]) -> Call:
    """The call that ``to_json`` wrote; its own output is the only input."""
    steps = tuple(
        Step(step["apply"], tuple(step["wrt"]), tuple(step["axes"]), step["has_aux"]) for step in data["steps"]
    )
    return Call(data["entry"], tuple(data["parameters"]), steps, data["harness"])
