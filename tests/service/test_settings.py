"""The operator's settings."""

from __future__ import annotations

from typing import Any

import pytest

from app.settings import SettingsInvalid, load_settings


def test_a_bad_value_names_its_variable(monkeypatch: pytest.MonkeyPatch) -> None:
    """An operator could not tell which of their variables keeps the server from starting."""
    monkeypatch.setenv("ALLCLOSE_PORT", "eighty")
    monkeypatch.setenv("ALLCLOSE_WORKERS", "0")
    with pytest.raises(SettingsInvalid) as refusal:
        load_settings()
    assert "ALLCLOSE_PORT" in str(refusal.value)
    assert "ALLCLOSE_WORKERS" in str(refusal.value)


@pytest.mark.parametrize("name", ["ALLCLOSE_DATA_DIR", "ALLCLOSE_PROBLEMS_DIR"])
@pytest.mark.parametrize("value", ["", " "])
def test_an_empty_path_is_refused(monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> None:
    """A variable left empty would put the database into whatever directory the server was started in."""
    monkeypatch.setenv(name, value)
    with pytest.raises(SettingsInvalid, match=f"{name}: the name of a folder is missing"):
        load_settings()


def test_an_option_wins_over_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """A port given on the command line would be ignored."""
    monkeypatch.setenv("ALLCLOSE_PORT", "8001")
    monkeypatch.setenv("ALLCLOSE_MAX_TRIES", "5")
    settings = load_settings(port=8002)
    assert (settings.port, settings.max_tries) == (8002, 5)


def test_an_unknown_option_is_refused() -> None:
    """A misspelt setting would be dropped in silence."""
    with pytest.raises(SettingsInvalid, match="ALLCLOSE_PROT"):
        load_settings(prot=8000)


def test_the_service_listens_on_this_machine_only() -> None:
    """A first start would open the service to the network."""
    assert load_settings().host == "127.0.0.1"


ISSUER = {"oidc_issuer": "https://login.example.edu", "oidc_client_id": "us", "public_url": "https://jax.example.edu"}


@pytest.mark.parametrize(
    ("chosen", "says"),
    [
        ({"oidc_client_id": "us"}, "OIDC_ISSUER has to be set"),
        ({**ISSUER, "oidc_client_id": ""}, "OIDC_CLIENT_ID and PUBLIC_URL"),
        ({**ISSUER, "public_url": ""}, "OIDC_CLIENT_ID and PUBLIC_URL"),
        ({**ISSUER, "oidc_issuer": "http://login.example.edu"}, "https"),
        ({**ISSUER, "oidc_issuer": "https://login.example.edu?a=b"}, "https"),
        ({**ISSUER, "oidc_issuer": "https://["}, "https"),
        ({**ISSUER, "oidc_scopes": "profile"}, "openid"),
        ({**ISSUER, "oidc_sign_up": "maybe"}, "OIDC_SIGN_UP"),
        ({**ISSUER, "oidc_roles": '{"staff": "instructor"}'}, "OIDC_ROLE_CLAIM"),
        ({**ISSUER, "oidc_role_claim": "groups", "oidc_roles": "staff=instructor"}, "instructor"),
        ({**ISSUER, "oidc_role_claim": "groups", "oidc_roles": '["staff"]'}, "instructor"),
        ({**ISSUER, "oidc_role_claim": "groups", "oidc_roles": '{"staff": "owner"}'}, "learner, instructor, admin"),
        ({**ISSUER, "oidc_role_claim": "groups", "oidc_roles": '{"root": "admin"}'}, "OIDC_ADMINS=true"),
    ],
)
def test_half_of_a_single_sign_on_is_refused(chosen: dict[str, Any], says: str) -> None:
    """People would be sent to nowhere, secrets go unencrypted, or a slip in a mapping make admins."""
    with pytest.raises(SettingsInvalid) as refusal:
        load_settings(**chosen)
    assert says in str(refusal.value)


def test_a_whole_single_sign_on_is_taken() -> None:
    """Nobody could set one up, or its secret would be printed with the settings."""
    chosen = load_settings(**ISSUER, oidc_client_secret="s3cret", oidc_role_claim="g", oidc_roles='{"a": "instructor"}')
    assert "s3cret" not in repr(chosen)
    assert load_settings(oidc_issuer="http://localhost:9000", oidc_client_id="us", public_url="http://localhost:8000")
