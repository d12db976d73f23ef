"""The chore that checks uploaded folders in the sandbox.

Invariant: an upload is checked within the operator's limits, in a private folder that is gone afterwards, while no
transaction is open. What is wrong with the folder are findings. Whatever is raised is our fault: the check is tried
again, a try that a stop interrupted or that could not begin is not counted, and none of it becomes a finding.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import structlog
from sqlalchemy.exc import SQLAlchemyError

from app.attempts.delivery import storable
from app.attempts.execute import Workplace
from app.database.db import new_id
from app.problems import schemas
from app.problems.checking.check import Checked
from app.problems.checking.record import record
from app.problems.findings import Finding
from app.problems.folder.files import MANIFEST
from app.problems.model import Problem
from app.problems.press import bounded
from app.problems.published import toolchain_digest
from app.problems.uploads import service
from app.problems.uploads.archive import unpack
from app.problems.uploads.metered import Metered, UsedUp
from app.problems.uploads.service import LEASE, Found, Work
from app.settings import Settings
from sandbox.jobs import SandboxDown

log = structlog.get_logger()

#: Pause after a check that could not begin.
_PAUSE = timedelta(seconds=5)
#: A claim is renewed so often while it counts.
_RENEWALS = 3


@dataclass(frozen=True)
class Bench:
    """What checking takes.

    Attributes:
        toolchain: what ``Sandbox.describe()`` says of what computes expected outputs.
        leaving: whether the process is about to end, so that what fails was interrupted.
    """

    settings: Settings
    workplace: Workplace
    toolchain: Mapping[str, str]
    leaving: Callable[[], bool]


def check_next(bench: Bench) -> bool:
    """Check one upload that is due; False if none is, or if nothing can be run for now.

    Raises:
        SQLAlchemyError: the database failed; the claim runs out, and the check is taken up again.
    """
    database = bench.workplace.database
    if bench.leaving() or bench.workplace.sandbox.trouble():
        return False
    claim = new_id()
    with database.write() as session:
        ended = service.end_lost(session, bench.workplace.policy)
        work = service.claim_next(session, claim)
    for upload_id in ended:
        log.error("upload.given_up", upload=upload_id)
    if work is None:
        return False
    log.info("upload.claimed", upload=work.id, problem=work.slug)
    with _renewed(bench, work.id, claim):
        _check(bench, work, claim)
    return True


def _check(bench: Bench, work: Work, claim: str) -> None:
    database = bench.workplace.database
    try:
        found = _found(bench, work)
        with database.write() as session:
            kept = service.finish(session, work.id, claim, found)
    except Exception as error:
        waits = isinstance(error, SandboxDown) or bench.leaving()
        if waits:
            log.warning("upload.waits", upload=work.id, why=str(error))
        else:
            log.exception("upload.fault", upload=work.id)
        with database.write() as session:
            if waits:
                kept = service.hand_back(session, work.id, claim, _PAUSE)
            else:
                kept = service.fail_try(session, work.id, claim, bench.workplace.policy)
    else:
        log.info("upload.checked", upload=work.id, problem=work.slug, errors=found.errors)
    if not kept:
        log.warning("upload.claim_lost", upload=work.id)


def _found(bench: Bench, work: Work) -> Found:
    """What there is to find in an upload.

    Raises:
        SandboxUnavailable: the fault is ours.
    """
    unpacked = unpack(work.archive, work.slug)
    problem, checked = _checked(bench, work, unpacked.files, unpacked.findings)
    content = None
    if checked.published is not None and not checked.errors:
        content = checked.published.dumps()
    if problem is None:
        draft = schemas.raw_draft(work.slug, unpacked.files)
    else:
        draft = schemas.draft(problem, () if checked.published is None else checked.published.cases)
    told, seen = (storable(each.model_dump(mode="json")) for each in (record(checked), draft))
    digest = toolchain_digest(bench.toolchain, "cpu" if problem is None else problem.device)
    return Found(told, len(checked.errors), content, digest, seen)


def _checked(
    bench: Bench, work: Work, files: Mapping[str, bytes], strays: Sequence[Finding]
) -> tuple[Problem | None, Checked]:
    """The problem, if it can be read as one, and what is wrong with it."""
    with TemporaryDirectory(prefix="allclose-upload-") as place:
        folder = Path(place) / work.slug
        for path, text in files.items():
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / path).write_bytes(text)
        problem = bench.workplace.pipeline.read(folder)
    if not isinstance(problem, Problem):
        return None, Checked(work.slug, _in_order(*strays, *problem))
    if any(stray.severity == "error" for stray in strays):
        return problem, Checked(work.slug, _in_order(*strays))
    if problem.device not in bench.settings.takes():
        raise SandboxDown(f"it takes a {problem.device}, which is work for another worker")
    seconds = bench.settings.max_check_seconds
    metered = Metered(bench.workplace.sandbox, seconds)
    try:
        checked = bench.workplace.pipeline.check(bounded(problem, bench.settings), metered, work.mutants)
    except UsedUp:
        return problem, Checked(work.slug, _in_order(_unfinished(seconds), *strays))
    # What is stored is what the author asked for: the operator's bounds apply whenever it is read.
    published = checked.published and replace(checked.published, problem=problem)
    return problem, replace(checked, findings=_in_order(*checked.findings, *strays), published=published)


def _unfinished(seconds: float) -> Finding:
    message = f"The check was given up: this service runs the code of one problem for {seconds:g} seconds at most."
    mend = (
        "File fewer submissions or lower what [limits] allows them; `allclose problem check` on your own machine ends, "
        "and says how long it takes."
    )
    return Finding("check-unfinished", MANIFEST, None, message, mend)


def _in_order(*findings: Finding) -> tuple[Finding, ...]:
    return tuple(sorted(findings, key=lambda finding: finding.severity))


@contextmanager
def _renewed(bench: Bench, upload_id: str, claim: str) -> Iterator[None]:
    """Hold a claim until the block ends; a check may take longer than a claim counts."""
    ended = threading.Event()

    def hold() -> None:
        while not ended.wait(LEASE.total_seconds() / _RENEWALS):
            try:
                with bench.workplace.database.write() as session:
                    service.renew(session, upload_id, claim)
            except SQLAlchemyError:
                log.exception("upload.not_renewed", upload=upload_id)

    thread = threading.Thread(target=hold, name=f"holds {upload_id}", daemon=True)
    thread.start()
    try:
        yield
    finally:
        ended.set()
        thread.join()
