"""Publishing over the API: versions, who sees a problem, what comes before it, and changes that cross."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from sqlalchemy import update

from app.accounts.rights import Role
from app.problems.catalogue import Catalogue
from app.problems.tables import ProblemVersion
from app.problems.uploads.models import ProblemUpload
from app.service import Service
from tests.service import fakes
from tests.service.fakes import FakeJudge, FakeSandbox
from tests.service.test_errors import told

Of = Callable[[str, Role], TestClient]
Settle = Callable[[str], dict[str, Any]]
PROBLEMS = "/api/v1/problems"


@pytest.fixture
def iris(of: Of) -> TestClient:
    """An instructor."""
    return of("Iris", Role.INSTRUCTOR)


@pytest.fixture
def ada(of: Of) -> TestClient:
    """A learner."""
    return of("Ada", Role.LEARNER)


@pytest.fixture
def service(app: FastAPI, client: TestClient) -> Service:
    del client  # the application runs while that is there
    running = app.state.service
    assert isinstance(running, Service)
    return running


@pytest.fixture
def upload(iris: TestClient, settle: Settle) -> Callable[..., str]:
    """Uploads a folder that the check finds sound; returns the upload's id."""

    def send(slug: str = "add_three", content: str = "sound") -> str:
        headers = {"Content-Type": "application/zip"}
        answer = iris.post("/api/v1/problem-uploads", content=fakes.archive(slug, content), headers=headers)
        return str(settle(answer.headers["Location"])["id"])

    return send


@pytest.fixture
def publish(iris: TestClient, upload: Callable[..., str]) -> Callable[..., dict[str, Any]]:
    """Uploads and publishes a folder; returns what is served."""

    def call(slug: str = "add_three", content: str = "sound", **more: str) -> dict[str, Any]:
        answer = iris.post(f"{PROBLEMS}/{slug}/publish", json={"upload": upload(slug, content), **more})
        assert answer.status_code == 200, answer.text
        body: dict[str, Any] = answer.json()
        return body

    return call


def slugs(client: TestClient) -> list[str]:
    return [item["slug"] for item in client.get(PROBLEMS).json()["items"]]


def versions(client: TestClient, slug: str = "add_three") -> list[tuple[str, bool]]:
    items = client.get(f"{PROBLEMS}/{slug}/versions").json()["items"]
    return [(item["id"], item["current"]) for item in items]


def submit(client: TestClient, slug: str, source: str = "right") -> int:
    """The status of a submission, which is judged before this returns."""
    answer = client.post("/api/v1/attempts", json={"problem": slug, "source": source})
    while answer.status_code == 202 and client.get(answer.headers["Location"]).json()["state"] != "done":
        pass
    return answer.status_code


def start_again(service: Service, toolchain: str = "fake 1") -> list[str]:
    """What the next start does about problems; returns folders that it could not serve."""
    folders = Catalogue(service.settings, service.database, fakes.pipeline(FakeJudge()), FakeSandbox(toolchain))
    folders.open()
    while folders.publish_next():
        pass
    return list(folders.failed)


def test_a_checked_upload_is_published(iris: TestClient, ada: TestClient, upload: Callable[..., str]) -> None:
    """An instructor could not give learners a problem without the operator."""
    upload_id = upload()
    told(ada.get(f"{PROBLEMS}/add_three"), 404)
    shown = iris.post(f"{PROBLEMS}/add_three/publish", json={"upload": upload_id})
    assert (shown.status_code, shown.json()["title"], shown.json()["visibility"]) == (200, "sound", "public")
    assert ada.get(f"{PROBLEMS}/add_three").json()["title"] == "sound"
    assert submit(ada, "add_three") == 202
    listed = iris.get(f"{PROBLEMS}/add_three/versions").json()
    assert (listed["slug"], listed["origin"], len(listed["items"])) == ("add_three", "upload", 1)
    done = iris.get(f"/api/v1/problem-uploads/{upload_id}").json()
    assert done["version_id"] == listed["items"][0]["id"]
    again = iris.post(f"{PROBLEMS}/add_three/publish", json={"upload": upload_id})
    assert (again.status_code, len(versions(iris))) == (200, 1)


