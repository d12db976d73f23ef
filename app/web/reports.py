"""What a report says, as a page shows it: of an attempt and of a run.

Invariant: whatever a report holds is on the page without a script, and of hidden cases no more than the report has.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup, escape

from app.attempts.schemas import AttemptDetail, RunDetail
from app.judge.run import RunCall
from app.judge.verdict import CaseResult, Counterexample, Report, TracebackLine, UnlockedHint
from app.web.comparisons import ComparisonView, comparison_view
from app.web.text import visible

#: An escape sequence of a terminal (ECMA-48): colours and the like, which mean nothing on a page.
_ESCAPE = re.compile(
    "\x1b(?:\\[[0-?]*[ -/]*[@-~]|\\][^\x07\x1b]*(?:\x07|\x1b\\\\)?|[ -/]*[0-~])",
)
_LINE = re.compile(r"\b[Ll]ine (\d{1,6})\b")
#: Stages whose times are told, in order.
_STAGES = ("start", "trace", "vet", "compile", "total")


@dataclass(frozen=True)
class CaseView:
    """One case, or one call of a run.

    Attributes:
        closed: whether nothing but its name, its shape and how it ended may be told.
        opened: whether it is shown open: the first one that is wrong.
        about: the types of its arguments, or their values.
        message: empty where the report as a whole says it.
        milliseconds: of a call; None for cases.
    """

    name: str
    call: str
    about: str
    verdict: str | None
    reason: str | None
    message: Markup
    closed: bool
    opened: bool
    comparison: ComparisonView | None
    detail: str
    frames: Sequence[TracebackLine]
    printed: str
    value: str
    milliseconds: float | None


@dataclass(frozen=True)
class ReportView:
    """A report.

    Attributes:
        kind: ``attempt`` or ``run``.
        pitfall: what the author says to whoever makes this mistake; ``message`` is then what was found beside it.
        marks: lines of the source with what is said of them, for the editor.
        timings: stage and milliseconds.
        toolchain: name and version of what judged it.
    """

    kind: str
    verdict: str | None
    message: Markup
    pitfall: Markup | None
    cases: Sequence[CaseView]
    printed: str
    example: Counterexample | None
    notes: Sequence[Markup]
    hints: Sequence[UnlockedHint]
    frames: Sequence[TracebackLine]
    detail: str
    timings: Sequence[tuple[str, float]]
    marks: Sequence[dict[str, Any]]
    traced: int
    passed: int
    hidden: int
    toolchain: Sequence[tuple[str, str]]
    note: str

    @property
    def public(self) -> int:
        """How many cases are public."""
        return len(self.cases) - self.hidden


def attempt_view(attempt: AttemptDetail) -> ReportView:
    """A graded attempt that is done. One without a report, cancelled or failed by us, has its verdict and message."""
    report = attempt.report
    if report is None:
        return _bare("attempt", attempt.verdict, attempt.message or "")
    first = next((index for index, case in enumerate(report.cases) if _failed(case.verdict)), None)
    opened = report.cases[first] if first is not None and report.cases[first].public else None
    said, pitfall = _split(report)
    return ReportView(
        kind="attempt",
        verdict=report.verdict,
        message=inline(said),
        pitfall=pitfall,
        cases=[_case(case, said, opened=index == first) for index, case in enumerate(report.cases)],
        printed=printed_text(report.printed),
        example=report.example,
        notes=[*map(inline, report.notes)],
        hints=report.hints,
        # They are the opened case's, if there is one that can be opened.
        frames=report.frames if opened is None or not opened.frames else (),
        detail=visible(report.detail) if opened is None or not (opened.compared or opened.detail) else "",
        timings=[(stage, report.timings_ms[stage]) for stage in _STAGES if stage in report.timings_ms],
        marks=_marks(report.frames, report.message),
        traced=report.traced,
        passed=sum(case.verdict == "accepted" for case in report.cases),
        hidden=sum(not case.public for case in report.cases),
        toolchain=[(name, value) for name, value in report.toolchain.items() if value],
        note="",
    )


def run_view(run: RunDetail) -> ReportView:
    """A run that is done."""
    report = run.report
    if report is None:
        return _bare("run", run.verdict, run.message or "")
    first = next((index for index, call in enumerate(report.calls) if _failed(call.verdict)), None)
    shown = first if first is not None else 0
    frames = report.frames or (report.calls[first].frames if first is not None else ())
    said = report.message or (report.calls[first].message if first is not None else "")
    return ReportView(
        kind="run",
        verdict=report.verdict,
        message=inline(report.message),
        pitfall=None,
        cases=[_call(call, opened=index == shown) for index, call in enumerate(report.calls)],
        printed=printed_text(report.printed),
        example=None,
        notes=[*map(inline, report.notes)],
        hints=report.hints,
        frames=report.frames,
        detail="",
        timings=(),
        marks=_marks(frames, said),
        traced=0,
        passed=sum(call.verdict == "accepted" for call in report.calls),
        hidden=0,
        toolchain=(),
        note=report.note,
    )


def inline(text: str) -> Markup:
    """A sentence of the judge's, or of an author's, with what stands between backticks as code."""
    parts = visible(text).split("`")
    if len(parts) % 2 == 0:  # one of them has no counterpart
        return escape(visible(text))
    marked = (Markup("<code>{}</code>").format(part) if at % 2 else escape(part) for at, part in enumerate(parts))
    return Markup("").join(marked)


def printed_text(text: str) -> str:
    """What a learner's code printed, without the colours of terminals."""
    return visible(_ESCAPE.sub("", text)).rstrip()


