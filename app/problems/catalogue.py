"""From the operator's problem folders to what is served; and uploaded problems, when the toolchain is another one.

Invariant: only folders that lie in the operator's are read, never what a link there leads to. One with a fault changes
nothing: its last good version stays served, and every other folder is served. What was published over the API is
neither replaced by a folder nor withdrawn for want of one.
"""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache, partial
from pathlib import Path

import structlog

from app.database import blobs
from app.database.db import Database
from app.database.place import turn
from app.errors import StartRefused
from app.pipeline import Pipeline
from app.problems import store
from app.problems.press import Outcome, Press, bounded, published, read_folder, uploaded
from app.problems.published import Published
from app.problems.tables import ProblemVersion, ServedProblem
from app.settings import QUEUES, Settings
from sandbox.jobs import Sandbox

log = structlog.get_logger()

_CLASH = (
    "A problem of this name was published over the API, and is served instead. Unpublish it there and start again, or "
    "rename the folder."
)

#: Deserialised versions kept in memory. A version is some megabytes, and a course works on few problems at a time.
_KEPT = 16


class Catalogue:
    """What is to be served: ``open`` serves what is proved already, ``publish_next`` proves one of the others."""

    def __init__(
        self,
        settings: Settings,
        database: Database,
        pipeline: Pipeline,
        sandbox: Sandbox,
        leaving: Callable[[], bool] = lambda: False,
    ) -> None:
        """Nothing is read before ``open``; ``leaving`` says whether the process is about to end."""
        self._settings = settings
        self._database = database
        self._pipeline = pipeline
        self._sandbox = sandbox
        self._leaving = leaving
        # Changed by ``open``, then by the one thread that calls ``publish_next``.
        self._due: deque[_Due] = deque()
        self._failed: list[str] = []
        self._elsewhere: list[str] = []

    @property
    def due(self) -> Sequence[str]:
        """Names of the folders that are not proved yet; learners cannot see their present content so long."""
        return [due.slug for due in tuple(self._due) if due.told]

    @property
    def failed(self) -> Sequence[str]:
        """Names of the folders that could not be published. A hidden upload is in the log only: anybody reads this."""
        return tuple(self._failed)

    @property
    def elsewhere(self) -> Sequence[str]:
        """Names of the folders that workers with another device prove and judge."""
        return tuple(self._elsewhere)

    def open(self, order: Sequence[str] = ()) -> None:
        """Serve every folder of ``settings.problems_dir`` whose present content was proved before; note the others.

        Args:
            order: names of those that are proved first.

        Raises:
            StartRefused: the folder of problems cannot be read.
        """
        folders = _folders(self._settings.problems_dir)
        slugs = frozenset(folder.name for folder in folders)
        with self._database.read() as session:
            uploads = [row for row in store.served(session, everything=True) if row.origin == "upload"]
        if not folders and not uploads:
            log.warning("problem.none", problems_dir=str(self._settings.problems_dir))
        known = slugs | {row.slug for row in uploads}
        toolchain = self._sandbox.describe()
        press = Press(self._settings, self._database, self._pipeline, self._sandbox, toolchain, known, self._leaving)
        everything = [_Due(folder.name, partial(_serve, folder, press)) for folder in folders]
        everything += [_Due(row.slug, partial(_renew, row, press), row.visibility == "public") for row in uploads]
        places = {slug: number for number, slug in enumerate(order)}
        for each in sorted(everything, key=lambda due: places.get(due.slug, len(places))):
            self._take(each, prove=False)
        with self._database.write() as session:
            for slug in store.withdraw_others(session, sorted(slugs)):
                log.info("problem.withdrawn", problem=slug)

    def publish_next(self) -> bool:
        """Prove one folder, and serve it; False if none is left, or if nothing can be run for now.

        Raises:
            OperationalError: the database failed; the folder stays due.
        """
        if not self._due or self._leaving() or self._sandbox.trouble():
            return False
        # Several processes of one database have the same folders: one proves, the others find it done.
        with turn(self._database, f"publish {self._due[0].slug}"):
            done = self._take(self._due[0], prove=True)
        self._due.popleft()
        return done

    def _take(self, due: _Due, *, prove: bool) -> bool:
        """Whether that is decided now; otherwise it is due."""
        outcome = due.serve(prove)
        if outcome is Outcome.DUE:
            self._due.append(due)
        elif outcome is Outcome.FAULTY and due.told:
            self._failed.append(due.slug)
        elif outcome is Outcome.ELSEWHERE and due.told:
            self._elsewhere.append(due.slug)
        return outcome is not Outcome.DUE


@dataclass(frozen=True)
class _Due:
    """Something to be served.

    Attributes:
        serve: does so, after it has proved it if it may.
        told: whether its name may be told to anybody.
    """

    slug: str
    serve: Callable[[bool], Outcome]
    told: bool = True


def reader(database: Database, load: Callable[[bytes], Published], settings: Settings) -> Callable[[str], Published]:
    """A function from a version's id to its content within this operator's limits.

    It remembers what it read last: versions never change.
    """

    @lru_cache(maxsize=_KEPT)
    def read(version_id: str) -> Published:
        with database.read() as session:
            key = session.get_one(ProblemVersion, version_id).content_sha256
            content = blobs.get(session, key)
        read_back = load(content)
        return replace(read_back, problem=bounded(read_back.problem, settings))

    return read


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


def _serve(folder: Path, press: Press, prove: bool) -> Outcome:  # noqa: FBT001 - see _Due
    """Serve the folder's present content."""
    slug = folder.name
    with press.database.read() as session:
        known = store.known(session, slug)
    if known is not None and known.version_id is not None and known.origin == "upload":
        log.warning("problem.clash", problem=slug, mend=_CLASH)
        return Outcome.FAULTY
    version = published(slug, partial(read_folder, folder, press), press, prove=prove)
    if not isinstance(version, ProblemVersion):
        return version
    with press.database.write() as session:
        free = store.free_for(session, slug, "folder")  # proving has taken a while
        if free:
            store.serve(session, version)
    if not free:
        log.warning("problem.clash", problem=slug, mend=_CLASH)
    return Outcome.SERVED if free else Outcome.FAULTY


def _renew(row: ServedProblem, press: Press, prove: bool) -> Outcome:  # noqa: FBT001 - see _Due
    """Serve what was uploaded with expected outputs that this toolchain computes."""
    assert row.version is not None  # what is not served was not asked for
    if row.version.toolchain_sha256 in map(press.digest, QUEUES):
        return Outcome.SERVED
    version = published(row.slug, partial(uploaded, row.version, press), press, prove=prove)
    if not isinstance(version, ProblemVersion):
        return version
    with press.database.write() as session:
        present = store.free_for(session, row.slug, "upload") and store.known(session, row.slug)
        if present and present.version_id == row.version_id:
            store.serve(session, version, "upload")
    return Outcome.SERVED