def test_what_is_not_sound_is_not_published(
    iris: TestClient, upload: Callable[..., str], service: Service, client: TestClient
) -> None:
    """Learners would be graded by a problem that refuses right answers."""
    for content in ("broken", "faulty"):
        refused = told(iris.post(f"{PROBLEMS}/add_three/publish", json={"upload": upload(content=content)}), 409)
        assert "1 error." in refused["detail"]
    service.workplace.sandbox.down = "Nothing can be run."  # type: ignore[attr-defined]
    headers = {"Content-Type": "application/zip"}
    waiting = client.post("/api/v1/problem-uploads", content=fakes.archive("add_three"), headers=headers).json()["id"]
    refused = told(iris.post(f"{PROBLEMS}/add_three/publish", json={"upload": waiting}), 409)
    assert "not checked yet" in refused["detail"]
    told(iris.post(f"{PROBLEMS}/add_three/publish", json={"upload": "nothing"}), 404)
    other = told(iris.post(f"{PROBLEMS}/add_four/publish", json={"upload": waiting}), 409)
    assert "/add_three/publish" in other["detail"]
    for body in ({}, {"upload": "a", "version": "b"}, {"upload": waiting, "visibility": "secret"}):
        told(iris.post(f"{PROBLEMS}/add_three/publish", json=body), 422)


def test_an_older_version_is_made_current_again(iris: TestClient, ada: TestClient, publish: Callable[..., Any]) -> None:
    """A mistake that was published could be undone only by writing it anew; or it would change old attempts."""
    publish(content="first")
    assert submit(ada, "add_three") == 202
    publish(content="second")
    [(new, _), (old, _)] = versions(iris)
    assert versions(iris) == [(new, True), (old, False)]
    told(iris.post(f"{PROBLEMS}/add_one/publish", json={"version": old}), 404)
    back = iris.post(f"{PROBLEMS}/add_three/publish", json={"version": old})
    assert (back.status_code, back.json()["title"]) == (200, "first")
    assert versions(iris) == [(new, False), (old, True)]


def test_an_unpublished_problem_keeps_its_attempts_and_can_come_back(
    iris: TestClient, ada: TestClient, publish: Callable[..., Any]
) -> None:
    """What learners did would be lost with a problem; or a problem that was hidden come back for everybody."""
    publish(visibility="unlisted")
    assert submit(ada, "add_three") == 202
    assert iris.post(f"{PROBLEMS}/add_three/unpublish").status_code == 204
    for client in (ada, iris):
        told(client.get(f"{PROBLEMS}/add_three"), 404)
        assert submit(client, "add_three") == 404
        assert "add_three" not in slugs(client)
    [attempt] = ada.get("/api/v1/attempts").json()["items"]
    assert (attempt["problem"], attempt["state"]) == ("add_three", "done")
    told(iris.post(f"{PROBLEMS}/add_three/unpublish"), 404)
    told(iris.patch(f"{PROBLEMS}/add_three", json={"visibility": "public"}), 404)
    listed = iris.get(f"{PROBLEMS}/add_three/versions").json()
    assert (listed["origin"], [item["current"] for item in listed["items"]]) == (None, [False])
    shown = iris.post(f"{PROBLEMS}/add_three/publish", json={"version": listed["items"][0]["id"]}).json()
    assert shown["visibility"] == "unlisted"
    told(iris.get(f"{PROBLEMS}/nothing/versions"), 404)


def test_a_folder_of_the_operators_is_not_overwritten(
    iris: TestClient, upload: Callable[..., str], service: Service
) -> None:
    """The next start would silently undo what an instructor has published, or the operator's problem would be gone."""
    upload_id = upload("add_one")
    refused = told(iris.post(f"{PROBLEMS}/add_one/publish", json={"upload": upload_id}), 409)
    assert "folder" in refused["detail"]
    assert "visibility" in refused["detail"]
    told(iris.post(f"{PROBLEMS}/add_one/unpublish"), 409)
    [(version, _)] = versions(iris, "add_one")
    told(iris.post(f"{PROBLEMS}/add_one/publish", json={"version": version}), 409)
    assert iris.patch(f"{PROBLEMS}/add_one", json={"visibility": "hidden"}).json()["visibility"] == "hidden"
    assert start_again(service) == []
    assert iris.get(f"{PROBLEMS}/add_one").json()["visibility"] == "hidden"
    (service.settings.problems_dir / "add_one/version.txt").unlink()
    (service.settings.problems_dir / "add_one").rmdir()
    assert start_again(service) == []
    assert iris.post(f"{PROBLEMS}/add_one/publish", json={"upload": upload_id}).status_code == 200
    assert iris.get(f"{PROBLEMS}/add_one/versions").json()["origin"] == "upload"


