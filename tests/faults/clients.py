"""Clients that submit while servers die: each repeats a request under its key until it knows the attempt.

Invariant: a submission counts once a server has answered it with 202; under one key it is the same attempt for ever.
"""

from __future__ import annotations

import random
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass, field

import httpx2

#: What is submitted, and how it has to end; ``slow`` takes a while, so that it can be hit.
SOURCES = {"right": "accepted", "wrong": "wrong_answer", "slow": "accepted"}
_SLOWNESS = 2
#: Part of all submissions that are sent once more though they were answered.
_REPEATED = 0.1
_PAUSE_SECONDS = 0.2


@dataclass
class Taken:
    """What servers have taken: source and key by attempt, and what was wrong with an answer."""

    verdicts: dict[str, str] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)


class Clients:
    """So many clients, each with a user and a thread of its own."""

    def __init__(self, addresses: Sequence[str], tokens: Sequence[str], each: int, seed: int) -> None:
        """Start to submit.

        Args:
            addresses: of the servers; every request goes to any of them.
            tokens: one for each client.
            each: submissions of each client.
            seed: of every choice.
        """
        self._addresses = addresses
        self._each = each
        self.taken = Taken()
        self._lock = threading.Lock()
        self._threads = [
            threading.Thread(target=self._submit_all, args=(token, random.Random(seed + number)), daemon=True)
            for number, token in enumerate(tokens)
        ]
        for thread in self._threads:
            thread.start()

    @property
    def busy(self) -> bool:
        """Whether some have not submitted everything."""
        return any(thread.is_alive() for thread in self._threads)

    def _submit_all(self, token: str, chance: random.Random) -> None:
        with httpx2.Client(headers={"Authorization": f"Bearer {token}"}, timeout=60) as client:
            for number in range(self._each):
                word = chance.choices([*SOURCES], [3, 3, _SLOWNESS])[0]
                body = {"problem": "add_one", "source": f"{word} {number}"}
                attempt = self._submit(client, f"key-{number}", body, chance)
                with self._lock:
                    self.taken.verdicts[attempt] = SOURCES[word]
                if chance.random() < _REPEATED and self._submit(client, f"key-{number}", body, chance) != attempt:
                    self._complain(f"{attempt} is another attempt when its request is repeated")

    def _submit(self, client: httpx2.Client, key: str, body: dict[str, str], chance: random.Random) -> str:
        """The attempt's id, however often it takes."""
        while True:
            url = f"{chance.choice(self._addresses)}/api/v1/attempts"
            try:
                answer = client.post(url, json=body, headers={"Idempotency-Key": key})
            except httpx2.TransportError:
                time.sleep(_PAUSE_SECONDS * chance.random())
                continue
            if answer.status_code == 202:
                return str(answer.headers["Location"].rpartition("/")[2])
            if answer.status_code not in {429, 503}:
                self._complain(f"{key}: {answer.status_code} {answer.text}")
            time.sleep(_PAUSE_SECONDS * chance.random())

    def _complain(self, fault: str) -> None:
        with self._lock:
            self.taken.faults.append(fault)
