"""The hint ladder: from what helps everybody to what answers one kind of failure.

Invariant: what is found here are warnings; a problem with a crooked ladder grades as well as any.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from app.problems.checking.filed import Outcome
from app.problems.findings import Finding
from app.problems.folder.files import HINTS
from app.problems.model import Problem, Rules

#: The reason that each rule gives.
_REASONS = {
    "may_not_unroll": "unrolled",
    "required_imports": "required_import",
    "forbidden_imports": "forbidden_import",
    "required_calls": "required_call",
    "forbidden_calls": "forbidden_call",
    "required_statements": "required_statement",
    "forbidden_statements": "forbidden_statement",
    "required_operations": "required_operation",
    "forbidden_operations": "forbidden_operation",
    "forbidden_dtypes": "forbidden_dtype",
    "most_work": "too_much_work",
    "most_memory": "too_much_memory",
    "most_time": "too_slow",
}


def check_hints(problem: Problem, outcomes: Sequence[Outcome]) -> Iterator[Finding]:
    """Warnings about rungs in the wrong order, and about rungs that nothing leads to.

    Args:
        problem: whose hints they are.
        outcomes: what became of its filed submissions.
    """
    if problem.hints[0].after is not None:
        message = f"The first rung, {problem.hints[0].title!r}, waits for {problem.hints[0].after}."
        yield _order(message, "Begin with a hint that helps everybody, without an after: line.")
    else:
        tied = False
        for hint in problem.hints:
            if tied and hint.after is None:
                message = f"The rung {hint.title!r} is for everybody and comes after one that waits for a failure."
                yield _order(message, "Move it up, before the rungs with an after: line.")
            tied = tied or hint.after is not None
    reached = _reached(problem, outcomes)
    for hint in problem.hints:
        if hint.after is not None and hint.after not in reached:
            message = f"The rung {hint.title!r} waits for {hint.after}, and no wrong submission or rule leads there."
            mend = (
                f"File a wrong submission that ends so (those here end as {', '.join(sorted(reached))}), or delete it."
            )
            yield Finding("hint-unreachable", HINTS, None, message, mend, "warning")


def _order(message: str, mend: str) -> Finding:
    return Finding("hint-order", HINTS, None, message, mend, "warning")


def _reached(problem: Problem, outcomes: Sequence[Outcome]) -> set[str]:
    """Verdicts and reasons that filed submissions get or rules give."""
    wrong = [outcome for outcome in outcomes if outcome.verdict != "accepted"]
    reached: set[str] = {outcome.verdict for outcome in wrong}
    reached |= {outcome.reason for outcome in wrong if outcome.reason}
    rules, unset = problem.rules, Rules()
    broken = {reason for rule, reason in _REASONS.items() if getattr(rules, rule) != getattr(unset, rule)}
    if broken:
        reached |= {"rule_broken", *broken}
    if rules.deterministic:
        reached |= {"wrong_answer", "nondeterministic"}
    if problem.statistics is not None:
        reached |= {"wrong_answer", "distribution"}
    return reached
