"""Kills at random while attempts run: every attempt is judged once, by its own code, whatever of ours dies meanwhile.

``make test-faults`` runs 500 attempts on each backend; every test run has a few. ``ALLCLOSE_FAULT_SEED`` chooses
another course of events, and ``ALLCLOSE_FAULT_ATTEMPTS`` another length.
"""

from __future__ import annotations

import os
import sys

import docker
import pytest

from sandbox.docker import connect
from tests.conftest import require
from tests.faults.campaign import Campaign, Daemon, Plan
from tests.faults.conftest import Serve
from tests.faults.engine import Engine
from tests.faults.service import RealService

SEED = int(os.environ.get("ALLCLOSE_FAULT_SEED", "20261121"))
LONG = int(os.environ.get("ALLCLOSE_FAULT_ATTEMPTS", "500"))
SHORT = 20

LOCAL = {"trace": 5, "vet": 5, "evaluate": 5, "zygote": 3, "outer": 3, "server": 2}
DOCKER = {"trace": 5, "vet": 5, "evaluate": 5, "zygote": 3, "container": 4, "server": 2}
#: Killing the daemon takes every container along.
DAEMON = {**DOCKER, "daemon": 2}


class Shared:
    """The machine's own daemon, which is never killed."""

    def client(self) -> docker.DockerClient:
        return connect()

    def kill(self) -> None:
        raise NotImplementedError

    start = kill


def fire(service: RealService, plan: Plan, capsys: pytest.CaptureFixture[str], daemon: Daemon | None = None) -> None:
    """Run a campaign, print its table, and demand what must be true of it."""
    service.start()
    outcome = Campaign(service, plan, daemon).run()
    with capsys.disabled():
        sys.stdout.write(f"\nseed {plan.seed}: {outcome.table()}\n")
    assert outcome.faults() == []
    assert outcome.given_up <= max(1, plan.attempts // 100), f"{outcome.given_up} attempts were given up"
    assert outcome.kills.total() >= plan.attempts / 20, "hardly anything was killed"


def test_few_attempts_on_the_local_backend(serve: Serve, capsys: pytest.CaptureFixture[str]) -> None:
    """A learner would lose an attempt, or be blamed for what the machine did."""
    require("bubblewrap")
    fire(serve(), Plan(SHORT, SEED, 4, LOCAL), capsys)


def test_few_attempts_on_docker(
    serve: Serve, docker_settings: dict[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    """The same where slots are containers, whose end shows at the end of a socket only."""
    fire(serve(**docker_settings), Plan(SHORT, SEED, 4, DOCKER), capsys, Shared())


@pytest.mark.exhaustive
@pytest.mark.timeout(3600)
def test_many_attempts_on_the_local_backend(serve: Serve, capsys: pytest.CaptureFixture[str]) -> None:
    """What happens once in a hundred attempts would be met by learners only."""
    require("bubblewrap")
    fire(serve(), Plan(LONG, SEED, 8, LOCAL), capsys)


@pytest.mark.exhaustive
@pytest.mark.timeout(3600)
def test_many_attempts_on_docker_whose_daemon_dies_too(
    serve: Serve, engine: Engine, docker_settings: dict[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    """A daemon that is restarted in the middle of a course would cost learners their verdicts."""
    fire(serve(**docker_settings, **engine.environment), Plan(LONG, SEED, 8, DAEMON), capsys, engine)
