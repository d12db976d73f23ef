"""What a child can be, and in which kind of slot.

Invariant: a GPU's slot forks evaluators and nothing else, behind the wall that a GPU's driver needs; no other slot
forks anything behind that wall. So what runs learner or author code, or parses its bytes, is never there.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from sandbox.inside import cases, evaluate, run, trace, vet
from sandbox.inside.wall import GPU_ARGUMENT, Wall


@dataclass(frozen=True)
class Roles:
    """What the children of one zygote can be.

    Attributes:
        mains: what each does, by name.
        gpu: whether it is a GPU's slot.
    """

    mains: Mapping[str, Callable[[], None]]
    gpu: bool

    def choose(self, name: str, wall: Wall) -> Callable[[], None]:
        """What the child ``name`` does behind ``wall``.

        Raises:
            PermissionError: it is not for this slot, or not behind that wall.
        """
        if name not in self.mains or wall.gpu is not self.gpu:
            raise PermissionError(f"no {name!r} here, or not behind this wall")
        return self.mains[name]


_PLAIN = Roles(
    {"trace": trace.main, "vet": vet.main, "evaluate": evaluate.main, "run": run.main, "cases": cases.main}, gpu=False
)
_GPU = Roles({"evaluate": evaluate.main_on_gpu}, gpu=True)


def roles_for(arguments: Sequence[str]) -> Roles:
    """The roles of a zygote started with ``arguments``."""
    return _GPU if list(arguments) == [GPU_ARGUMENT] else _PLAIN
