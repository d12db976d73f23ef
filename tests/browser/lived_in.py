"""A service in which people have been: what its pages show once there is something to show.

Invariant: all of it was made over the API, as people make it; only a fault of ours is written into the database, since
there is no way to ask for one.
"""

from __future__ import annotations

import io
import time
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx2
from playwright.sync_api import BrowserContext

from app.accounts.dependency import COOKIE
from app.problems.starting import filled
from tests.faults.service import RealService

ROOT = Path(__file__).resolve().parents[2]
SLUG = "equivalent_two_ways"
UPLOADED = "root_mean_square"
PASSWORD = "correct horse battery staple"
#: A known mistake, without the head that says so.
NO_SUM = (ROOT / f"problems/{SLUG}/submissions/wrong/no_sum.py").read_text(encoding="utf-8").rpartition("# ///\n")[2]
RIGHT = (ROOT / f"problems/{SLUG}/reference.py").read_text(encoding="utf-8")
#: Nobody listens there, so that messages to it fail; the pages say so.
_NOWHERE = "http://127.0.0.1:9/hook"
#: What its service is started with: everything that pages can show is there.
ENVIRONMENT = {
    "ALLCLOSE_SIGN_UP": "open",
    "ALLCLOSE_SMTP_URL": "smtp://127.0.0.1:9",
    "ALLCLOSE_MAIL_FROM": "allclose@example.edu",
    "ALLCLOSE_PUBLIC_URL": "https://allclose.example.edu",
    "ALLCLOSE_WEBHOOK_NETWORKS": "127.0.0.0/8",
    "ALLCLOSE_WEBHOOK_HTTP": "true",
}
#: Seconds that something may take on a machine with other things to do.
_PATIENCE = 180.0


class Person:
    """Somebody with an account, signed in."""

    def __init__(self, service: RealService, path: str, name: str) -> None:
        """Make the account: at ``path``, which signs in too."""
        self.name = name
        self._address = str(service.client.base_url)
        with httpx2.Client(base_url=self._address, timeout=60) as client:
            answer = client.post(path, json={"name": name, "password": PASSWORD})
        assert answer.is_success, answer.text
        self.session = answer.headers["set-cookie"].partition("=")[2].partition(";")[0]

    def enter(self, context: BrowserContext) -> None:
        """Be signed in there."""
        # As if it came over a secure connection: browsers take it from there alone, and show it to this machine too.
        address = self._address.replace("http://", "https://")
        context.add_cookies(
            [
                {
                    "name": COOKIE,
                    "value": self.session,
                    "url": address,
                    "secure": True,
                    "httpOnly": True,
                    "sameSite": "Lax",
                }
            ]
        )

    def ask(self, method: str, path: str, **sent: Any) -> Any:
        """What the API answers to this person."""
        headers = {"Cookie": f"{COOKIE}={self.session}"} | sent.pop("headers", {})
        with httpx2.Client(base_url=self._address, timeout=60, headers=headers) as client:
            answer = client.request(method, f"/api/v1{path}", **sent)
        assert answer.is_success, answer.text
        return answer.json() if answer.content else None

    def submit(self, source: str, problem: str = SLUG) -> str:
        """Submit; returns the attempt's id."""
        return str(self.ask("POST", "/attempts", json={"problem": problem, "source": source})["id"])

    def upload(self, folder: Mapping[str, str], slug: str = UPLOADED) -> str:
        """Upload a folder; returns the upload's id."""
        headers = {"Content-Type": "application/zip"}
        sent = self.ask("POST", "/problem-uploads?mutants=false", content=packed(slug, folder), headers=headers)
        return str(sent["id"])

    def wait(self, path: str, state: str = "done") -> Any:
        """What is at a path, once it is in that state."""
        deadline = time.monotonic() + _PATIENCE
        while (told := self.ask("GET", path))["state"] != state:
            assert time.monotonic() < deadline, told
            time.sleep(0.1)
        return told


@dataclass
class LivedIn:
    """Who and what is there: people by what they are, and what addresses of pages need."""

    service: RealService
    people: dict[str, Person] = field(default_factory=dict)
    places: dict[str, str] = field(default_factory=dict)