def _bare(kind: str, verdict: str | None, message: str) -> ReportView:
    return ReportView(
        kind=kind,
        verdict=verdict,
        message=inline(message),
        pitfall=None,
        cases=(),
        printed="",
        example=None,
        notes=(),
        hints=(),
        frames=(),
        detail="",
        timings=(),
        marks=(),
        traced=0,
        passed=0,
        hidden=0,
        toolchain=(),
        note="",
    )


def _failed(verdict: str | None) -> bool:
    return verdict not in (None, "accepted")


def _split(report: Report) -> tuple[str, Markup | None]:
    """What was found, and what the author says of the mistake, which stand in one text in the report."""
    if report.pitfall is None:
        return report.message, None
    author = report.pitfall.message
    return report.message.replace(author, "", 1).strip(), inline(author)


def _case(case: CaseResult, said: str, *, opened: bool) -> CaseView:
    return CaseView(
        name=case.name,
        call=case.call,
        about=case.shape,
        verdict=case.verdict,
        reason=case.reason,
        message=inline("" if case.message in said else case.message),
        closed=not case.public,
        opened=opened and case.public,
        comparison=comparison_view(case.compared) if case.compared else None,
        detail=visible(case.detail) if case.compared is None or not case.compared.expected.values else "",
        frames=case.frames,
        printed="",
        value="",
        milliseconds=None,
    )


def _call(call: RunCall, *, opened: bool) -> CaseView:
    return CaseView(
        name=call.name,
        call=call.call,
        about=visible(call.arguments),
        verdict=call.verdict,
        reason=call.reason,
        message=inline(call.message),
        closed=False,
        opened=opened,
        comparison=comparison_view(call.compared) if call.compared else None,
        detail=visible(call.detail) if call.compared is None or not call.compared.expected.values else "",
        frames=call.frames,
        printed=printed_text(call.printed),
        value=visible(call.value),
        milliseconds=call.milliseconds,
    )


def _marks(frames: Sequence[TracebackLine], message: str) -> Sequence[dict[str, Any]]:
    """The line of the source that a report is about: where it failed, or the first that the explanation names."""
    lines: Iterable[int] = [frames[-1].line] if frames else map(int, _LINE.findall(message)[:1])
    return [{"line": line, "message": visible(message)} for line in lines]
