"""Attempts that run while things are killed at random, and what must be true of them afterwards.

One loop submits, kills and looks at the service's own database, where triggers write down every change of an attempt's
state: the service cannot forget one, however it is killed. Invariant: what is killed was started by the campaign.
"""

from __future__ import annotations

import random
import time
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol

import docker
import docker.errors

from app.settings import Settings
from tests.faults import submissions, victims
from tests.faults.service import RealService
from tests.faults.submissions import Kind

#: Attempts that wait or run at any time, so that there is always something to hit.
_FLYING = 6
_LOOK_SECONDS = 0.01
#: Longest wait for the last attempts.
_SETTLE_SECONDS = 120.0
#: Longest search for a victim that lives for a tenth of a second.
_SEARCH_SECONDS = 5.0

_LEDGER = """
CREATE TABLE ledger (attempt TEXT, before TEXT, after TEXT);
CREATE TRIGGER ledger_of_attempts AFTER UPDATE OF state ON attempts
BEGIN INSERT INTO ledger VALUES (NEW.id, OLD.state, NEW.state); END;
"""
_PROGRESS = "SELECT count(*) FILTER (WHERE state != 'done'), count(*) FILTER (WHERE state = 'done') FROM attempts"
_SUMS = """
SELECT a.id, a.state, a.verdict, a.message, a.tries,
    (SELECT count(*) FROM ledger WHERE attempt = a.id AND after = 'done') AS ends,
    (SELECT count(*) FROM ledger WHERE attempt = a.id AND before = 'done') AS second_thoughts,
    (SELECT count(*) FROM case_results WHERE attempt_id = a.id) AS outcomes,
    json_array_length(a.report, '$.cases') AS cases
FROM attempts AS a
"""


class Daemon(Protocol):
    """A Docker daemon that may be killed."""

    def client(self) -> docker.DockerClient:
        """A client of it."""

    def kill(self) -> None:
        """SIGKILL it."""

    def start(self) -> None:
        """Start it again."""


@dataclass(frozen=True)
class Plan:
    """How much, how often, and what.

    Attributes:
        attempts: how many are submitted.
        seed: of every choice.
        spacing: mean number of attempts that end between two kills, so that a slow machine makes progress too; each
            number lies between half of it and one and a half.
        targets: kinds of victims by weight: those of ``victims.PROCESSES``, ``container``, ``server``, ``daemon``.
    """

    attempts: int
    seed: int
    spacing: int
    targets: Mapping[str, int]


@dataclass
class Outcome:
    """What happened.

    Attributes:
        submitted: attempts whose acceptance was told, by id.
        rows: every attempt in the database afterwards.
        kills: by kind of victim.
    """

    submitted: dict[str, Kind] = field(default_factory=dict)
    rows: list[dict[str, object]] = field(default_factory=list)
    kills: Counter[str] = field(default_factory=Counter)
    seconds: float = 0.0

    def faults(self) -> list[str]:
        """What must not have happened, one sentence each."""
        found = [f"{lost} is lost" for lost in sorted({*self.submitted} - {row["id"] for row in self.rows})]
        if len(self.rows) > len(self.submitted):
            found.append("there are attempts that nobody submitted")
        for row in self.rows:
            kind = self.submitted.get(str(row["id"]))
            most = Settings().max_tries
            ended = row["verdict"] == "internal_error"
            if row["state"] != "done":
                found.append(f"{row['id']} did not finish: {row['state']} after {row['tries']} tries")
            elif (row["ends"], row["second_thoughts"]) != (1, 0) or row["outcomes"] != (row["cases"] or 0):
                found.append(f"{row['id']} was judged more than once: {row}")
            elif kind is not None and row["verdict"] not in {kind.verdict, "internal_error"}:
                found.append(f"{row['id']} ({kind.name}) was blamed: {row['verdict']}, {row['message']}")
            elif not 1 <= int(str(row["tries"])) <= most or (ended and row["tries"] != most):
                found.append(f"{row['id']} ended after {row['tries']} tries as {row['verdict']}")
        return found

    @property
    def given_up(self) -> int:
        """Attempts that ended as our own fault."""
        return sum(row["verdict"] == "internal_error" for row in self.rows)

    def table(self) -> str:
        """In words: kills, tries, verdicts."""
        tries = Counter(int(str(row["tries"])) for row in self.rows)
        verdicts = Counter(str(row["verdict"]) for row in self.rows)
        return "\n".join(
            [
                f"{len(self.rows)} attempts in {self.seconds:.0f} s, {self.kills.total()} kills",
                "  killed    " + ", ".join(f"{kind} {count}" for kind, count in self.kills.most_common()),
                "  attempts  " + ", ".join(f"{tries[count]} in {count} tries" for count in sorted(tries)),
                "  verdicts  " + ", ".join(f"{verdict} {count}" for verdict, count in verdicts.most_common()),
            ]
        )


