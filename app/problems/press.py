"""From something that can be read as a problem to its stored version: found if it was proved before, else proved now.

Invariant: a version is published once; later starts find it by the problem's content and what computes its expected
outputs. What an author did wrong is logged, and so are faults of ours: neither keeps other problems from learners.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, replace
from enum import Enum, auto
from pathlib import Path

import structlog
from sqlalchemy.exc import OperationalError

from app.database import blobs
from app.database.db import Database
from app.pipeline import Pipeline
from app.problems import limits as limiting
from app.problems import store
from app.problems.model import Problem
from app.problems.published import toolchain_digest
from app.problems.publishing.publish import PublishFailed
from app.problems.tables import ProblemVersion
from app.settings import Settings
from sandbox.jobs import Device, Sandbox, SandboxDown

log = structlog.get_logger()


class Outcome(Enum):
    """What became of something that is to be served."""

    SERVED = auto()
    #: Its fault is logged.
    FAULTY = auto()
    #: It has to be proved first, or was interrupted.
    DUE = auto()
    #: Workers with another device prove and judge it.
    ELSEWHERE = auto()


@dataclass(frozen=True)
class Press:
    """What turns folders into served versions.

    Attributes:
        toolchain: what ``Sandbox.describe()`` says of what computes expected outputs.
        slugs: the names of all folders, and of what was uploaded.
        leaving: whether the process is about to end, so that what fails was interrupted.
    """

    settings: Settings
    database: Database
    pipeline: Pipeline
    sandbox: Sandbox
    toolchain: Mapping[str, str]
    slugs: frozenset[str]
    leaving: Callable[[], bool]

    def digest(self, device: Device) -> str:
        """The identity of what computes the expected outputs of problems that are evaluated there."""
        return toolchain_digest(self.toolchain, device)


def bounded(problem: Problem, settings: Settings) -> Problem:
    """The problem with every limit set: what it asks for or the sandbox's default, within what the operator allows.

    The problem's identity stays the same, for the operator's bounds are no part of its folder.
    """
    return problem.model_copy(update={"limits": limiting.bounded(problem.limits, settings)})


def published(slug: str, read: Callable[[], Problem], press: Press, *, prove: bool) -> ProblemVersion | Outcome:
    """The stored version of what is read, or why there is none; it is proved first only with ``prove``."""
    try:
        problem = read()
        if problem.device not in press.settings.takes():
            log.info("problem.left_to_others", problem=slug, device=problem.device)
            return Outcome.ELSEWHERE
        return _version(problem, press, prove=prove) or Outcome.DUE
    except PublishFailed as error:
        for finding in error.findings:
            log.warning("problem.finding", problem=slug, finding=str(finding))
    except OperationalError:
        raise  # the disk or the database is at fault, and no problem could be served
    except Exception as error:
        if isinstance(error, SandboxDown) or press.leaving():
            log.warning("problem.waits", problem=slug, why=str(error))
            return Outcome.DUE
        # Not the author's fault but ours, and no reason to keep the other problems from learners.
        log.exception("problem.fault", problem=slug)
    return Outcome.FAULTY


def read_folder(folder: Path, press: Press) -> Problem:
    """The folder's present content.

    Raises:
        PublishFailed: with what is wrong with the folder.
    """
    problem = press.pipeline.read(folder)
    if not isinstance(problem, Problem):
        raise PublishFailed(problem)
    return problem


def uploaded(version: ProblemVersion, press: Press) -> Problem:
    """The problem of a version, which is stored whole."""
    with press.database.read() as session:
        content = blobs.get(session, version.content_sha256)
    return press.pipeline.load(content).problem


def _version(problem: Problem, press: Press, *, prove: bool) -> ProblemVersion | None:
    """The stored version of a problem's content; with ``prove`` it is published now unless it was before.

    Raises:
        PublishFailed: with what is wrong with it.
    """
    if not prove:  # the first look at it
        for required in problem.prerequisites:
            if required not in press.slugs:
                log.warning("problem.unknown_prerequisite", problem=problem.slug, prerequisite=required)
        for cut in limiting.clamped(problem.limits, press.settings):
            log.warning("problem.limit_clamped", problem=problem.slug, **asdict(cut))
    with press.database.read() as session:
        version = store.stored(session, problem, press.digest(problem.device))
    if version is not None or not prove:
        return version
    published = press.pipeline.publish(bounded(problem, press.settings), press.sandbox)
    # What is stored is what the author asked for: the operator's bounds apply whenever it is read.
    published = replace(published, problem=problem)
    with press.database.write() as session:
        version = store.add(session, published, press.digest(problem.device))
    log.info("problem.published", problem=version.slug, version=version.label, sha256=version.sha256)
    return version
