"""Webhooks over the API: made, looked at, changed, tried and removed by admins."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from fastapi.testclient import TestClient
from standardwebhooks import Webhook as Standard

from app.accounts.rights import Role
from app.database.db import Database
from app.errors import WebhookUrlRefused
from app.settings import Settings, SettingsInvalid, load_settings
from app.webhooks import service
from app.webhooks.chores import chores
from tests.service.receiver import Receiver, receiving
from tests.service.test_errors import told

URL = "https://lms.example.edu/hooks/allclose?course=1"


@pytest.fixture
def settings(settings: Settings) -> Settings:
    """The service may tell a receiver on this machine."""
    return settings.model_copy(update={"webhook_http": True, "webhook_networks": "127.0.0.0/8"})


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with receiving() as made:
        yield made


def make(client: TestClient, url: str = URL, **more: object) -> dict[str, Any]:
    response = client.post("/api/v1/webhooks", json={"url": url, **more})
    assert response.status_code == 201, response.text
    made: dict[str, Any] = response.json()
    return made


def settled(client: TestClient, webhook_id: str) -> list[dict[str, Any]]:
    """Deliveries of a webhook, once none of them was never sent."""
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        items: list[dict[str, Any]] = client.get(f"/api/v1/webhooks/{webhook_id}/deliveries").json()["items"]
        if items and all(item["tries"] for item in items):
            return items
        time.sleep(0.05)
    raise TimeoutError("a delivery was never tried")


def test_an_attempt_is_told_by_the_running_service(
    client: TestClient, receiver: Receiver, settle: Callable[[str], dict[str, Any]]
) -> None:
    """Nothing would send what is in the outbox."""
    made = make(client, receiver.url)
    location = client.post("/api/v1/attempts", json={"problem": "add_one", "source": "right"}).headers["Location"]
    settle(location)
    [item] = settled(client, made["id"])
    [message] = receiver.messages
    body = Standard(made["secret"]).verify(message.body, message.headers)
    assert body["data"]["attempt_id"] == location.rpartition("/")[2]
    assert (item["state"], item["status"], item["message"], item["event_id"]) == (
        "delivered",
        200,
        body,
        message.headers["webhook-id"],
    )


def test_a_webhook_can_be_tried(client: TestClient, receiver: Receiver) -> None:
    """An admin would have to wait for a learner to see whether it works."""
    receiver.status = 500
    made = make(client, receiver.url, events=["problem.published"])
    response = client.post(f"/api/v1/webhooks/{made['id']}/test")
    assert (response.status_code, response.json()["state"]) == (202, "pending")
    [item] = settled(client, made["id"])
    assert (item["type"], item["state"], item["status"]) == ("webhook.test", "pending", 500)
    assert item["next_at"] is not None
    shown = client.get(f"/api/v1/webhooks/{made['id']}").json()
    assert shown["failures"] == 1
    assert shown["failing_since"] is not None


def test_a_secret_is_shown_once(client: TestClient) -> None:
    """Whoever can read webhooks could forge their messages."""
    made = make(client)
    rotated = client.post(f"/api/v1/webhooks/{made['id']}/secret").json()
    assert made["secret"] != rotated["secret"]
    here = f"/api/v1/webhooks/{made['id']}"
    answers = [client.get("/api/v1/webhooks"), client.get(here), client.patch(here, json={"description": "x"})]
    answers += [client.post(f"{here}/test"), client.get(f"{here}/deliveries")]
    for answer in answers:
        assert answer.is_success
        assert "whsec_" not in answer.text


def test_the_secret_before_a_rotation_signs_along_for_a_day(client: TestClient, receiver: Receiver) -> None:
    """Between a rotation here and one there every message would be refused."""
    made = make(client, receiver.url)
    rotated = client.post(f"/api/v1/webhooks/{made['id']}/secret").json()
    assert rotated["old_secret_until"] is not None
    client.post(f"/api/v1/webhooks/{made['id']}/test")
    settled(client, made["id"])
    [message] = receiver.messages
    for secret in (made["secret"], rotated["secret"]):
        Standard(secret).verify(message.body, message.headers)


def test_a_webhook_is_changed_and_removed(client: TestClient) -> None:
    """A wrong address would stay for ever."""
    made = make(client, description="grades")
    here = f"/api/v1/webhooks/{made['id']}"
    wanted = {"url": "https://other.example.edu/", "events": ["attempt.finished"], "disabled": True}
    changed = client.patch(here, json=wanted).json()
    assert (changed["url"], changed["events"]) == ("https://other.example.edu/", ["attempt.finished"])
    assert (changed["description"], changed["disabled_at"] is not None) == ("grades", True)
    assert client.get("/api/v1/webhooks").json()["items"] == [changed]
    assert told(client.post(f"{here}/test"), 409)["title"] == "The webhook is disabled"
    assert client.patch(here, json={"disabled": False}).json()["disabled_at"] is None
    assert client.delete(here).status_code == 204
    for answer in (
        client.get(here),
        client.delete(here),
        client.get(f"{here}/deliveries"),
        client.post(f"{here}/test"),
    ):
        assert told(answer, 404)["title"] == "There is no such webhook"


def test_deliveries_come_in_pages(client: TestClient, receiver: Receiver) -> None:
    """A page could leave one out, or go round in a circle."""
    made = make(client, receiver.url)
    ids = [client.post(f"/api/v1/webhooks/{made['id']}/test").json()["id"] for _ in range(5)]
    found, page = [], f"/api/v1/webhooks/{made['id']}/deliveries?limit=2"
    while page:
        body = client.get(page).json()
        found += [item["id"] for item in body["items"]]
        page = body["next"]
    assert found == ids[::-1]


@pytest.mark.parametrize(
    "url",
    [
        *(
            "ftp://lms.example.edu/",
            "lms.example.edu",
            "https://",
            "https:///path",
            "https://user:word@lms.example.edu/",
        ),
        *("https://lms.example.edu/#part", "https://lms.example.edu:0/", "https://lms.example.edu:99999/"),
        *("https://10.0.0.1/", "https://[::1]/", "https://[::ffff:127.0.0.1]/", "https://169.254.169.254/latest"),
        *("https://lms.example.edu/\n", "https://lms example.edu/", "https://" + "a" * 3000, ""),
    ],
)
def test_an_address_that_cannot_be_one_is_refused(client: TestClient, url: str) -> None:
    """An admin would learn of a slip by messages that never arrive."""
    made = make(client)
    for answer in (
        client.post("/api/v1/webhooks", json={"url": url}),
        client.patch(f"/api/v1/webhooks/{made['id']}", json={"url": url}),
    ):
        told(answer, 422)


@pytest.mark.parametrize(
    "body", [{"events": []}, {"events": ["everything"]}, {"secret": "mine"}, {"description": "\0"}]
)
def test_what_is_no_webhook_is_refused(client: TestClient, body: dict[str, Any]) -> None:
    """A webhook could be told of nothing, or bring a secret that is none."""
    told(client.post("/api/v1/webhooks", json={"url": URL, **body}), 422)


def test_there_are_not_too_many(client: TestClient) -> None:
    """Every verdict would wait for a thousand rows."""
    for _ in range(service._MOST):
        make(client)
    assert "Delete one" in told(client.post("/api/v1/webhooks", json={"url": URL}), 409)["detail"]


def test_encryption_is_a_must_unless_a_setting_says_otherwise(settings: Settings) -> None:
    """Whoever is on the way could read who was told what, or change it."""
    service.check_url("http://lms.example.edu/", settings)
    with pytest.raises(WebhookUrlRefused, match="https://"):
        service.check_url("http://lms.example.edu/", settings.model_copy(update={"webhook_http": False}))


def test_a_process_may_send_nothing(settings: Settings, database: Database) -> None:
    """A worker without a way out would use up every try of a message that another process could deliver."""
    assert [*chores(database, settings.model_copy(update={"webhook_senders": 0}))] == ["webhooks-forgotten"]


def test_a_network_that_is_none_ends_the_start() -> None:
    """A slip would allow nothing, and every message fail."""
    with pytest.raises(SettingsInvalid, match=r"ALLCLOSE_WEBHOOK_NETWORKS.*'10\.0\.0\.1/8'"):
        load_settings(webhook_networks="10.0.0.1/8")


def test_instructors_see_none(of: Callable[[str, Role], TestClient], client: TestClient) -> None:
    """An address may hold what opens a receiver."""
    made = make(client)
    told(of("Ada", Role.INSTRUCTOR).get(f"/api/v1/webhooks/{made['id']}"), 403)
