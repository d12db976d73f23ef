"""``allclose replay``: judge a recorded submission again, and say whether the verdict is the same or what changed."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from pydantic import ValidationError
from rich.console import Console
from rich.text import Text
from sqlalchemy.exc import DBAPIError

from app.attempts import service, verdicts
from app.cli.grade import NOT_ACCEPTED, report_on
from app.cli.inputs import FAULT, open_sandbox, prepare, read_source, stop
from app.cli.output import Format, console, plain, verdict_text
from app.cli.settings import USAGE, settings
from app.database.db import FILE_NAME
from app.database.faults import explain
from app.database.place import open_database
from app.errors import AttemptNotFound
from app.judge.replay import CannotReplay, Difference, Replay, check_replayable, replayed
from app.judge.verdict import Report
from app.problems import catalogue, published
from app.problems.published import Published
from sandbox.jobs import Sandbox

DIFFERENT = NOT_ACCEPTED
CANNOT = 4

#: Longest record that is read.
_LONGEST = 64 << 20


@dataclass(frozen=True)
class _Stored:
    """A record with what came along with it.

    Attributes:
        source: what was submitted, if the record's place holds it.
        where: where that is from, in words.
        problem: the published version it was judged against, if the record's place holds it.
    """

    report: Report
    source: bytes | None = None
    where: str = ""
    problem: Callable[[], Published] | None = None


def replay_record(record: str, source: str | None, problem: str | None, output: Format) -> int:
    """Judge the submission of ``record`` again and print what came of it; returns the exit status.

    Args:
        record: a file as ``grade --format json`` or the API writes it, ``-``, or an attempt's id in the data directory.
        source: a file to take the source from.
        problem: a folder, or the name of one, to judge against.
        output: text or JSON.
    """
    stored = _load(record)
    try:
        check_replayable(stored.report)
    except CannotReplay as refusal:
        stop(str(refusal), CANNOT)
    content, where = _source(stored, source)
    if sha256(content).hexdigest() != stored.report.source_sha256:
        stop(
            f"{where} is not the source of this record: its SHA-256 is {sha256(content).hexdigest()}, and the record's "
            f"{stored.report.source_sha256}. Name the file that was submitted with --source.",
            CANNOT,
        )
    with open_sandbox() as sandbox:
        judged = report_on(_problem(stored, problem, sandbox), content, sandbox)
    outcome = replayed(stored.report, judged)
    if output == "json":
        print(outcome.model_dump_json(), flush=True)
    else:
        _print(console(), record, outcome)
    return 0 if outcome.same else DIFFERENT


def _load(record: str) -> _Stored:
    if record != "-" and not Path(record).is_file():
        return _from_database(record)
    try:
        if record == "-":
            text = sys.stdin.buffer.read(_LONGEST)
        else:
            with Path(record).open("rb") as file:
                text = file.read(_LONGEST)
        found = json.loads(text)
    except OSError as error:
        stop(f"cannot read {record}: {error.strerror}", USAGE)
    except (ValueError, RecursionError) as error:
        several = text.count(b"\n{")
        more = " It holds several: replay them one by one." if several else ""
        stop(f"{record} is not one record in JSON: {error}.{more}", USAGE)
    return _from_json(record, found)


def _from_json(record: str, found: object) -> _Stored:
    """A report, with or without the name of its file, or an attempt as the API returns it."""
    if not isinstance(found, dict):
        stop(f"{record} holds no verdict record", USAGE)
    if "report" not in found:
        file = found.get("file")
        told = {name: value for name, value in found.items() if name != "file"}
        if isinstance(file, str) and file != "-" and Path(file).is_file():
            return _Stored(_report(record, told), read_source(file), file)
        return _Stored(_report(record, told))
    source = found.get("source")
    content = source.encode(errors="replace") if isinstance(source, str) else None
    return _Stored(_report(record, found["report"], found), content, f"the source in {record}")


def _report(record: str, found: object, attempt: dict[str, Any] | None = None) -> Report:
    if found is None:
        verdict = attempt.get("verdict") if attempt else None
        why = f"it ended as {verdict}, by a fault of ours" if verdict else "it is not judged yet"
        stop(f"{record} cannot be replayed, for there is no report: {why}", CANNOT)
    try:
        return Report.model_validate(found)
    except ValidationError as error:
        fault = error.errors()[0]
        where = ".".join(map(str, fault["loc"]))
        stop(f"{record} holds no verdict record: {where}: {fault['msg']}", USAGE)


def _from_database(attempt_id: str) -> _Stored:
    """An attempt as the service keeps it, with its source and the version of the problem it was judged against."""
    chosen = settings()
    if not chosen.database_url and not (chosen.data_dir / FILE_NAME).is_file():
        stop(
            f"there is no file {attempt_id}, and no service has kept attempts in {chosen.data_dir}: name its data "
            "directory in ALLCLOSE_DATA_DIR, or its database in ALLCLOSE_DATABASE_URL",
            USAGE,
        )
    with closing(open_database(chosen)) as database, database.read() as session:
        try:
            attempt = service.find(session, "grade", attempt_id)
        except AttemptNotFound:
            stop(f"there is no file {attempt_id}, and no attempt of that id in the database", USAGE)
        except DBAPIError as error:
            stop(explain(error), FAULT)
        report = _report(f"the attempt {attempt_id}", attempt.report, {"verdict": attempt.verdict})
        source, version = attempt.source, verdicts.judged_against(session, attempt)

    def problem() -> Published:
        with closing(open_database(chosen)) as again:
            try:
                return catalogue.reader(again, published.loads, chosen)(version)
            except ValueError as error:
                why = "was stored by another release and cannot be read; name its folder with --problem"
                stop(f"the problem version of attempt {attempt_id} {why} ({error})", CANNOT)

    return _Stored(report, source, f"the source of attempt {attempt_id}", problem)


def _source(stored: _Stored, chosen: str | None) -> tuple[bytes, str]:
    """The source to judge, and where it is from."""
    if chosen is not None:
        return read_source(chosen), chosen
    if stored.source is None:
        stop("the record does not hold its source: name the file that was submitted with --source", USAGE)
    return stored.source, stored.where


def _problem(stored: _Stored, chosen: str | None, sandbox: Sandbox) -> Published:
    if chosen is None and stored.problem is not None:
        return stored.problem()
    return prepare(chosen or stored.report.problem, sandbox, fresh=True)  # nothing that was remembered is evidence


def _print(out: Console, record: str, outcome: Replay) -> None:
    before = verdict_text(outcome.before)
    out.print(Text.assemble((outcome.report.problem, "bold"), f"  {plain(record)}"))
    if outcome.same:
        out.print(Text.assemble("the same verdict: ", before))
    elif outcome.before == outcome.after:
        out.print(Text.assemble("another outcome: ", before, ", but not for the same reason or in the same cases"))
    else:
        out.print(Text.assemble("another verdict: ", before, ", and now ", verdict_text(outcome.after)))
    causes = [difference for difference in outcome.differences if difference.kind not in ("case", "verdict")]
    if causes:
        out.print(Text("what is not as it was:" if outcome.same else "what changed, causes first:", "dim"))
    elif not outcome.same:
        out.print(Text("Nothing that is recorded has changed but the outcome itself:", "dim"))
    for difference in outcome.differences:
        out.print(Text(f"  {_line(difference)}"))


def _line(difference: Difference) -> str:
    traced = " (traced differently)" if difference.kind == "program" else ""
    before, after = difference.before or "nothing", difference.after or "nothing"
    return plain(f"{difference.kind} {difference.name}: {before} → {after}{traced}").replace("\n", " ")
