"""``allclose serve`` or ``allclose worker`` with fakes behind the wall, as a process that tests can kill.

Usage: ``python -m tests.service.server GATE [NAME=VALUE ...]``. A source ``wait`` is judged once the file GATE exists;
``role=worker`` makes it a worker; ``wall=none`` stands for a machine on which no sandbox can be built; with
``wall=real`` nothing is a fake. ``lease`` is how many seconds a claim of a rejudging lasts.
"""

from __future__ import annotations

import sys
import threading
from collections.abc import Sequence
from contextlib import AbstractContextManager, nullcontext
from functools import partial
from pathlib import Path
from unittest import mock

from app.rejudge.claims import LEASE_SECONDS
from app.serve import serve
from app.service import open_service
from app.settings import Settings, load_settings
from app.work import work
from sandbox.jobs import SandboxUnavailable
from tests.service import fakes
from tests.service.fakes import FakeJudge, FakeSandbox


def _no_sandbox(settings: Settings, lanes: int, cache: object) -> None:
    raise SandboxUnavailable(f"no wall for {lanes} lanes ({settings.sandbox}): install bubblewrap")


def main(gate: Path, options: dict[str, str]) -> int:
    judge = FakeJudge()

    def watch() -> None:
        while not gate.exists():
            threading.Event().wait(0.01)
        judge.gate.set()

    threading.Thread(target=watch, daemon=True).start()
    new_token, wall = options.pop("new_token", "") == "yes", options.pop("wall", "")
    worker = options.pop("role", "") == "worker"
    lease = mock.patch("app.rejudge.claims.LEASE_SECONDS", float(options.pop("lease", LEASE_SECONDS)))
    patched: AbstractContextManager[object]
    if wall == "real":
        patched = nullcontext()
    elif wall == "none":
        patched = mock.patch("app.service.open_sandbox", _no_sandbox)
    else:
        walls = None if options.get("workers") == "0" else FakeSandbox()
        opened = partial(open_service, sandbox=walls, pipeline=fakes.pipeline(judge))
        patched = mock.patch("app.work.open_service" if worker else "app.serve.open_service", opened)
    with patched, lease:
        if worker:
            return work(load_settings(**options))
        return serve(load_settings(**options), new_token=new_token)


def run(arguments: Sequence[str]) -> int:
    """What the command line asks for; the exit status."""
    gate, *options = arguments
    return main(Path(gate), dict(option.split("=", 1) for option in options))


if __name__ == "__main__":
    raise SystemExit(run(sys.argv[1:]))
