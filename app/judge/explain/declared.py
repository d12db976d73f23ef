"""The shapes that a problem declares, by which a learner's own parameters and result are known.

Invariant: of arrays alone; what may be None, or is anything else, is not known.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from app.problems.model import ArraySpec, Entry, Spec

#: A shape with the named sizes in it.
Shape = tuple[int | str, ...]


@dataclass(frozen=True)
class Declared:
    """One function's shapes.

    Attributes:
        arguments: in the order in which they are passed; None for what is no array.
        returns: likewise.
    """

    arguments: tuple[Shape | None, ...]
    returns: Shape | None


def declared(entries: Mapping[str, Entry]) -> Mapping[str, Declared]:
    """The shapes of every function of a problem, by its name."""
    return {
        name: Declared(tuple(_shape(spec) for spec in entry.arguments.values()), _shape(entry.returns))
        for name, entry in entries.items()
        if not entry.harness
    }


def _shape(spec: Spec) -> Shape | None:
    return spec.shape if isinstance(spec, ArraySpec) else None
