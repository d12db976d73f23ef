"""What computes here, in words: versions, flags and the device, for verdict records and for keys of cached outputs.

Invariant: whatever changes the outputs of a program is in it, and nothing about the walls around it.
"""

from __future__ import annotations

import hashlib
import os
import platform
from collections.abc import Mapping
from functools import cache

#: What a zygote tells about its walls, beside the toolchain.
WALL_FACTS = ("landlock", "unlimited", "memory")
#: What a processor is called in ``/proc/cpuinfo``, on x86 and on Arm, and what it can do.
_MODEL = ("model name", "CPU implementer", "CPU part")
_FEATURES = ("flags", "Features")


def facts(told: Mapping[str, str]) -> dict[str, str]:
    """What a zygote told when it started, without its walls."""
    return {name: text for name, text in told.items() if name not in WALL_FACTS}


@cache
def processor() -> str:
    """The processor of this machine, and how many may be used.

    XLA's libraries use the instructions it has and divide sums among the threads there are, so both show in the last
    digits of an output.
    """
    lines: dict[str, str] = {}
    try:
        with open("/proc/cpuinfo", encoding="utf-8", errors="replace") as file:
            for line in file:
                name, _, text = line.partition(":")
                lines.setdefault(name.strip(), text.strip())
    except OSError:
        lines.clear()
    model = " ".join(lines[name] for name in _MODEL if name in lines) or platform.machine()
    features = " ".join(lines.get(name, "") for name in _FEATURES)
    digest = hashlib.sha256(features.encode()).hexdigest()[:12]
    return f"{model}, {len(os.sched_getaffinity(0))} usable, features {digest}"
