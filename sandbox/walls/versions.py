"""Least versions of the programs that build containers, and the weaknesses that older ones have.

Sources: the projects' own advisories. runc: GHSA-xr7r-f8xq-vfvv (CVE-2024-21626), and the three of November 2025
(CVE-2025-31133, CVE-2025-52565, CVE-2025-52881), mended in 1.2.8, 1.3.3 and 1.4.0-rc.3. NVIDIA Container Toolkit:
CVE-2024-0132 (1.16.2) and CVE-2025-23266 (1.17.8). Invariant: a version that cannot be read counts as too old.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from typing import Final

#: What distributions do: they keep the number and mend the weakness.
_BACKPORTS = "A distribution may have mended it under the old number: its security tracker tells."

_RELEASE = re.compile(r"(\d+)\.(\d+)\.(\d+)(?:-rc\.?(\d+))?")
#: First mended release of each maintained series of runc: series, then patch and release candidate.
_RUNC: Final = {(1, 2): (8, math.inf), (1, 3): (3, math.inf), (1, 4): (0, 3)}
_TOOLKIT: Final = (1, 17, 8)


def runc(version: str) -> Sequence[str]:
    """What is weaker with this runc, one sentence; empty if nothing is.

    Args:
        version: as ``runc --version`` or the Docker daemon tells it, such as ``1.2.8`` or ``1.1.5+ds1-1+deb12u1``.
    """
    if (found := _RELEASE.search(version)) is not None:
        series = int(found[1]), int(found[2])
        release = int(found[3]), math.inf if found[4] is None else int(found[4])  # a final one follows its candidates
        if series > max(_RUNC) or release >= _RUNC.get(series, (math.inf,)):
            return ()
    return (_old_runc(version),)


def _old_runc(version: str) -> str:
    return (
        f"runc {version or 'of unknown version'} is older than 1.2.8, 1.3.3 or 1.4.0-rc.3 and may let a container out "
        f"while it starts (CVE-2025-31133, CVE-2025-52565, CVE-2025-52881). {_BACKPORTS}"
    )


def toolkit(version: str) -> Sequence[str]:
    """What is weaker with this NVIDIA Container Toolkit, one sentence; empty if nothing is.

    Args:
        version: as ``nvidia-ctk --version`` tells it.
    """
    found = _RELEASE.search(version)
    if found is not None and tuple(int(found[number]) for number in (1, 2, 3)) >= _TOOLKIT:
        return ()
    sentence = (
        f"NVIDIA Container Toolkit {version or 'of unknown version'} is older than 1.17.8 and may let a container out "
        f"while it starts (CVE-2024-0132, CVE-2025-23266). {_BACKPORTS}"
    )
    return (sentence,)