class Campaign:
    """A service under fire."""

    def __init__(self, service: RealService, plan: Plan, daemon: Daemon | None = None) -> None:
        """Watch a service that has been started.

        Args:
            service: what to fire at.
            plan: how.
            daemon: where its containers are, None for the local backend.
        """
        self._service = service
        self._plan = plan
        self._daemon = daemon
        self._client = None if daemon is None else daemon.client()
        self._chance = random.Random(plan.seed)
        self._sent = 0
        self._due = self._wait()
        self._target = self._choose()
        self._since = time.monotonic()
        self.outcome = Outcome()
        with service.rows() as rows:
            rows.executescript(_LEDGER)

    def run(self) -> Outcome:
        """Submit and kill until every attempt is submitted, then only wait for the last ones."""
        begun = time.monotonic()
        end = float("inf")
        with self._service.rows() as rows:
            while time.monotonic() < end:
                flying, ended = rows.execute(_PROGRESS).fetchone()
                if self._sent < self._plan.attempts:
                    if flying < _FLYING:
                        self._submit()
                    self._maybe_hit(ended)
                elif not flying:
                    break
                else:
                    end = min(end, time.monotonic() + _SETTLE_SECONDS)
                time.sleep(_LOOK_SECONDS)
            self.outcome.rows = [dict(row) for row in rows.execute(_SUMS)]
        self.outcome.seconds = time.monotonic() - begun
        if self._client is not None:
            self._client.close()
        return self.outcome

    def _maybe_hit(self, ended: int) -> None:
        """Kill something if enough attempts have ended and it can be found."""
        if ended < self._due:
            self._since = time.monotonic()
        elif self._hit(self._target):
            self._due, self._target = ended + self._wait(), self._choose()
        elif time.monotonic() > self._since + _SEARCH_SECONDS:
            self._since, self._target = time.monotonic(), self._choose()

    def _submit(self) -> None:
        kind = submissions.choose(self._chance)
        self._sent += 1
        self.outcome.submitted[self._service.submit(kind.source(self._sent))] = kind

    def _wait(self) -> int:
        return round(self._plan.spacing * self._chance.uniform(0.5, 1.5))

    def _choose(self) -> str:
        targets = self._plan.targets
        return self._chance.choices([*targets], [*targets.values()])[0]

    def _hit(self, target: str) -> bool:
        if target == "server":
            self._service.kill()
            self._service.start()
        elif target == "daemon":
            assert self._daemon is not None
            self._daemon.kill()
            time.sleep(self._chance.uniform(0.0, 2.0))
            self._daemon.start()
            self._service.wait_until_ready()
        elif target == "container":
            assert self._client is not None
            found = victims.containers(self._client, self._service.pid)
            if not found:
                return False
            try:
                self._client.api.kill(self._chance.choice(found))
            except docker.errors.APIError:
                return False  # it has ended meanwhile
        else:
            processes = victims.of_kind(target, self._service.pid, self._client)
            if not processes or not victims.kill(self._chance.choice(processes)):
                return False
        self.outcome.kills[target] += 1
        return True
