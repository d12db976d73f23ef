"""``allclose run``: the eager run on public examples or on the learner's own input."""

from __future__ import annotations

import json

from rich.console import Console
from rich.text import Text

from app.cli.inputs import open_sandbox, prepare, read_source, stop
from app.cli.output import Format, console, indented, plain, print_hints, print_more, print_notes, verdict_text
from app.cli.settings import USAGE
from app.judge.run import InputError, RunCall, RunReport, own_input, run_public

NOT_ACCEPTED = 1


def run_file(problem: str, file: str, given: str | None, output: Format) -> int:
    """Run one file and print what it printed and returned; returns the exit status."""
    source = read_source(file)
    inputs = None if given is None else _parse(given)
    if given is not None and inputs is None:
        stop("--input must be a JSON object with a value for each argument", USAGE)
    with open_sandbox() as sandbox:
        published = prepare(problem, sandbox)
        if inputs is not None:
            try:
                own_input(published.problem, inputs)
            except InputError as error:
                stop(str(error), USAGE)
        report = run_public(published, source, sandbox, inputs)
    if output == "json":
        print(report.model_dump_json(), flush=True)
    else:
        _print(console(), report)
    return 0 if report.verdict in (None, "accepted") else NOT_ACCEPTED


def _parse(given: str) -> object:
    try:
        return json.loads(given)
    except (ValueError, RecursionError) as error:
        stop(f"--input is not JSON: {error}", USAGE)


def _print(out: Console, report: RunReport) -> None:
    if report.printed:
        out.print(Text(indented(report.printed, "")))
    for call in report.calls:
        _print_call(out, report.problem, call)
    if report.note:
        out.print(Text(plain(report.note), "dim"))
    if report.message:
        out.print(verdict_text(report.verdict))
        out.print(Text(indented(report.message, "  ")))
        print_more(out, "", report.frames)
    print_hints(out, report.hints)
    print_notes(out, report.notes)


def _print_call(out: Console, problem: str, call: RunCall) -> None:
    out.print(Text.assemble((plain(call.name), "bold"), f": {plain(call.call) or problem}({plain(call.arguments)})"))
    if call.printed:
        out.print(Text(indented(call.printed)))
    if call.value:
        out.print(Text(f"  returned {plain(call.value)}"))
    if call.verdict is not None:
        out.print(Text.assemble("  ", verdict_text(call.verdict, call.reason)))
    if call.message:
        out.print(Text(indented(call.message, "  ")))
    print_more(out, call.detail, call.frames)
