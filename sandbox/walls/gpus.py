"""What evaluating on GPUs takes beside the sandbox itself: which GPU, its device files, its driver, its settings.

Invariant: nothing of it is given to a slot that is not a GPU's, and a slot has one GPU at most.
"""

from __future__ import annotations

import importlib.util
import os
import re
import subprocess
import threading
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from sandbox.jobs import SandboxUnavailable

#: Which GPUs: identifiers, all of them if empty; None for none.
Gpus = tuple[str, ...] | None

ALL = "all"
#: Memory that the driver and its libraries take on the host, beside what programs use.
HOST_MEMORY = 6 << 30

_DEV = Path("/dev")
#: Device files that every GPU's driver opens beside the GPU's own.
_CONTROLS = ("nvidiactl", "nvidia-uvm", "nvidia-uvm-tools")
_DRIVER = "libcuda.so.1"
#: Where containers and virtual machines have the driver, if the dynamic linker does not know.
_DRIVER_FOLDERS = ("/usr/local/nvidia/lib64", "/usr/lib/wsl/lib")
_PLUGINS = ("jax_cuda13_plugin", "jax_cuda12_plugin")
#: Share of a GPU's memory that all evaluators on it may have together.
_SHARE = 0.9
#: Evaluators a lane can have at a time: the shared one, and one for a single program.
_EVALUATORS = 2

#: What one without GPUs says of a job that wants one.
NONE_HERE = (
    "This sandbox has no GPU to evaluate on: set ALLCLOSE_GPUS=all (or device numbers, such as 0,1) on a machine that "
    "has one, and restart."
)


def parse(text: str) -> Gpus:
    """The operator's choice: nothing, ``all``, or identifiers with commas between them.

    Raises:
        ValueError: it is none of these.
    """
    names = tuple(name.strip() for name in text.split(",")) if text.strip() else None
    if names == (ALL,):
        return ()
    if names is not None and (ALL in names or len(set(names)) < len(names) or not all(map(_is_name, names))):
        raise ValueError("write all, or device numbers with commas between them, such as 0,1")
    return names


def _is_name(name: str) -> bool:
    return re.fullmatch(r"[0-9]{1,3}|(GPU|MIG)-[0-9A-Za-z/-]{1,100}", name) is not None


class Sharing:
    """Which GPU each slot has: the one that fewest have."""

    def __init__(self, names: Sequence[str], lanes: int) -> None:
        """Share ``names``, of which there is one at least, between the slots of so many lanes."""
        self._names = tuple(names)
        self._used: Counter[str] = Counter()
        self._lock = threading.Lock()
        fraction = _SHARE / (_EVALUATORS * -(-lanes // len(self._names)))
        #: The environment of a GPU's slot, on top of what every zygote has.
        self.variables: Mapping[str, str] = {
            "JAX_PLATFORMS": "cuda,cpu",
            "XLA_PYTHON_CLIENT_PREALLOCATE": "false",
            "XLA_CLIENT_MEM_FRACTION": f"{fraction:.4f}",
            "CUDA_CACHE_DISABLE": "1",  # it would be kept in the home folder, and there is none
            "NVIDIA_TF32_OVERRIDE": "0",  # NVIDIA's own libraries compute float32 in float32
        }

    def take(self) -> str:
        """A GPU for a slot."""
        with self._lock:
            name = min(self._names, key=lambda one: self._used[one])
            self._used[name] += 1
            return name

    def give_back(self, name: str) -> None:
        """Say that a slot that had ``name`` has ended."""
        with self._lock:
            self._used[name] -= 1


def found(chosen: tuple[str, ...]) -> tuple[str, ...]:
    """The numbers of this machine's GPUs, or of those that were chosen.

    Raises:
        SandboxUnavailable: there are none, one that was chosen is not there, or JAX cannot use it.
    """
    here = sorted((path.name.removeprefix("nvidia") for path in _DEV.glob("nvidia[0-9]*")), key=int)
    if not here or not (_DEV / _CONTROLS[0]).exists():
        raise SandboxUnavailable(
            "There is no GPU here (no /dev/nvidia0): install NVIDIA's driver, or unset ALLCLOSE_GPUS."
        )
    if missing := [name for name in chosen if name not in here]:
        raise SandboxUnavailable(
            f"There is no GPU {', '.join(missing)} here, only {', '.join(here)}: correct ALLCLOSE_GPUS."
        )
    if not any(importlib.util.find_spec(name) for name in _PLUGINS):
        raise SandboxUnavailable(
            "JAX's CUDA plugin is not installed beside this program: `pip install 'jax[cuda13]'` with the version of "
            "jax that is installed here, or unset ALLCLOSE_GPUS."
        )
    return chosen or tuple(here)


def devices(number: str) -> tuple[str, ...]:
    """The device files of one GPU."""
    return tuple(str(_DEV / name) for name in (f"nvidia{number}", *_CONTROLS) if (_DEV / name).exists())


def driver_folders() -> tuple[str, ...]:
    """Folders with the driver's own libraries, links resolved and not.

    Raises:
        SandboxUnavailable: there are none.
    """
    known = [Path(path) for path in _linked()]
    searched = (*os.environ.get("LD_LIBRARY_PATH", "").split(":"), *_DRIVER_FOLDERS)
    known += [Path(folder) / _DRIVER for folder in searched if folder.startswith("/")]
    folders = [str(folder) for path in known if path.exists() for folder in (path.parent, path.resolve().parent)]
    if not folders:
        raise SandboxUnavailable(
            f"A GPU is here, but not its driver's library {_DRIVER}: install NVIDIA's driver, or unset ALLCLOSE_GPUS."
        )
    return tuple(dict.fromkeys(folders))


def _linked() -> Iterator[str]:
    """Where the dynamic linker finds the driver."""
    for program in ("/sbin/ldconfig", "/usr/sbin/ldconfig"):
        if os.path.exists(program):
            listed = subprocess.run([program, "-p"], capture_output=True, text=True, check=False)
            yield from re.findall(rf"^\s*{re.escape(_DRIVER)} .*=> (/\S+)$", listed.stdout, re.MULTILINE)
            return
