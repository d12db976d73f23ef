"""From the operator's problem folders to what is served; and uploaded problems, when the toolchain is another one.

Invariant: only folders that lie in the operator's are read, never what a link there leads to. One with a fault changes
nothing: its last good version stays served, and every other folder is served. A version is published once; later
starts find it by the folder's content and the toolchain. What was published over the API is neither replaced by a
folder nor withdrawn for want of one.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, replace
from functools import lru_cache, partial
from pathlib import Path

import structlog
from sqlalchemy.exc import OperationalError

from app.database import blobs
from app.database.db import Database
from app.errors import StartRefused
from app.pipeline import Pipeline
from app.problems import limits as limiting
from app.problems import store
from app.problems.model import Problem
from app.problems.published import Published, toolchain_digest
from app.problems.publishing.publish import PublishFailed
from app.problems.tables import ProblemVersion, ServedProblem
from app.settings import Settings
from sandbox.jobs import Sandbox

log = structlog.get_logger()

_CLASH = (
    "A problem of this name was published over the API, and is served instead. Unpublish it there and start again, or "
    "rename the folder."
)

#: Deserialised versions kept in memory. A version is some megabytes, and a course works on few problems at a time.
_KEPT = 16


@dataclass(frozen=True)
class Press:
    """What turns folders into served versions.

    Attributes:
        toolchain: the digest of what computes expected outputs.
        slugs: the names of all folders, and of what was uploaded.
    """

    settings: Settings
    database: Database
    pipeline: Pipeline
    sandbox: Sandbox
    toolchain: str
    slugs: frozenset[str]


def publish_all(settings: Settings, database: Database, pipeline: Pipeline, sandbox: Sandbox) -> Sequence[str]:
    """Serve every sound folder of ``settings.problems_dir``, and what was uploaded; returns the names of the others.

    Raises:
        StartRefused: the folder of problems cannot be read.
    """
    folders = _folders(settings.problems_dir)
    slugs = frozenset(folder.name for folder in folders)
    with database.read() as session:
        uploads = [row for row in store.served(session, everything=True) if row.origin == "upload"]
    if not folders and not uploads:
        log.warning("problem.none", problems_dir=str(settings.problems_dir))
    known = slugs | {row.slug for row in uploads}
    press = Press(settings, database, pipeline, sandbox, toolchain_digest(sandbox.describe()), known)
    failed = [folder.name for folder in folders if not _serve(folder, press)]
    # What is returned is told to anybody, so that a hidden problem is in the log only.
    failed += [row.slug for row in uploads if not _renew(row, press) and row.visibility == "public"]
    with database.write() as session:
        for slug in store.withdraw_others(session, sorted(slugs)):
            log.info("problem.withdrawn", problem=slug)
    return failed


def reader(database: Database, load: Callable[[bytes], Published], settings: Settings) -> Callable[[str], Published]:
    """A function from a version's id to its content within this operator's limits.

    It remembers what it read last: versions never change.
    """

    @lru_cache(maxsize=_KEPT)
    def read(version_id: str) -> Published:
        with database.read() as session:
            key = session.get_one(ProblemVersion, version_id).content_sha256
            content = blobs.get(session, key)
        published = load(content)
        return replace(published, problem=bounded(published.problem, settings))

    return read


def bounded(problem: Problem, settings: Settings) -> Problem:
    """The problem with every limit set: what it asks for or the sandbox's default, within what the operator allows.

    The problem's identity stays the same, for the operator's bounds are no part of its folder.
    """
    return problem.model_copy(update={"limits": limiting.bounded(problem.limits, settings)})


def _folders(directory: Path) -> list[Path]:
    folders = []
    try:
        with os.scandir(directory) as entries:
            for entry in sorted(entries, key=lambda entry: entry.name):
                if entry.name.startswith((".", "_")):
                    continue
                if entry.is_symlink():
                    log.warning("problem.link_skipped", problem=entry.name)
                elif entry.is_dir(follow_symlinks=False):
                    folders.append(directory / entry.name)
    except OSError as error:
        raise StartRefused(
            f"The folder of problems {directory} cannot be read: {error.strerror}. Name another one in "
            "ALLCLOSE_PROBLEMS_DIR."
        ) from error
    return folders


def _serve(folder: Path, press: Press) -> bool:
    """Whether the folder's present content is served now."""
    slug = folder.name
    with press.database.read() as session:
        known = store.known(session, slug)
    if known is not None and known.version_id is not None and known.origin == "upload":
        log.warning("problem.clash", problem=slug, mend=_CLASH)
        return False
    version = _published(slug, partial(_read, folder, press), press)
    if version is None:
        return False
    with press.database.write() as session:
        free = store.free_for(session, slug, "folder")  # proving has taken a while
        if free:
            store.serve(session, version)
    if not free:
        log.warning("problem.clash", problem=slug, mend=_CLASH)
    return free


def _renew(row: ServedProblem, press: Press) -> bool:
    """Whether what was uploaded is served with expected outputs that this toolchain computes."""
    assert row.version is not None  # what is not served was not asked for
    if row.version.toolchain_sha256 == press.toolchain:
        return True
    version = _published(row.slug, partial(_uploaded, row.version, press), press)
    if version is None:
        return False
    with press.database.write() as session:
        present = store.free_for(session, row.slug, "upload") and store.known(session, row.slug)
        if present and present.version_id == row.version_id:
            store.serve(session, version, "upload")
    return True


def _published(slug: str, read: Callable[[], Problem], press: Press) -> ProblemVersion | None:
    """The stored version of what is read; None if that has a fault, which is logged."""
    try:
        return _version(read(), press)
    except PublishFailed as error:
        for finding in error.findings:
            log.warning("problem.finding", problem=slug, finding=str(finding))
    except OperationalError:
        raise  # the disk or the database is at fault, and no problem could be served
    except Exception:
        # Not the author's fault but ours, and no reason to keep the other problems from learners.
        log.exception("problem.fault", problem=slug)
    return None


def _read(folder: Path, press: Press) -> Problem:
    """The folder's present content.

    Raises:
        PublishFailed: with what is wrong with the folder.
    """
    problem = press.pipeline.read(folder)
    if not isinstance(problem, Problem):
        raise PublishFailed(problem)
    return problem


def _uploaded(version: ProblemVersion, press: Press) -> Problem:
    """The problem of a version, which is stored whole."""
    with press.database.read() as session:
        content = blobs.get(session, version.content_sha256)
    return press.pipeline.load(content).problem


def _version(problem: Problem, press: Press) -> ProblemVersion:
    """The stored version of a problem's content, published now unless it was before.

    Raises:
        PublishFailed: with what is wrong with it.
    """
    for required in problem.prerequisites:
        if required not in press.slugs:
            log.warning("problem.unknown_prerequisite", problem=problem.slug, prerequisite=required)
    for cut in limiting.clamped(problem.limits, press.settings):
        log.warning("problem.limit_clamped", problem=problem.slug, **asdict(cut))
    with press.database.read() as session:
        version = store.stored(session, problem, press.toolchain)
    if version is not None:
        return version
    published = press.pipeline.publish(bounded(problem, press.settings), press.sandbox)
    # What is stored is what the author asked for: the operator's bounds apply whenever it is read.
    published = replace(published, problem=problem)
    with press.database.write() as session:
        version = store.add(session, published, press.toolchain)
    log.info("problem.published", problem=version.slug, version=version.label, sha256=version.sha256)
    return version
