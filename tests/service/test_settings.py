"""The operator's settings."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from pydantic import SecretStr

from app.settings import PREFIX, Settings, SettingsInvalid, load_settings

README = Path(__file__).resolve().parents[2] / "README.md"
#: What a default that depends on the machine, or means another's own, is called in the table.
IN_WORDS = {
    "problems_dir": "`problems` beside the code",
    "workers": "half the cores",
    "queues": "all it can",
    "oidc_sign_up": "as `SIGN_UP`",
    "oidc_mail_domains": "all",
    "docker_image": "this version's",
    "docker_runtime": "the daemon's",
}


def test_a_bad_value_names_its_variable(monkeypatch: pytest.MonkeyPatch) -> None:
    """An operator could not tell which of their variables keeps the server from starting."""
    monkeypatch.setenv("ALLCLOSE_PORT", "eighty")
    monkeypatch.setenv("ALLCLOSE_WORKERS", "-1")
    with pytest.raises(SettingsInvalid) as refusal:
        load_settings()
    assert "ALLCLOSE_PORT" in str(refusal.value)
    assert "ALLCLOSE_WORKERS" in str(refusal.value)


@pytest.mark.parametrize(
    ("chosen", "says"),
    [
        ({"workers": 0}, "this process judges everything: WORKERS has to be 1"),
        ({"queues": "cpu"}, "QUEUES left out"),
        ({"queues": "gpu", "database_url": "postgresql://a@b/c"}, "for a process with GPUS"),
        ({"queues": "tpu", "database_url": "postgresql://a@b/c"}, "there are the queues cpu and gpu"),
    ],
)
def test_work_for_nobody_is_refused(chosen: dict[str, Any], says: str) -> None:
    """Attempts would be taken, and wait for ever."""
    with pytest.raises(SettingsInvalid, match=says) as refusal:
        load_settings(**chosen)
    assert "ALLCLOSE_:" not in str(refusal.value)


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


def _told() -> dict[str, str]:
    """The defaults in the README's table of settings, by variable."""
    section = README.read_text(encoding="utf-8").partition("\n## Settings\n")[2].partition("\n#")[0]
    rows = re.findall(r"^\| `(\w+)` \| (.*?) \| .+ \|$", section, re.MULTILINE)
    assert len(rows) == section.count("\n| `")  # each variable has a row of its own
    assert len({name for name, _ in rows}) == len(rows)
    return dict(rows)


def _default(name: str) -> str:
    """How a default has to be told."""
    default = Settings.model_fields[name].default
    if isinstance(default, SecretStr):
        default = default.get_secret_value()
    if isinstance(default, bool):
        default = str(default).lower()
    number = isinstance(default, float)
    return IN_WORDS.get(name) or ("none" if default in ("", None) else f"`{default:g}`" if number else f"`{default}`")


def test_the_readme_has_every_setting_with_its_default() -> None:
    """An operator would not know of a setting, or set one that is gone, or plan with another default."""
    assert _told() == {name.upper(): _default(name) for name in Settings.model_fields}


def test_every_variable_that_is_written_about_exists() -> None:
    """An operator would set a variable that nothing reads."""
    known = {PREFIX + name.upper() for name in Settings.model_fields}
    # What only tests and builds read is said in CONTRIBUTING.md.
    for name in ("README.md", "SECURITY.md", "ARCHITECTURE.md"):
        found = re.findall(rf"{PREFIX}[A-Z_]+[A-Z]", (README.parent / name).read_text(encoding="utf-8"))
        assert {*found} <= known, name


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
