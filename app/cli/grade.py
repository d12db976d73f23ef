"""``allclose grade``: the judge, offline, on any number of files in one warm sandbox.

Invariant: a document of several reports, and whatever goes into a file, is written once all of it is there.
"""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TextIO

from rich.console import Console
from rich.text import Text

from app.cli.files import destination, write_whole
from app.cli.formats.gradescope import gradescope
from app.cli.formats.junit import junit
from app.cli.formats.outcomes import Graded
from app.cli.formats.prairielearn import prairielearn
from app.cli.inputs import open_sandbox, prepare, read_source, stop
from app.cli.output import ReportFormat, console, indented, plain, print_hints, print_more, print_notes, verdict_text
from app.cli.settings import USAGE
from app.judge.events import Judged
from app.judge.judge import judge
from app.judge.verdict import Counterexample, Report
from app.problems.published import Published
from sandbox.jobs import Sandbox

NOT_ACCEPTED = 1
#: Formats of one submission each, with a score.
_SCORED = {"gradescope": gradescope, "prairielearn": prairielearn}


def grade_files(
    problem: str, files: Sequence[str], output: ReportFormat, *, partial: bool = False, into: str | None = None
) -> int:
    """Grade ``files`` in order and write their reports; returns the exit status.

    Args:
        problem: a folder, or the name of one.
        files: submissions; ``-`` is standard input.
        output: the format. Text and JSON are printed as soon as a report is there, unless they go into a file.
        partial: score the share of what passed, in formats that have a score.
        into: the file to write; None for standard output.
    """
    if output in _SCORED and len(files) != 1:
        stop(f"--format {output} takes exactly one submission", USAGE)
    if partial and output not in _SCORED:
        stop(f"--partial goes with --format {' or '.join(_SCORED)}, the formats with a score", USAGE)
    place = None if into is None else destination(into)
    sources = [(name, read_source(name)) for name in files]
    streamed = place is None and output in ("text", "json")
    graded: list[Graded] = []
    with open_sandbox() as sandbox:
        published = prepare(problem, sandbox)
        for name, source in sources:
            graded.append(Graded(name, report_on(published, source, sandbox)))
            if streamed:
                _tell(sys.stdout, graded[-1:], output, partial=partial)
    if not streamed:
        document = io.StringIO()
        _tell(document, graded, output, partial=partial)
        _put(document.getvalue(), place)
    return 0 if all(each.report.verdict == "accepted" for each in graded) else NOT_ACCEPTED


def _put(text: str, place: Path | None) -> None:
    if place is None:
        print(text, end="", flush=True)
    else:
        write_whole(place, text)


def _tell(stream: TextIO, graded: Sequence[Graded], output: ReportFormat, *, partial: bool) -> None:
    if output == "text":
        out = console(stream)
        for each in graded:
            print_report(out, each.file, each.report)
    elif output == "json":
        for each in graded:
            print(json.dumps({"file": each.file, **each.report.model_dump(mode="json")}), file=stream)
    elif output == "junit":
        stream.write(junit(graded))
    else:
        stream.write(_SCORED[output](graded[0].report, partial=partial))
    stream.flush()


def report_on(published: Published, source: bytes, sandbox: Sandbox) -> Report:
    """The report at the end of a grading."""
    *_, last = judge(published, source, sandbox)
    assert isinstance(last, Judged)
    return last.report


def print_report(out: Console, name: str, report: Report) -> None:
    """The whole report on the file ``name`` as text for people."""
    eager = report.toolchain.get("mode") == "eager"
    how = ("  (called, not traced)", "dim") if eager else ""
    out.print(Text.assemble((report.problem, "bold"), f"  {plain(name)}", how))
    for case in report.cases:
        hidden = "" if case.public else "hidden "
        under = f" of {plain(case.call)}" if case.call else ""
        out.print(
            Text.assemble("  ", verdict_text(case.verdict, case.reason), f"  {hidden}{plain(case.name)}{under}  "),
            end="",
        )
        out.print(Text(case.shape, "dim"))
    out.print(verdict_text(report.verdict, report.reason))
    out.print(Text(indented(report.message, "  ")))
    print_more(out, report.detail, report.frames)
    if report.example is not None:
        print_example(out, report.example)
    print_hints(out, report.hints)
    print_notes(out, report.notes)
    if report.printed:
        times = f" {report.traced} times" if report.traced > 1 else ""
        traced = f"printed while it was traced{times} (values are not known then):"
        out.print(Text("printed on public cases:" if eager else traced, "dim"))
        out.print(Text(indented(report.printed)))
    spent = " · ".join(f"{stage} {milliseconds:.0f} ms" for stage, milliseconds in report.timings_ms.items())
    known = f" · {report.cached} results known from an earlier one" if report.cached else ""
    out.print(Text(spent + known, "dim"))


def print_example(out: Console, example: Counterexample) -> None:
    """A call on which the submission is wrong, and the code that repeats it."""
    drawn = f"values drawn like those of hidden case {example.case!r}" if example.fresh else f"case {example.case!r}"
    out.print(Text(plain(f"for example, {drawn}:"), "bold"))
    for label, text in (
        ("call", f"{example.call}({example.arguments})"),
        ("expected", example.expected),
        ("got", example.got),
    ):
        if text:
            first, *others = indented(text, " " * 13).splitlines()
            out.print(Text("\n".join([f"  {label:<10} {first.strip()}", *others])))
    if example.fresh or not example.got:
        out.print(Text(indented(example.message, "  ")))
    if example.code:
        out.print(Text("to repeat it, beside your file as submission.py:", "dim"))
        out.print(Text(indented(example.code)))