def test_a_start_leaves_what_was_uploaded(iris: TestClient, publish: Callable[..., Any], service: Service) -> None:
    """Every restart of the service would take instructors' problems from learners, or replace them."""
    publish()
    before = versions(iris)
    assert start_again(service) == []
    assert versions(iris) == before
    fakes.write_folder(service.settings.problems_dir, "add_three")
    assert start_again(service) == ["add_three"]
    assert versions(iris) == before
    iris.post(f"{PROBLEMS}/add_three/unpublish")
    assert start_again(service) == []
    assert iris.get(f"{PROBLEMS}/add_three/versions").json()["origin"] == "folder"


def test_another_toolchain_computes_uploaded_problems_again(
    iris: TestClient, upload: Callable[..., str], publish: Callable[..., Any], service: Service
) -> None:
    """Outputs of an old JAX would be expected of programs compiled by a new one."""
    waiting = upload(content="later")
    publish()
    with service.database.write() as session:
        session.execute(update(ProblemVersion).values(toolchain_sha256="old"))
        session.execute(update(ProblemUpload).values(toolchain_sha256="old"))
    [(old, _)] = versions(iris)
    refused = told(iris.post(f"{PROBLEMS}/add_three/publish", json={"upload": waiting}), 409)
    assert "Upload it again" in refused["detail"]
    refused = told(iris.post(f"{PROBLEMS}/add_three/publish", json={"version": old}), 409)
    assert "again" in refused["detail"]
    assert start_again(service) == []
    listed = iris.get(f"{PROBLEMS}/add_three/versions").json()
    assert [(item["current"], item["outdated"]) for item in listed["items"]] == [(True, False), (False, True)]
    assert (listed["origin"], listed["items"][0]["title"]) == ("upload", "sound")


@pytest.fixture
def seen(ada: TestClient, publish: Callable[..., Any]) -> Callable[[str], list[int]]:
    """Publishes with a visibility; what a learner gets of every way to the problem."""

    def ways(visibility: str) -> list[int]:
        publish(visibility=visibility)
        place = f"{PROBLEMS}/add_three"
        source = {"problem": "add_three", "source": "right"}
        answers = [
            ada.get(place),
            ada.get(f"{place}/hints"),
            ada.post(f"{place}/hints"),
            ada.post(f"{place}/give-up"),
            ada.get(f"{place}/solution"),
            ada.post("/api/v1/attempts", json=source),
            ada.post("/api/v1/runs", json=source),
            ada.post("/api/v1/runs", json={**source, "input": {"x": [1.0, 2.0]}}),
        ]
        return [answer.status_code for answer in answers]

    return ways


def test_an_unlisted_problem_is_there_for_whoever_knows_its_name(
    iris: TestClient, ada: TestClient, seen: Callable[[str], list[int]]
) -> None:
    """An exam's problem would be in the list before its day, or not be there on it."""
    assert set(seen("unlisted")) == {200, 202, 204}
    assert "add_three" not in slugs(ada)
    assert "add_three" in slugs(iris)
    assert "add_three" not in told(ada.get(f"{PROBLEMS}/add_thre"), 404)["near"]


def test_a_hidden_problem_does_not_exist_for_learners(
    iris: TestClient, ada: TestClient, seen: Callable[[str], list[int]]
) -> None:
    """A problem that is being prepared would be read, attempted, or known to be there by some way round."""
    before = told(ada.get(f"{PROBLEMS}/add_three"), 404)
    assert set(seen("hidden")) == {404}
    assert "add_three" not in slugs(ada)
    assert told(ada.get(f"{PROBLEMS}/add_three"), 404) == before
    assert "add_three" in slugs(iris)
    assert submit(iris, "add_three") == 202
    assert iris.get(f"{PROBLEMS}/add_three/mistakes").status_code == 200
    assert told(iris.get(f"{PROBLEMS}/add_thre"), 404)["near"][0] == "add_three"


