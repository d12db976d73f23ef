"""A server in its own process, as tests see it."""

from __future__ import annotations

import re
import signal
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import httpx2

from tests.service.nursery import Child

Start = Callable[..., Child]


@dataclass
class Server:
    """A running server: its process, what it printed until it served, and a client for it."""

    process: Child
    printed: str
    client: httpx2.Client

    @property
    def token(self) -> str:
        """The token it printed."""
        return token_in(self.printed)

    def use(self, token: str) -> None:
        self.client.headers["Authorization"] = f"Bearer {token}"

    def submit(self, source: str, problem: str = "add_one") -> str:
        response = self.client.post("/api/v1/attempts", json={"problem": problem, "source": source})
        assert response.status_code == 202
        return response.headers["Location"]

    def wait(self, location: str, state: str) -> dict[str, Any]:
        for _ in range(6000):
            attempt: dict[str, Any] = self.client.get(location).json()
            if attempt["state"] == state:
                return attempt
            time.sleep(0.01)
        raise TimeoutError(f"{location} is not {state}")

    def end(self, number: signal.Signals) -> int:
        self.client.close()
        self.process.send_signal(number)
        return self.process.wait(60)


def token_in(printed: str) -> str:
    found = re.search(r"allc_[\w-]{43}", printed)
    assert found is not None
    return found[0]
