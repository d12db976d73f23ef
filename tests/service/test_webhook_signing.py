"""Signatures, held against the specification's own library."""

from __future__ import annotations

import base64
import time

import pytest
from standardwebhooks import Webhook, WebhookVerificationError

from app.webhooks import signing

BODY = b'{"type":"attempt.finished"}'


def test_the_specifications_example_comes_out() -> None:
    """Receivers in other languages would refuse every message, and a mistake shared by two libraries stay unseen."""
    # https://github.com/standard-webhooks/standard-webhooks/blob/main/libraries/python/tests/test_webhooks.py
    made = signing.headers(
        ["whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"],
        "msg_p5jXN8AQM9LWM0D4loKWxJek",
        1614265330,
        b'{"test": 2432232314}',
    )
    assert made["webhook-signature"] == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="


def test_a_message_verifies_with_every_secret_in_use() -> None:
    """A receiver that has not yet taken the new secret over would refuse messages for a day."""
    new, old = signing.new_secret(), signing.new_secret()
    made = dict(signing.headers([new, old], "msg_1", int(time.time()), BODY))
    for secret in (new, old):
        assert Webhook(secret).verify(BODY, made) == {"type": "attempt.finished"}
    with pytest.raises(WebhookVerificationError):
        Webhook(signing.new_secret()).verify(BODY, made)


@pytest.mark.parametrize("name", ["webhook-id", "webhook-timestamp"])
def test_everything_is_signed(name: str) -> None:
    """Whoever saw one message could send it again under another id, or much later."""
    secret = signing.new_secret()
    made = dict(signing.headers([secret], "msg_1", int(time.time()), BODY))
    made[name] = "msg_2" if name == "webhook-id" else str(int(time.time()) + 1)
    with pytest.raises(WebhookVerificationError):
        Webhook(secret).verify(BODY, made)


def test_secrets_are_long_and_differ() -> None:
    """A secret could be guessed, or belong to two webhooks."""
    made = {signing.new_secret() for _ in range(100)}
    assert len(made) == 100
    assert all(len(base64.b64decode(secret.removeprefix("whsec_"))) == 32 for secret in made)
