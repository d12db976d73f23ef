"""The whole API held against its own description, with requests that Schemathesis makes from it.

Its own loop over operations stands here instead of ``parametrize``: that would start the application for every one.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from fastapi import FastAPI
from fastapi.testclient import TestClient
from hypothesis import HealthCheck, Phase, given
from hypothesis import settings as chosen
from schemathesis import GenerationMode
from schemathesis.config import GenerationConfig, ProjectConfig, ProjectsConfig, SchemathesisConfig
from schemathesis.core.failures import FailureGroup
from schemathesis.core.result import Ok
from schemathesis.schemas import APIOperation
from schemathesis.specs.openapi.checks import positive_data_acceptance

from app.accounts import service as accounts
from app.accounts.dependency import COOKIE
from app.accounts.rights import Role
from app.main import create_app
from app.service import open_service
from app.settings import Settings
from tests.service import fakes
from tests.service.conftest import token_for
from tests.service.fakes import SQLITE_ONLY, FakeJudge, FakeSandbox
from tests.service.test_accounts import cheap_hashes
from tests.service.test_openapi import OPERATIONS

Described = APIOperation[Any, Any, Any, Any]

#: Examples of each operation, for each role; the same ones in each run.
_EXAMPLES = 5
_QUIETLY = chosen(
    max_examples=_EXAMPLES,
    deadline=None,
    derandomize=True,
    database=None,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)
#: Operations that may refuse what their description allows -> why that cannot be described.
REFUSING = {
    "sign_up": "names in letters of any language, and passwords that are not easily guessed",
    "use_link": "the same",
    "forget_password": "addresses in domains that mail can reach",
    "change_problem": "an If-Match of what is there",
    "unpublish_problem": "the same",
    "publish_problem": "the same, and one of two ids",
    "create_webhook": "https addresses, and hosts of the public internet",
    "change_webhook": "the same",
    "upload_problem": "archives that hold a problem folder",
    "create_run": "inputs that fit the arguments of the problem that is asked for",
}
#: Where nobody listens: mails are given up in the background, and logged.
MAIL = {"smtp_url": "smtp://127.0.0.1:1", "mail_from": "us@example.org", "public_url": "http://testserver"}


@schemathesis.serializer("application/zip")
def _as_it_is(_: schemathesis.SerializationContext, value: Any) -> bytes:
    """What is sent as an archive is no archive: reading those has tests of its own."""
    return value if isinstance(value, bytes) else str(value).encode()


@pytest.fixture
def running(settings: Settings, judge: FakeJudge, monkeypatch: pytest.MonkeyPatch) -> Iterator[FastAPI]:
    """The application on a service that is open already: Schemathesis never stops what it starts."""
    cheap_hashes(monkeypatch)
    open_to_all = settings.model_copy(update={"sign_up": "open", **MAIL})
    with open_service(open_to_all, FakeSandbox(), fakes.pipeline(judge)) as service:
        app = create_app(open_to_all, service=service)
        app.state.service = service
        yield app


def _signed_in(app: FastAPI, role: Role) -> dict[str, str]:
    """Cookies of somebody who has just signed in; some requests sign them out."""
    with app.state.service.database.write() as session:
        somebody = accounts.create(session, f"user-{accounts.new_code()[:20]}x", role, None)
        return {COOKIE: accounts.sign_in(session, somebody.id, 1)}


@pytest.fixture
def known(running: FastAPI) -> dict[str, str]:
    """Parameters of paths at which there is something."""
    headers = {"Authorization": f"Bearer {token_for(running, 'Ada', Role.LEARNER)}"}
    client, made = TestClient(running, headers=headers), {"slug": "add_one", "name": "Ada"}
    for what, kind in (("attempt_id", "attempts"), ("run_id", "runs")):
        location = client.post(f"/api/v1/{kind}", json={"problem": "add_one", "source": "wrong"}).headers["Location"]
        while client.get(location).json()["state"] != "done":
            pass
        made[what] = location.rpartition("/")[2]
    return made


def _faults(app: FastAPI, operation: Described, role: Role, mode: GenerationMode, known: dict[str, str]) -> str:
    """What is wrong with how an operation answers; empty if nothing."""
    there = {each.name: known[each.name] for each in operation.path_parameters if each.name in known}
    excluded: list[schemathesis.CheckFunction] = [positive_data_acceptance] if _name(operation) in REFUSING else []

    @_QUIETLY
    @given(case=operation.as_strategy(generation_mode=mode, path_parameters=there or None))
    def check(case: schemathesis.Case[Any]) -> None:
        case.call_and_validate(cookies=_signed_in(app, role), excluded_checks=excluded)

    try:
        check()
    except FailureGroup as faults:  # one operation's hide no other's
        return f"{operation.label}: {faults}"
    return ""


def _name(operation: Described) -> str:
    return str(operation.definition.raw["operationId"])


@SQLITE_ONLY
@pytest.mark.parametrize(
    ("role", "mode"),
    [
        (Role.ADMIN, GenerationMode.POSITIVE),
        (Role.ADMIN, GenerationMode.NEGATIVE),
        (Role.INSTRUCTOR, GenerationMode.POSITIVE),
        (Role.LEARNER, GenerationMode.POSITIVE),
    ],
)
def test_the_api_is_as_it_is_described(
    running: FastAPI, known: dict[str, str], role: Role, mode: GenerationMode
) -> None:
    """A generated client would fail on an answer that nobody told it about, or a request end in a fault of ours."""
    generation = GenerationConfig(deterministic=True, with_security_parameters=False)
    projects = ProjectsConfig(default=ProjectConfig(generation=generation))
    config = SchemathesisConfig(seed=1, projects=projects)
    described = schemathesis.openapi.from_asgi("/openapi.json", running, config=config)
    operations = [result.ok() for result in described.get_all_operations() if isinstance(result, Ok)]
    assert {_name(each) for each in operations} == OPERATIONS.keys()
    if mode == GenerationMode.NEGATIVE:  # any text may stand in a path
        operations = [each for each in operations if each.body or each.query]
    found = [_faults(running, each, role, mode, known) for each in operations]
    assert not any(found), "\n\n".join(filter(None, found))