def test_what_comes_before_is_told_and_enforced_where_that_is_on(
    iris: TestClient, ada: TestClient, publish: Callable[..., Any]
) -> None:
    """A learner would meet a problem that they cannot understand yet, or be kept from one for no reason."""
    publish(content="sound after add_one")
    place = f"{PROBLEMS}/add_three"
    assert ada.get(place).json()["missing_prerequisites"] == ["add_one"]
    assert submit(ada, "add_three") == 202
    changed = iris.patch(place, json={"enforce_prerequisites": True}).json()
    assert (changed["enforce_prerequisites"], changed["missing_prerequisites"]) == (True, ["add_one"])
    body = {"problem": "add_three", "source": "right"}
    refused = told(ada.post("/api/v1/attempts", json=body), 403)
    assert refused["missing"] == ["add_one"]
    assert ada.post("/api/v1/runs", json=body).status_code == 202
    assert submit(iris, "add_three") == 202
    assert submit(ada, "add_one", "wrong") == 202
    assert submit(ada, "add_three") == 403
    assert submit(ada, "add_one", "right") == 202
    assert ada.get(place).json()["missing_prerequisites"] == []
    assert submit(ada, "add_three") == 202


def test_what_cannot_be_solved_here_is_asked_of_nobody(
    iris: TestClient, ada: TestClient, publish: Callable[..., Any]
) -> None:
    """A problem would be closed for good by a prerequisite that is not served, or hidden."""
    publish(content="sound after add_nothing")
    iris.patch(f"{PROBLEMS}/add_three", json={"enforce_prerequisites": True})
    assert submit(ada, "add_three") == 202
    publish(content="sound after add_two")
    assert submit(ada, "add_three") == 403
    iris.patch(f"{PROBLEMS}/add_two", json={"visibility": "hidden"})
    assert ada.get(f"{PROBLEMS}/add_three").json()["missing_prerequisites"] == []
    assert submit(ada, "add_three") == 202


def test_a_tag_stands_for_what_is_shown(iris: TestClient, ada: TestClient, publish: Callable[..., Any]) -> None:
    """A page would show an old statement for good, or load everything anew each time."""
    publish(content="sound after add_one")
    place = f"{PROBLEMS}/add_three"
    first = ada.get(place)
    tag = first.headers["ETag"]
    known = ada.get(place, headers={"If-None-Match": f'"other", W/{tag}'})
    assert (known.status_code, known.content, known.headers["ETag"]) == (304, b"", tag)
    assert ada.get(place, headers={"If-None-Match": '"other"'}).status_code == 200
    tags = [tag]
    submit(ada, "add_one")
    tags.append(ada.get(place).headers["ETag"])
    iris.patch(place, json={"visibility": "unlisted"})
    tags.append(ada.get(place).headers["ETag"])
    iris.patch(place, json={"enforce_prerequisites": True})
    tags.append(ada.get(place).headers["ETag"])
    publish(content="other after add_one")
    tags.append(ada.get(place).headers["ETag"])
    assert len(set(tags)) == 5


def test_changes_that_cross_are_refused(iris: TestClient, upload: Callable[..., str], client: TestClient) -> None:
    """Two instructors would undo each other's changes without knowing."""
    upload_id, place = upload(), f"{PROBLEMS}/add_three"
    body = {"upload": upload_id}
    missing = told(iris.post(f"{place}/publish", json=body, headers={"If-Match": '"some"'}), 412)
    assert "not served" in missing["detail"]
    told(iris.post(f"{place}/publish", json=body, headers={"If-Match": "*"}), 412)
    old = iris.post(f"{place}/publish", json=body).headers["ETag"]
    assert client.get(place).headers["ETag"] == old
    changed = client.patch(place, json={"visibility": "unlisted"}, headers={"If-Match": old})
    assert (changed.status_code, changed.headers["ETag"] != old) == (200, True)
    for answer in (
        iris.patch(place, json={"visibility": "public"}, headers={"If-Match": old}),
        iris.post(f"{place}/publish", json=body, headers={"If-Match": old}),
        iris.post(f"{place}/unpublish", headers={"If-Match": f"W/{changed.headers['ETag']}"}),
    ):
        assert "GET it again" in told(answer, 412)["detail"]
    assert iris.get(place).json()["visibility"] == "unlisted"
    now = changed.headers["ETag"]
    assert iris.post(f"{place}/publish", json=body, headers={"If-Match": f'"x", {now}'}).status_code == 200
    assert iris.post(f"{place}/unpublish", headers={"If-Match": "*"}).status_code == 204
