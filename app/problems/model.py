"""A problem as the rest of the program sees it: frozen, complete and already checked by the reader.

Invariant: a ``Problem`` is plain data without Python code that was run; the sources in it (``reference``, ``cases``,
submissions) are text that only a sandbox executes.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from app.judge.verdict import Reason, Verdict
from sandbox.entries import Arrays, Call, Transformation

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


class PytreeSpec(Model):
    """A value of any structure: ``pytree``. What a case gives, or what the reference returns, says which."""

    kind: Literal["pytree"] = "pytree"


class OptionalSpec(Model):
    """A declared value that may be None instead: ``bool[N]?``."""

    kind: Literal["optional"] = "optional"
    item: ArraySpec


class TupleSpec(Model):
    """A declared tuple: a TOML array."""

    kind: Literal["tuple"] = "tuple"
    items: tuple[Spec, ...]


class DictSpec(Model):
    """A declared dict: a TOML table. Keys are kept in sorted order, as JAX flattens them."""

    kind: Literal["dict"] = "dict"
    items: dict[str, Spec]


Spec = Annotated[ArraySpec | StaticSpec | PytreeSpec | OptionalSpec | TupleSpec | DictSpec, Field(discriminator="kind")]


class Entry(Model):
    """A function that cases call.

    Attributes:
        arguments: parameter name -> declared type, in call order.
        returns: what it returns.
        harness: whether it is a function of ``harness.py``, which is given the solution's module before the arguments.
    """

    arguments: dict[str, Spec]
    returns: Spec
    harness: bool = False


class Check(Model):
    """Cases that are judged once more with the function under transformations.

    Attributes:
        entry: the function.
        transform: JAX's transformations, the outermost first, as nested code reads.
        wrt: names of the parameters that derivatives are taken with respect to.
        axes: axis that is mapped over by name of the parameter, None for one that all calls share.
        size: calls that are mapped over: each maps over value sets of one case.
        has_aux: whether the function returns a pair of which only the first is differentiated.
        cases: names of cases of that function.
        finite_differences: whether the reference's derivatives must be those of its values.
    """

    entry: str
    transform: tuple[Transformation, ...]
    wrt: tuple[str, ...]
    axes: Mapping[str, int | None]
    size: int = Field(ge=2, le=64)
    has_aux: bool
    cases: tuple[str, ...] = Field(min_length=1)
    finite_differences: bool = True


class Tolerance(Model):
    """Allowed ``|got - expected| <= atol + rtol * |expected|``, against the reference."""

    atol: float = Field(ge=0)
    rtol: float = Field(ge=0, lt=1)


class Statistics(Model):
    """An entry point whose results are random: their distribution is judged, over many keys, not their values.

    Attributes:
        entry: the function.
        key: the parameter that is the PRNG key; what cases give for it is replaced.
        keys: results of the reference, and of a submission, for each value set.
    """

    entry: str
    key: str
    keys: int = Field(ge=64, le=1024)


class Rules(Model):
    """What the solution must look like, beside what it returns.

    Attributes:
        may_not_unroll: the named size a loop over which must not be unrolled into the program.
        required_imports: dotted names of modules; this and all below is read from the source, a matter of style.
        forbidden_imports: likewise, with what is below them; ``*`` allowed as the last part.
        required_calls: dotted names.
        forbidden_calls: dotted names, ``*`` allowed as the last part.
        required_statements: keys of ``app.judge.rules.statements.STATEMENTS``.
        forbidden_statements: likewise.
        required_operations: names of ``sandbox.operations``, which the results of programs depend on wherever the
            reference's do.
        forbidden_operations: names of the same, which no program has.
        forbidden_dtypes: of any value in a program.
        most_work: work of a program as a multiple of the reference's.
        most_memory: memory of a program, beside its arguments, as a multiple of the reference's.
        most_time: run time of the program of the largest case as a multiple of the reference's.
        deterministic: whether tracing twice must give the same programs.
    """

    may_not_unroll: str | None = None
    required_imports: tuple[str, ...] = ()
    forbidden_imports: tuple[str, ...] = ()
    required_calls: tuple[str, ...] = ()
    forbidden_calls: tuple[str, ...] = ()
    required_statements: tuple[str, ...] = ()
    forbidden_statements: tuple[str, ...] = ()
    required_operations: tuple[str, ...] = ()
    forbidden_operations: tuple[str, ...] = ()
    forbidden_dtypes: tuple[str, ...] = ()
    most_work: float | None = Field(default=None, ge=1, le=1e6)
    most_memory: float | None = Field(default=None, ge=1, le=1e6)
    most_time: float | None = Field(default=None, ge=1.25, le=1e6)
    deterministic: bool = False

    @property
    def measured(self) -> bool:
        """Whether a rule is about what XLA says of programs."""
        return self.most_work is not None or self.most_memory is not None

    @property
    def beyond_programs(self) -> bool:
        """Whether two sources with the same programs may be judged differently: by what they say, or another trace."""
        imports, calls = (
            (*self.required_imports, *self.forbidden_imports),
            (*self.required_calls, *self.forbidden_calls),
        )
        statements = (*self.required_statements, *self.forbidden_statements)
        return self.deterministic or bool(imports or calls or statements)


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


class AttemptPolicy(Model):
    """How often somebody may have a submission graded. Runs, and attempts that we failed to judge, never count.

    Attributes:
        most: attempts at all versions together.
        cooldown_seconds: pause after an attempt that failed, doubled with each further one in a row, up to an hour.
    """

    most: int | None = Field(default=None, ge=1, le=10_000)
    cooldown_seconds: float | None = Field(default=None, gt=0, le=3600)


class Hint(Model):
    """One rung of the hint ladder. ``after`` names the verdict or reason that unlocks it, if any."""

    title: str
    body: str
    after: Verdict | Reason | None


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


class Survivor(Model):
    """A slip in the reference that is as right as it is, so that no case can show it.

    Attributes:
        change: the mutant's name, as ``problem check`` prints it.
        why: what the author says about it.
    """

    change: str = Field(min_length=1)
    why: str = Field(min_length=1)


class CaseSettings(Model):
    """How the hidden cases are drawn.

    Attributes:
        draws: calls of ``hidden(rng)``.
        fresh: whether further values may be drawn like the hidden ones, and shown where only hidden cases fail.
    """

    seed: int = Field(ge=0, lt=2**63)
    draws: int = Field(default=2, ge=2, le=8)
    fresh: bool = True


class Problem(Model):
    """One version of a problem folder, whole.

    Attributes:
        slug: the folder's name.
        sha256: over every file's path and bytes: the version's identity.
        version: the author's own label, ``MAJOR.MINOR.PATCH``.
        mode: whether a solution is traced, and its program judged, or called on the inputs themselves.
        arrays: whose arrays an eager call is given; runs of traced problems are given JAX's.
        entries: the functions that cases call, by name; the first is the main one.
        defines: functions that a solution defines beside them, for the harness: parameter names by function.
        harness: the author's functions around the solution's; empty if there are none.
        comparison: the source of ``compare.py``; empty if there is none.
        statistics: the entry point whose results are random, if one's are.
        compared: entry points whose values that file compares, with the function of it that does.
        survivors: mutants of the reference that the author argues to be right.
    """

    slug: str
    sha256: str
    title: str
    version: str
    difficulty: int = Field(ge=1, le=5)
    tags: tuple[str, ...]
    prerequisites: tuple[str, ...]
    mode: Literal["traced", "eager"]
    arrays: Arrays = "jax"
    device: Literal["cpu", "gpu"]
    x64: bool
    entries: dict[str, Entry] = Field(min_length=1)
    defines: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    harness: str = ""
    statistics: Statistics | None = None
    comparison: str = ""
    compared: dict[str, str] = Field(default_factory=dict)
    checks: tuple[Check, ...] = ()
    rules: Rules
    limits: ProblemLimits
    attempts: AttemptPolicy = AttemptPolicy()
    tolerances: Mapping[str, Tolerance]
    cases: CaseSettings
    statement: str
    hints: tuple[Hint, ...]
    starter: str
    reference: str
    solution: str
    cases_source: str
    submissions: tuple[FiledSubmission, ...]
    survivors: tuple[Survivor, ...] = ()

    def call(self, entry: str) -> Call:
        """How cases call one of the entry points."""
        declared = self.entries[entry]
        return Call(entry, tuple(declared.arguments), harness=declared.harness)

    @property
    def functions(self) -> dict[str, list[str]]:
        """What a solution defines: the names of its functions' parameters, by function."""
        own = {name: [*entry.arguments] for name, entry in self.entries.items() if not entry.harness}
        return own | {name: [*names] for name, names in self.defines.items()}
