"""``submit``, ``status``, ``watch``, ``cancel`` and ``results``: a learner's attempts on a server.

Invariant: a submission whose answer is lost is sent again under the same key, so it never makes two attempts. Exit
status as for ``grade``: 0 accepted, 1 judged and not accepted; an attempt that is not done yet is no failure.
"""

from __future__ import annotations

import json
import sys
import time
import uuid
from collections.abc import Iterator
from typing import Any

from pydantic import ValidationError
from rich.text import Text

from app.cli.grade import NOT_ACCEPTED, print_report
from app.cli.inputs import FAULT, read_source, stop
from app.cli.output import Format, console, plain, verdict_text
from app.cli.remote.server import API, Server, signed_in
from app.cli.settings import USAGE
from app.judge.source import MAX_BYTES
from app.judge.verdict import Report

#: Seconds between looks at an attempt, where its stream does not come through.
_PAUSE = 1.0


def submit(problem: str, file: str, output: Format, *, wait: bool) -> int:
    """Submit a file; unless told otherwise, show how it goes on until it is done."""
    source = read_source(file)
    if len(source) > MAX_BYTES:
        stop(f"{file} has more than {MAX_BYTES:,} bytes", USAGE)
    try:
        text = source.decode()
    except UnicodeDecodeError as error:
        stop(f"{file} is not UTF-8: {error.reason} at byte {error.start}", USAGE)
    with signed_in() as server:
        headers, body = {"Idempotency-Key": str(uuid.uuid4())}, {"problem": problem, "source": text}
        attempt = server.object("POST", "/attempts", json=body, headers=headers, tries=3)
        if wait:
            return _finish(server, str(attempt["id"]), output)
        _print_state(attempt, output)
    return 0


def status(attempt_id: str, output: Format) -> int:
    """Show how far an attempt is, and its report once it has one."""
    with signed_in() as server:
        return _show(server.object("GET", f"/attempts/{attempt_id}"), output)


def watch(attempt_id: str, output: Format) -> int:
    """Show how an attempt goes on until it is done, and then its report."""
    with signed_in() as server:
        return _finish(server, attempt_id, output)


def cancel(attempt_id: str, output: Format) -> int:
    """End an attempt that is not done."""
    with signed_in() as server:
        _print_state(server.object("POST", f"/attempts/{attempt_id}/cancel"), output)
    return 0


def results(problem: str | None, output: Format, limit: int) -> int:
    """List one's latest attempts, newest first."""
    shown = 0
    with signed_in() as server:
        for attempt in _all(server):
            if problem is not None and attempt["problem"] != problem:
                continue
            _print_state(attempt, output)
            shown += 1
            if shown >= limit:
                break
    return 0


def _all(server: Server) -> Iterator[dict[str, Any]]:
    """One's attempts, newest first, page by page."""
    address: str | None = "/attempts"
    while address:
        page = server.object("GET", address)
        yield from page["items"]
        # From the root of the host; the service may lie below a path of it.
        address = page["next"] and API + page["next"].partition(API)[2]


def _finish(server: Server, attempt_id: str, output: Format) -> int:
    """Show what happens to an attempt until it is done, then its report."""
    for name, data in server.events(f"/attempts/{attempt_id}/events"):
        if output == "text":
            _print_event(name, data)
    attempt = server.object("GET", f"/attempts/{attempt_id}")
    while attempt["state"] != "done":  # the stream was cut off
        time.sleep(_PAUSE)
        attempt = server.object("GET", f"/attempts/{attempt_id}")
    return _show(attempt, output)


def _print_event(name: str, data: dict[str, Any]) -> None:
    """One line for people, on standard error: what counts comes at the end, on standard output."""
    out = console(sys.stderr)
    match name:
        case "position":
            seconds = data.get("estimated_seconds")
            expected = "" if seconds is None else f", about {seconds:.0f} s"
            out.print(Text(f"queued: {data.get('position')} in line{expected}", "dim"))
        case "queued" if data.get("message"):
            out.print(Text(plain(str(data["message"])), "dim"))
        case "traced":
            out.print(Text(f"traced {plain(str(data.get('signature')))}: {data.get('operations')} operations", "dim"))
        case "case":
            case = data["case"]
            out.print(Text(f"{plain(str(case['name']))}: {case['verdict'] or 'not reached'}", "dim"))


def _show(attempt: dict[str, Any], output: Format) -> int:
    """A whole attempt; its exit status."""
    if output == "json":
        print(json.dumps(attempt), flush=True)
    elif attempt["report"] is None:
        _print_state(attempt, output)
    else:
        try:
            report = Report.model_validate(attempt["report"])
        except ValidationError:
            stop("the server is of another version, whose reports are not known here. Take --format json", FAULT)
        print_report(console(), str(attempt["id"]), report)
        for earlier in attempt.get("earlier", ()):  # a server of an earlier release has none
            until = str(earlier["until"])[:16].replace("T", " ")
            before = verdict_text(earlier["verdict"], earlier["reason"])
            console().print(Text.assemble(f"  judged again {until}; before: ", before))
    if attempt["verdict"] == "internal_error":
        return FAULT
    return 0 if attempt["verdict"] in ("accepted", None) else NOT_ACCEPTED


def _print_state(attempt: dict[str, Any], output: Format) -> None:
    """An attempt in one line, without its report."""
    if output == "json":
        print(json.dumps(attempt), flush=True)
        return
    told = verdict_text(attempt["verdict"], attempt["reason"]) if attempt["state"] == "done" else Text(attempt["state"])
    when = str(attempt["created_at"])[:16].replace("T", " ")
    line = Text.assemble(plain(str(attempt["id"])), f"  {when}  ", plain(str(attempt["problem"])), "  ", told)
    if attempt.get("position") is not None:
        line.append(f", {attempt['position']} in line")
    console().print(line)
