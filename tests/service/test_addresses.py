"""Addresses in answers lead to where they say, below whatever prefix a proxy puts before the service."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from app.accounts.rights import Role
from app.settings import Settings
from tests.service.conftest import token_for

BODY = {"problem": "add_one", "source": "right"}


@pytest.fixture(params=["", "/jax", "/a/b/"])
def settings(settings: Settings, request: pytest.FixtureRequest) -> Settings:
    """A service that people reach below a path of its host."""
    return settings.model_copy(update={"public_url": f"https://testserver{request.param}"})


@pytest.fixture
def prefix(settings: Settings) -> str:
    return settings.public_url.removeprefix("https://testserver").rstrip("/")


@pytest.fixture
def client(app: FastAPI, client: TestClient) -> TestClient:
    """One of two users."""
    token_for(app, "Ada", Role.LEARNER)
    return client


def test_every_address_is_one_from_the_root_of_the_host(client: TestClient, prefix: str) -> None:
    """Behind a proxy, a client would look for an attempt, or the next page, at whatever else is on that host."""
    made = [client.post(f"/api/v1/{kind}", json=BODY).headers["Location"] for kind in ("attempts", "runs", "attempts")]
    made.append(client.post("/api/v1/tokens", json={"label": "script"}).headers["Location"])
    assert all(address.startswith(f"{prefix}/api/v1/") for address in made)
    assert [client.get(address).status_code for address in made[:3]] == [200] * 3
    assert client.delete(made[3]).status_code == 204
    assert {*client.get("/").json().values()} >= {f"{prefix}/openapi.json", f"{prefix}/readyz"}


@pytest.mark.parametrize("path", ["attempts", "users", "tokens"])
def test_the_next_page_is_there(
    app: FastAPI, client: TestClient, settle: Callable[[str], dict[str, Any]], prefix: str, path: str
) -> None:
    """Only the first page of a list could be read."""
    for number in range(3):
        settle(
            client.post("/api/v1/attempts", json=BODY).headers["Location"]
        )  # one still judged would change meanwhile
        client.post("/api/v1/tokens", json={"label": str(number)})
    seen, address = [], f"/api/v1/{path}?limit=1"
    stripping = TestClient(app, headers=dict(client.headers))
    while address:
        page = client.get(address).json()
        # A proxy may take the prefix away, or not.
        assert page == stripping.get(address.removeprefix(prefix)).json()
        seen += page["items"]
        address = page["next"]
        assert address is None or address.startswith(f"{prefix}/api/v1/{path}?")
    assert len(seen) == {"attempts": 3, "users": 3, "tokens": 4}[path]
