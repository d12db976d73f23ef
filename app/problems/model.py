"""A problem as the rest of the program sees it: frozen, complete and already checked by the reader.

Invariant: a ``Problem`` is plain data without Python code that was run; the sources in it (``reference``, ``cases``,
submissions) are text that only a sandbox executes.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from app.judge.verdict import Reason, Verdict

Dtype = str


class Model(BaseModel):
    """Frozen, and strict about unknown keys."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)


class ArraySpec(Model):
    """A declared array: ``float32[N, 3]``. ``dtype`` is a name of ``sandbox.tree.DTYPES`` or ``key``."""

    kind: Literal["array"] = "array"
    dtype: Dtype
    shape: tuple[int | str, ...]


class StaticSpec(Model):
    """A declared Python value that is part of the signature: ``static int``."""

    kind: Literal["static"] = "static"
    type: Literal["int", "float", "bool", "str"]


class TupleSpec(Model):
    """A declared tuple: a TOML array."""

    kind: Literal["tuple"] = "tuple"
    items: tuple[Spec, ...]


class DictSpec(Model):
    """A declared dict: a TOML table. Keys are kept in sorted order, as JAX flattens them."""

    kind: Literal["dict"] = "dict"
    items: dict[str, Spec]


Spec = Annotated[ArraySpec | StaticSpec | TupleSpec | DictSpec, Field(discriminator="kind")]


class Tolerance(Model):
    """Allowed ``|got - expected| <= atol + rtol * |expected|``, against the reference."""

    atol: float = Field(ge=0)
    rtol: float = Field(ge=0, lt=1)


class Rules(Model):
    """What the solution must look like, beside what it returns.

    Attributes:
        may_not_unroll: the named size a loop over which must not be unrolled into the program.
        required_calls: dotted names, read from the source; a matter of style.
        forbidden_calls: dotted names, ``*`` allowed as the last part.
    """

    may_not_unroll: str | None = None
    required_calls: tuple[str, ...] = ()
    forbidden_calls: tuple[str, ...] = ()


class ProblemLimits(Model):
    """Overrides of ``sandbox.jobs.Limits``, bounded by the operator's settings (``app.problems.limits``)."""

    trace_seconds: float | None = Field(default=None, gt=0, le=120)
    evaluate_seconds: float | None = Field(default=None, gt=0, le=300)
    cpu_seconds: float | None = Field(default=None, ge=1, le=600)
    memory_mb: int | None = Field(default=None, ge=256, le=65536)
    output_kb: int | None = Field(default=None, ge=1, le=65536)
    threads: int | None = Field(default=None, ge=64, le=512)
    source_kb: int | None = Field(default=None, ge=1, le=256)
    artifact_kb: int | None = Field(default=None, ge=16, le=65536)
    operations: int | None = Field(default=None, ge=100, le=1_000_000)
    leaves: int | None = Field(default=None, ge=1, le=4096)
    depth: int | None = Field(default=None, ge=1, le=64)
    result_mb: int | None = Field(default=None, ge=1, le=1024)


class Hint(Model):
    """One rung of the hint ladder. ``after`` names the verdict or reason that unlocks it, if any."""

    title: str
    body: str
    after: str | None


class FiledSubmission(Model):
    """A submission kept with the problem, and what must become of it.

    Attributes:
        path: within the folder, ``submissions/wrong/no_sum.py``.
        verdict: ``accepted`` for everything under ``submissions/accepted``.
        message: for wrong ones, what the author would say to whoever made this mistake.
    """

    path: str
    source: str
    verdict: Verdict
    reason: Reason | None
    message: str


class CaseSettings(Model):
    """How the hidden cases are drawn."""

    seed: int = Field(ge=0, lt=2**63)
    draws: int = Field(default=2, ge=2, le=8)


class Problem(Model):
    """One version of a problem folder, whole.

    Attributes:
        slug: the folder's name.
        sha256: over every file's path and bytes: the version's identity.
        version: the author's own label, ``MAJOR.MINOR.PATCH``.
        arguments: parameter name -> declared type, in call order.
    """

    slug: str
    sha256: str
    title: str
    version: str
    difficulty: int = Field(ge=1, le=5)
    tags: tuple[str, ...]
    prerequisites: tuple[str, ...]
    mode: Literal["traced"]
    device: Literal["cpu", "gpu"]
    x64: bool
    entry: str
    arguments: Mapping[str, Spec]
    returns: Spec
    rules: Rules
    limits: ProblemLimits
    tolerances: Mapping[str, Tolerance]
    cases: CaseSettings
    statement: str
    hints: tuple[Hint, ...]
    starter: str
    reference: str
    solution: str
    cases_source: str
    submissions: tuple[FiledSubmission, ...]
