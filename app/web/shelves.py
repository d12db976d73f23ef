"""The list of problems as a page shows it: tracks in order, and in each how far somebody is with what it holds.

Invariant: what a filter leaves out still counts for the progress of its track.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, get_args

from app.problems.tables import ProblemVersion, ServedProblem
from app.problems.tracks import Track
from app.progress.prerequisites import left
from app.progress.standing import Standing

Progress = Literal["open", "tried", "solved", "locked"]
PROGRESS: tuple[Progress, ...] = get_args(Progress)
DIFFICULTIES = (1, 2, 3, 4, 5)


@dataclass(frozen=True)
class Entry:
    """A problem in the list.

    Attributes:
        progress: of whoever looks; None for somebody without an account.
        before: titles of what comes before it and is not solved yet; if it is locked, it takes no attempts until then.
    """

    slug: str
    title: str
    difficulty: int
    tags: tuple[str, ...]
    visibility: str
    progress: Progress | None
    before: tuple[str, ...]


@dataclass(frozen=True)
class Shelf:
    """A track, or with no track what belongs to none.

    Attributes:
        number: of the track, from 1.
        entries: what is shown of it.
        solved: how many of all its problems are.
        total: how many it has here.
    """

    track: Track | None
    number: int
    entries: Sequence[Entry]
    solved: int
    total: int


@dataclass(frozen=True)
class Wanted:
    """What somebody looks for; empty and None stand for anything."""

    text: str = ""
    tag: str = ""
    difficulty: int | None = None
    progress: Progress | None = None

    def __bool__(self) -> bool:
        """Whether anything is left out."""
        return bool(self.text.strip() or self.tag or self.difficulty or self.progress)

    def fits(self, entry: Entry) -> bool:
        """Whether a problem is looked for: every word has to be in its title, its name or a tag."""
        told = " ".join((entry.title, entry.slug, *entry.tags)).casefold()
        return (
            all(word in told for word in self.text.casefold().split())
            and self.tag in ("", *entry.tags)
            and self.difficulty in (None, entry.difficulty)
            and self.progress in (None, entry.progress)
        )


def entries(rows: Iterable[ServedProblem], standing: Standing | None, *, everything: bool) -> Mapping[str, Entry]:
    """What is listed for somebody, by name.

    Args:
        rows: all that is served.
        standing: how far they are; None for somebody without an account.
        everything: whether they see hidden problems too, and attempt problems without what comes before.
    """
    served = {row.slug: (row, row.version) for row in rows if row.version is not None}
    titles = {slug: version.title for slug, (row, version) in served.items() if row.visibility != "hidden"}
    return {
        slug: _entry(row, version, titles, standing, exempt=everything)
        for slug, (row, version) in served.items()
        if everything or row.visibility == "public"
    }


def shelves(tracks: Sequence[Track], known: Mapping[str, Entry], wanted: Wanted) -> Sequence[Shelf]:
    """What is looked for, in the order of the tracks; those of which nothing is left are left out."""
    placed = {slug for track in tracks for slug in track.problems}
    others = [entry for slug, entry in known.items() if slug not in placed]
    return [shelf for shelf in _shelves(tracks, known, others, wanted) if shelf.entries]


def _shelves(
    tracks: Sequence[Track], known: Mapping[str, Entry], others: Sequence[Entry], wanted: Wanted
) -> Iterator[Shelf]:
    for number, track in enumerate(tracks, 1):
        yield _shelf(track, number, [known[slug] for slug in track.problems if slug in known], wanted)
    yield _shelf(None, len(tracks) + 1, others, wanted)


def _shelf(track: Track | None, number: int, held: Sequence[Entry], wanted: Wanted) -> Shelf:
    solved = sum(entry.progress == "solved" for entry in held)
    return Shelf(track, number, [entry for entry in held if wanted.fits(entry)], solved, len(held))


def _entry(
    row: ServedProblem, version: ProblemVersion, titles: Mapping[str, str], standing: Standing | None, *, exempt: bool
) -> Entry:
    missing = left(version.prerequisites, titles, standing.solved) if standing else ()
    return Entry(
        slug=row.slug,
        title=version.title,
        difficulty=version.difficulty,
        tags=tuple(version.tags),
        visibility=row.visibility,
        progress=_progress(row, standing, waits=bool(missing) and not exempt) if standing else None,
        before=tuple(titles[slug] for slug in missing),
    )


def _progress(row: ServedProblem, standing: Standing, *, waits: bool) -> Progress:
    if row.slug in standing.solved:
        return "solved"
    if row.enforce_prerequisites and waits:
        return "locked"
    return "tried" if row.slug in standing.tried else "open"
