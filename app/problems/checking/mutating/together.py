"""Many mutants in one job: a source that holds them all, with an entry point for each function of each.

Starting processes takes a mutant three times as long as all else. So most are found out together, by the first cases
that they are judged on or by all of them, and some by their programs, which are the reference's. The sandbox knows
nothing of it: a mutant that raises returns an object that no reference may. One whose fate stays open is judged by
itself: it passes, or something in its job runs into a limit. Invariant: a mutant is killed here only if it raises
as it is traced, or if the judge's own comparison refuses what the evaluator computed; and nothing here counts but where
the reference, traced after all of them, comes out as it does alone, so that none has changed anything for the others.
"""

from __future__ import annotations

import ast
import math
from collections import Counter
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from typing import Literal

from app.judge.comparison.deferred import Deferred
from app.problems.checking.mutating.mutants import Mutant
from app.problems.checking.side_by_side import side_by_side
from app.problems.plan import Plan, grade_job, plan
from app.problems.published import Published
from sandbox.entries import Call
from sandbox.jobs import Evaluated, GradeEvent, GradeJob, Sandbox, Vetted
from sandbox.tree import Tree

#: Mutants of one job: so few that not much is done again where one takes the others' time.
_TOGETHER = 8
#: How much of the time that a single mutant may be evaluated all of a job have: most of them need a fraction of it.
_SHARE = 0.4

#: The source around them. Each is loaded as a submission is, with a harness of its own, before anything is traced. A
#: lack of memory ends the job, for it may be the others'.
_AROUND = """\
import sys
import types

_SOURCES = {sources!r}
_HARNESS = {harness!r}


class Raised:
    pass


def _load(name, source):
    module = types.ModuleType(name)
    sys.modules[name] = module
    exec(compile(source, name + ".py", "exec", dont_inherit=True), module.__dict__)
    return module


def _loaded(source):
    try:
        return _load("submission", source), _load("harness", _HARNESS)
    except MemoryError:
        raise
    except Exception:
        return None, None


def _entry(module, harness, name, harnessed):
    def call(*arguments):
        sys.modules["submission"] = module
        try:
            if harnessed:
                return getattr(harness, name)(module, *arguments)
            return getattr(module, name)(*arguments)
        except MemoryError:
            raise
        except Exception:
            return Raised()

    return call


for _number, _source in enumerate(_SOURCES):
    _module, _harness = _loaded(_source)
    for _name, _harnessed in {entries!r}:
        globals()[_name + "_" + str(_number)] = _entry(_module, _harness, _name, _harnessed)
"""

#: What a module may call as it is loaded, for nobody else notices: transformations, and what makes arrays and numbers.
_HARMLESS = frozenset(
    "jit vmap grad value_and_grad jacfwd jacrev hessian checkpoint custom_jvp custom_vjp partial array asarray arange "
    "linspace ones zeros eye float32 float64 int32 finfo iinfo sqrt exp log float int".split()
)

#: What becomes of mutants that need not be judged by themselves, or of one that passes what it was judged on so far.
Shown = Literal["killed", "equivalent", "passed"]


def judge_together(
    parts: tuple[Published, Published],
    mutants: Sequence[Mutant],
    artifacts: AbstractSet[str],
    sandbox: Sandbox,
    lanes: int,
) -> dict[str, Shown]:
    """What can be said of a reference's mutants, by source, without judging each by itself.

    Args:
        parts: the problem with the cases that are judged first, and the whole of it.
        mutants: to be judged.
        artifacts: SHA-256 of the programs that the reference is vetted to.
        sandbox: where they are traced and evaluated.
        lanes: how many jobs at the same time.

    Returns:
        Nothing for a problem whose answers are judged otherwise than value by value, or whose reference does something
        as it is loaded: that would be done for all.

    Raises:
        SandboxUnavailable: the fault is ours.
    """
    problem = parts[1].problem
    by_value = problem.mode != "eager" and not problem.comparison and problem.statistics is None
    if not by_value or not _only_defines(problem.reference):
        return {}
    shown: dict[str, Shown] = {}
    left = list(mutants)
    for published, whole in zip(parts, (False, True), strict=True):
        planned = plan(problem, published.cases, published.probes)
        size = min(_TOGETHER, math.ceil(len(left) / lanes)) or 1
        batches = [_Batch(published, planned, left[start : start + size]) for start in range(0, len(left), size)]
        for found in side_by_side(lambda batch: batch.judge(artifacts, sandbox), batches, lanes):
            # Programs that are the same for some shapes may not be for others.
            final = whole and not problem.rules.beyond_programs
            shown |= {source: fate if final or fate == "killed" else "passed" for source, fate in found.items()}
        left = [mutant for mutant in left if shown.get(mutant.source) == "passed"]
    return shown


