"""Judging a problem that cannot be traced: its cases are called, hidden ones too, in a process the learner's code owns.

The promise is weaker than for a program: the code sees hidden inputs, and what it tells comes from it. Invariant: of a
process that had hidden inputs nothing is shown that it could fill with values: neither its prints nor an exception's
text, and of its class only a name that Python itself has.
"""

from __future__ import annotations

import builtins
import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from app.judge.comparison.compare import same_type
from app.judge.events import Event
from app.judge.explain.wording import one_line
from app.judge.grading import Grading
from app.judge.outcome import Outcome, of_failure
from app.judge.pitfalls import Watcher
from app.problems.plan import plan_eagerly
from app.problems.published import Published
from sandbox.jobs import Called, Evaluated, Failed, Failure, Finished, GradeEvent

_EXCEPTIONS = frozenset(
    name for name, value in vars(builtins).items() if isinstance(value, type) and issubclass(value, Exception)
)
#: Longest quotation of a line of the source, in characters.
_LINE = 120


class EagerGrading(Grading):
    """Takes the calls of one submission and keeps the score."""

    def __init__(self, published: Published, toolchain: Mapping[str, str], source: bytes, *, watcher: Watcher) -> None:
        """Start with nothing judged; ``source`` is quoted where code goes wrong on hidden inputs."""
        digest = hashlib.sha256(source).hexdigest()
        super().__init__(published, digest, {**toolchain, "mode": "eager"}, watcher=watcher)
        self._lines = source.decode(errors="replace").splitlines()
        self._public_prints = ""
        self._changed: dict[int, tuple[int, ...]] = {}
        self.plan = plan_eagerly(published.cases)

    def take(self, event: GradeEvent) -> Iterator[Event]:
        """Note one event of the sandbox; yields the progress it makes."""
        match event:
            case Called():
                yield from self._take_call(event)
            case Failed(failure, int(index)):
                yield from self._fail(index, failure)
            case Finished(printed, timings):
                # What was printed while the source was loaded, before any input went in, is no secret.
                yield from super().take(Finished(printed + self._public_prints, timings))
            case _:
                yield from super().take(event)

    def _take_call(self, event: Called) -> Iterator[Event]:
        index, returned = event.signature, event.returned
        case = self._published.cases[index]
        if case.public:
            self._public_prints += returned.printed
        if returned.failure is not None:
            yield from self._fail(index, returned.failure)
            return
        assert returned.returns is not None
        if returned.changed:
            self._changed.setdefault(index, returned.changed)
        if not same_type(case.expected_of(event.draw), returned.returns):
            self._mistyped = True
        self._returns[index] = returned.returns
        yield from self._take_outputs(Evaluated(index, event.draw, returned.outputs, 0.0, returned.milliseconds))

    def _fail(self, index: int, failure: Failure) -> Iterator[Event]:
        case = self._published.cases[index]
        outcome = of_failure(failure, case.sizes, public=case.public, clues=self.clues)
        if not case.public and (where := self._where(failure)):
            outcome = replace(outcome, message=where)
        if index in self._scores.results:
            self._whole = self._whole or outcome  # its process went wrong after all its results were there
            return
        self._scores.wrong(index, outcome)
        yield from self._finish_case(index)

    def _finish_case(self, index: int) -> Iterator[Event]:
        """A result that is right counts only if the arguments are as they were."""
        if index in self._changed:
            case = self._published.cases[index]
            message = explain_changed(case.call.parameters if case.public else (), self._changed[index])
            names = ", ".join(case.call.parameters[position] for position in self._changed[index])
            self._scores.wrong(index, Outcome("wrong_answer", "mutated_input", message, subject=names))
        yield from super()._finish_case(index)

    def _where(self, failure: Failure) -> str:
        """Where an exception came up on hidden inputs, and its class if that is one of Python's own; else nothing."""
        line = failure.frames[-1].line if failure.frames else 0
        if failure.kind != "exception" or not 0 < line <= len(self._lines):
            return ""
        name = failure.error if failure.error in _EXCEPTIONS else "an exception"
        return f"Line {line}, `{one_line(self._lines[line - 1], _LINE)}`, raised {name}."


def explain_changed(parameters: Sequence[str], changed: Sequence[int]) -> str:
    """That a call has changed arguments in place, and the way out; without ``parameters`` not which."""
    names = [f"`{parameters[position]}`" for position in changed if position < len(parameters)]
    if not names:
        return "The function changes its inputs. Work on copies, as with `x = x.copy()`."
    first = parameters[changed[0]]
    arguments = f"argument{'s'[: len(names) > 1]} {' and '.join(names)}"
    return f"The function changes its {arguments} in place. Work on a copy: `{first} = {first}.copy()`."