def packed(slug: str, folder: Mapping[str, str]) -> bytes:
    """A zip archive of a problem's folder, from texts by path."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for path, text in folder.items():
            archive.writestr(f"{slug}/{path}", text)
    return made.getvalue()


def wait_served(service: RealService, slug: str) -> None:
    """Return once a problem is served: a start proves some, and goes on in the background."""
    deadline = time.monotonic() + _PATIENCE
    while not service.client.get(f"/api/v1/problems/{slug}").is_success:
        assert time.monotonic() < deadline, f"{slug} is not served: {service.log()}"
        time.sleep(0.2)


def prepare(service: RealService) -> LivedIn:
    """Have people do what people do; returns once all of it has been judged."""
    wait_served(service, SLUG)
    made = LivedIn(service, places={"slug": SLUG})
    made.people["learner"] = learner = Person(service, "/api/v1/users", "Maryam")
    made.people["newcomer"] = Person(service, "/api/v1/users", "Olga")
    made.people["instructor"] = instructor = Person(service, _invitation(service, "instructor"), "Sophie")
    made.people["admin"] = admin = Person(service, _invitation(service, "admin"), "Margaret")
    made.places["code"] = _invitation(service, "learner").rpartition("/")[2]
    made.places["reset"] = admin.ask("POST", "/users/Maryam/password-reset")["link"].rpartition("/")[2]
    _learn(made, learner)
    _teach(made, instructor)
    made.places["webhook"] = admin.ask("POST", "/webhooks", json={"url": _NOWHERE, "description": "The campus"})["id"]
    admin.ask("POST", f"/webhooks/{made.places['webhook']}/test")
    made.places["user"] = learner.name
    made.places["failed"] = _fail(service, learner)
    return made


def _invitation(service: RealService, role: str) -> str:
    """Where somebody gets an account of that role, over the API."""
    answer = service.client.post("/api/v1/invitations", json={"role": role})
    assert answer.status_code == 201, answer.text
    return f"/api/v1/links/{answer.json()['link'].rpartition('/')[2]}"


def _learn(made: LivedIn, learner: Person) -> None:
    learner.ask("POST", f"/problems/{SLUG}/hints")
    learner.ask("POST", "/tokens", json={"label": "My laptop", "days": 30})
    sent = {"problem": SLUG, "source": RIGHT, "input": {"w": 2.0, "x_batch": [1.0, 2.0, 3.0]}}
    sources = {"wrong": NO_SUM, "broken": "def equivalent_two_ways(w, x_batch)\n    return w\n", "accepted": RIGHT}
    for name, source in sources.items():
        made.places[name] = learner.submit(source)
        learner.wait(f"/attempts/{made.places[name]}")
    made.places["run"] = learner.ask("POST", "/runs", json=sent)["id"]
    learner.wait(f"/runs/{made.places['run']}")


def _teach(made: LivedIn, instructor: Person) -> None:
    folder = filled(UPLOADED, "traced")
    faulty = {path: text for path, text in folder.items() if path != "hints.md"} | {"notes.txt": "To do: hints."}
    made.places |= {"sound": instructor.upload(folder), "faulty": instructor.upload(faulty)}
    for name in ("sound", "faulty"):
        instructor.wait(f"/problem-uploads/{made.places[name]}")
    asked = {"kind": "problem", "name": SLUG}
    made.places["rejudging"] = instructor.ask("POST", "/rejudgings", json=asked)["id"]
    instructor.wait(f"/rejudgings/{made.places['rejudging']}", "previewed")


def _fail(service: RealService, learner: Person) -> str:
    """An attempt that we could not judge."""
    attempt = learner.submit(RIGHT + "\n# once more\n")
    learner.wait(f"/attempts/{attempt}")
    with service.rows() as rows:
        rows.execute(
            "UPDATE attempts SET verdict = 'internal_error', reason = NULL, report = NULL, tries = 3, "
            "message = 'We could not judge this attempt.' WHERE id = ?",
            (attempt,),
        )
        rows.execute("DELETE FROM case_results WHERE attempt_id = ?", (attempt,))
    return attempt
