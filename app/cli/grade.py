"""``allclose grade``: the judge, offline, on any number of files in one warm sandbox."""

from __future__ import annotations

import json
from collections.abc import Sequence

from rich.console import Console
from rich.text import Text

from app.cli.inputs import open_sandbox, prepare, read_source
from app.cli.output import Format, console, indented, plain, print_more, print_notes, verdict_text
from app.judge.judge import judge
from app.judge.verdict import Judged, Report
from app.problems.published import Published
from sandbox.jobs import Sandbox

NOT_ACCEPTED = 1


def grade_files(problem: str, files: Sequence[str], output: Format) -> int:
    """Grade ``files`` in order and print each report as soon as it is there; returns the exit status."""
    sources = [(name, read_source(name)) for name in files]
    out = console()
    accepted = True
    with open_sandbox() as sandbox:
        published = prepare(problem, sandbox)
        for name, source in sources:
            report = report_on(published, source, sandbox)
            accepted = accepted and report.verdict == "accepted"
            if output == "json":
                print(json.dumps({"file": name, **report.model_dump(mode="json")}), flush=True)
            else:
                print_report(out, name, report)
    return 0 if accepted else NOT_ACCEPTED


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
    print_notes(out, report.notes)
    if report.printed:
        times = f" {report.traced} times" if report.traced > 1 else ""
        traced = f"printed while it was traced{times} (values are not known then):"
        out.print(Text("printed on public cases:" if eager else traced, "dim"))
        out.print(Text(indented(report.printed)))
    spent = " · ".join(f"{stage} {milliseconds:.0f} ms" for stage, milliseconds in report.timings_ms.items())
    known = f" · {report.cached} results known from an earlier one" if report.cached else ""
    out.print(Text(spent + known, "dim"))
