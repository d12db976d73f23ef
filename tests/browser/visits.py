"""Every page that somebody can open, who opens it here, and where it lies.

Invariant: ``test_pages`` fails if a page of the application is not in this table.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import quote

from starlette.routing import compile_path

from tests.browser.lived_in import LivedIn

#: What is no page: files.
FILES = {"/static/{name}", "/attempts/{attempt_id}/{form}"}


@dataclass(frozen=True)
class Visit:
    """A page as somebody opens it.

    Attributes:
        name: what it is called here, and in file names.
        route: of the application.
        address: with the names of ``LivedIn.places`` in braces.
        who: of ``LivedIn.people``; None for nobody who is signed in.
        shows: selector of what has to be there, or the page is not what it is taken for.
        status: of its answer.
    """

    name: str
    route: str
    address: str
    who: str | None
    shows: str
    status: int = 200

    def path(self, lived_in: LivedIn) -> str:
        """Where it lies in a service."""
        return self.address.format(**{name: quote(value, safe="") for name, value in lived_in.places.items()})

    def is_of_its_route(self) -> bool:
        """Whether the route answers at this address."""
        path = re.sub(r"\{\w+\}", "x", self.address.partition("?")[0])
        return compile_path(self.route)[0].match(path) is not None


VISITS = (
    Visit("catalogue", "/", "/", None, ".ladder"),
    Visit("catalogue-of-a-learner", "/", "/", "learner", ".rung.solved"),
    Visit("catalogue-found-nothing", "/", "/?q=nothing-is-called-so", "learner", ".empty"),
    Visit("sign-in", "/sign-in", "/sign-in", None, "#password"),
    Visit("sign-up", "/sign-up", "/sign-up", None, "#email"),
    Visit("invitation", "/links/{code}", "/links/{code}", None, "#email"),
    Visit("password-reset", "/links/{code}", "/links/{reset}", None, "#password"),
    Visit("forgotten-password", "/forgotten-password", "/forgotten-password", None, "#email"),
    Visit("problem", "/problems/{slug}", "/problems/{slug}", None, ".cm-content"),
    Visit("problem-of-a-newcomer", "/problems/{slug}", "/problems/{slug}", "newcomer", ".give-up"),
    Visit("problem-of-a-learner", "/problems/{slug}", "/problems/{slug}?attempt={wrong}", "learner", ".cm-content"),
    Visit("report", "/attempts/{attempt_id}/report", "/attempts/{wrong}/report", "learner", ".pitfall"),
    Visit("run", "/runs/{run_id}/report", "/runs/{run}/report", "learner", ".report"),
    Visit("attempts", "/attempts", "/attempts", "learner", "tbody"),
    Visit("attempts-of-a-newcomer", "/attempts", "/attempts", "newcomer", ".empty"),
    Visit("attempt-wrong", "/attempts/{attempt_id}", "/attempts/{wrong}", "learner", ".pitfall"),
    Visit("attempt-broken", "/attempts/{attempt_id}", "/attempts/{broken}", "learner", ".report"),
    Visit("attempt-accepted", "/attempts/{attempt_id}", "/attempts/{accepted}", "learner", ".report-head.good"),
    Visit("attempt-failed", "/attempts/{attempt_id}", "/attempts/{failed}", "learner", ".report"),
    Visit("attempt-of-somebody", "/attempts/{attempt_id}", "/attempts/{wrong}", "instructor", ".pitfall"),
    Visit("compare", "/attempts/{attempt_id}/compare", "/attempts/{wrong}/compare?with={accepted}", "learner", ".diff"),
    Visit("account", "/account", "/account", "learner", ".table"),
    Visit("account-of-a-newcomer", "/account", "/account", "newcomer", "#tokens"),
    Visit("instructor", "/instructor", "/instructor", "instructor", "tbody"),
    Visit("instructor-problem", "/instructor/problems/{slug}", "/instructor/problems/{slug}", "instructor", ".table"),
    Visit(
        "figures", "/instructor/problems/{slug}/figures", "/instructor/problems/{slug}/figures", "instructor", ".tiles"
    ),
    Visit("uploads", "/instructor/uploads", "/instructor/uploads", "instructor", "tbody"),
    Visit(
        "upload-sound", "/instructor/uploads/{upload_id}", "/instructor/uploads/{sound}", "instructor", ".alert.good"
    ),
    Visit("upload-faulty", "/instructor/uploads/{upload_id}", "/instructor/uploads/{faulty}", "instructor", ".finding"),
    Visit("instructor-attempts", "/instructor/attempts", "/instructor/attempts", "instructor", "tbody"),
    Visit(
        "instructor-found-nothing", "/instructor/attempts", "/instructor/attempts?user=nobody", "instructor", ".empty"
    ),
    Visit("people", "/instructor/people", "/instructor/people", "instructor", "tbody"),
    Visit("rejudgings", "/instructor/rejudgings", "/instructor/rejudgings", "instructor", "tbody"),
    Visit(
        "rejudging",
        "/instructor/rejudgings/{rejudging_id}",
        "/instructor/rejudgings/{rejudging}",
        "instructor",
        ".tiles",
    ),
    Visit("work", "/admin", "/admin", "admin", ".tiles"),
    Visit("failed", "/admin/failed", "/admin/failed", "admin", "tbody"),
    Visit("users", "/admin/users", "/admin/users", "admin", "tbody"),
    Visit("user", "/admin/users/{name}", "/admin/users/{user}", "admin", ".particulars"),
    Visit("webhooks", "/admin/webhooks", "/admin/webhooks", "admin", "tbody"),
    Visit("webhook", "/admin/webhooks/{webhook_id}", "/admin/webhooks/{webhook}", "admin", "tbody"),
    Visit("settings", "/admin/settings", "/admin/settings", "admin", "tbody"),
    Visit("audit", "/admin/audit", "/admin/audit", "admin", "tbody"),
    Visit("nothing-here", "/problems/{slug}", "/problems/no_such_problem", "learner", ".lead", 404),
)