def _only_defines(source: str) -> bool:
    """Whether loading a module only imports, defines, names values and completes its own definitions."""
    tree = ast.parse(source)
    own = {statement.name for statement in tree.body if isinstance(statement, ast.FunctionDef)}
    for statement in tree.body:
        match statement:
            case ast.Expr(value=ast.Call(func=ast.Attribute(value=ast.Name(id=name)), args=args)) if name in own:
                called = [call for arg in args for call in _calls(arg)]  # ``function.defvjp(forward, backward)``
            case ast.Expr(value=ast.Constant()) | ast.Import() | ast.ImportFrom() | ast.FunctionDef():
                called = _calls(statement)
            case ast.Assign(targets=[ast.Name()]) | ast.AnnAssign(target=ast.Name()):
                called = _calls(statement)
            case ast.Assign(targets=[ast.Tuple(elts=parts)]) if all(isinstance(part, ast.Name) for part in parts):
                called = _calls(statement)
            case _:
                return False
        if not {*called} <= _HARMLESS:
            return False
    return True


def _calls(node: ast.AST) -> list[str]:
    """Names of what is called as a statement is carried out, without modules; not by a function that it makes."""
    if isinstance(node, ast.FunctionDef):
        inner: list[ast.AST] = [*node.decorator_list, node.args]
    elif isinstance(node, ast.Lambda):
        inner = [node.args]
    else:
        inner = [*ast.iter_child_nodes(node)]
    called = [each for each in getattr(node, "decorator_list", []) if not isinstance(each, ast.Call)]
    if isinstance(node, ast.Call):
        called = [node.func, *node.args] if _name(node.func) == "partial" else [node.func]
    return [*map(_name, called)] + [name for each in inner for name in _calls(each)]


def _name(node: ast.expr) -> str:
    """``jit`` of ``jax.jit``."""
    return ast.unparse(node).rpartition(".")[2]


@dataclass(frozen=True)
class _Batch:
    """The mutants of one job."""

    published: Published
    planned: Plan
    mutants: Sequence[Mutant]

    def judge(self, artifacts: AbstractSet[str], sandbox: Sandbox) -> dict[str, Shown]:
        """What was seen of each; nothing if the reference's programs are not those it has alone."""
        seen = _Seen(self.published, self.planned, len(self.mutants))
        for event in sandbox.grade(self._job()):
            seen.take(event)
        reference = seen.programs(len(self.mutants))
        if None in reference or not {*reference} <= artifacts:
            return {}
        fates = ((mutant.source, seen.shown(number, reference)) for number, mutant in enumerate(self.mutants))
        return {source: fate for source, fate in fates if fate is not None}

    def _job(self) -> GradeJob:
        """Every signature of every mutant, then those of the reference, which is traced only."""
        problem = self.published.problem
        sources = [*(mutant.source for mutant in self.mutants), problem.reference]
        names = {(each.call.entry, each.call.harness) for each in self.planned.signatures}
        source = _AROUND.format(sources=sources, harness=problem.harness, entries=sorted(names))
        signatures = [
            replace(each, call=_call(each.call, number), inputs=each.inputs if number < len(self.mutants) else ())
            for number in range(len(sources))
            for each in self.planned.signatures
        ]
        job = grade_job(problem, source, Plan(tuple(signatures), ()))
        limits = replace(job.limits, evaluate_seconds=_SHARE * job.limits.evaluate_seconds)
        return replace(job, harness="", twice=False, limits=limits)


def _call(call: Call, number: int) -> Call:
    return replace(call, entry=f"{call.entry}_{number}", harness=False)


class _Seen:
    """What was heard of the sources of one job: mutants, and the reference behind them."""

    def __init__(self, published: Published, planned: Plan, mutants: int) -> None:
        self._planned = planned
        self._programs: dict[int, str] = {}
        self._returns: dict[int, Tree] = {}
        self._compared = [Deferred(published) for _ in range(mutants)]
        self._wrong: set[int] = set()
        self._right: Counter[int] = Counter()

    def take(self, event: GradeEvent) -> None:
        match event:
            case Vetted():
                self._programs[event.signature] = event.artifact
                self._returns[event.signature] = event.returns
            case Evaluated():
                source, number = divmod(event.signature, len(self._planned.signatures))
                place = self._planned.origins[number][event.draw]
                mismatch, _ = self._compared[source].compare(place, self._returns[event.signature], event.outputs)
                self._right[source] += mismatch is None
                if mismatch is not None:
                    self._wrong.add(source)

    def programs(self, source: int) -> list[str | None]:
        """SHA-256 of the program of each signature; None where there is none."""
        count = len(self._planned.signatures)
        return [self._programs.get(signature) for signature in range(source * count, (source + 1) * count)]

    def shown(self, mutant: int, reference: Sequence[str | None]) -> Shown | None:
        """What its programs and results say; None if some are missing."""
        if mutant in self._wrong:
            return "killed"
        if self._right[mutant] != sum(map(len, self._planned.origins)):
            return None
        return "equivalent" if self.programs(mutant) == reference else "passed"
