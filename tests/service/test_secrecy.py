"""What is hidden stays hidden: planted constants are in the database and in no response."""

from __future__ import annotations

import struct
from collections.abc import Callable
from typing import Any

from fastapi import FastAPI
from fastapi.testclient import TestClient

from app.database import blobs
from app.problems import store
from tests.service.fakes import PUBLIC_INPUT, SECRET_INPUT, SECRET_OUTPUT, SECRET_TEXT


def test_hidden_values_and_sources_are_in_no_response(
    app: FastAPI, client: TestClient, settle: Callable[[str], dict[str, Any]]
) -> None:
    """A learner could read the answers, the solution or a hint that waits for a failure from the API."""
    made = [
        client.post(f"/api/v1/{kind}", json={"problem": "add_one", "source": source}).headers["Location"]
        for kind in ("attempts", "runs")
        for source in ("right", "wrong", "bug", "unavailable", "")
    ]
    for location in made:
        settle(location)
    pages = ["/", "/openapi.json", "/healthz", "/readyz", "/api/v1/problems", "/api/v1/problems/add_one"]
    pages += ["/api/v1/problems/add_one/hints"]
    pages += ["/api/v1/problems/nothing", "/api/v1/attempts", "/nowhere", *made]
    responses = [client.get(page) for page in pages]
    responses.append(client.post("/api/v1/attempts", json={"problem": "add", "source": 1}))
    everything = b"\n".join(response.content + str(response.headers).encode() for response in responses)
    assert str(PUBLIC_INPUT).encode() in everything
    for secret in (str(SECRET_INPUT), str(SECRET_OUTPUT), SECRET_TEXT):
        assert secret.encode() not in everything


def test_the_planted_constants_are_where_the_judge_needs_them(app: FastAPI, client: TestClient) -> None:
    """The search above would find nothing because nothing was planted."""
    del client
    with app.state.service.database.read() as session:
        content = blobs.get(session, store.current(session, "add_one").content_sha256)
    assert struct.pack("<f", SECRET_INPUT) in content
    assert struct.pack("<f", SECRET_OUTPUT) in content
    assert SECRET_TEXT.encode() in content
