"""The page of a problem, as a browser without scripts meets it, and what its script is told."""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from pathlib import Path

import jax
import numpy as np
import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from app.accounts.rights import Role
from app.problems.folder.reading import read
from app.problems.model import Rules
from app.problems.tables import ServedProblem
from app.web import assets, problems
from app.web.strings import t
from sandbox.tree import KEY, Leaf, Node, Static
from tests.service import fakes
from tests.service.fakes import FakeJudge
from tests.web import names

ROOT = Path(__file__).parents[2]
PAGE = "/problems/add_one"


def settled(browser: TestClient, address: str) -> str:
    """A report's page once it is done."""
    for _ in range(500):
        page = browser.get(address).text
        if 'http-equiv="refresh"' not in page:
            return page
    raise TimeoutError(address)


def accept(browser: TestClient) -> None:
    """Have an attempt accepted."""
    where = browser.post(PAGE, data={"source": "right"}).headers["location"]
    settled(browser, f"{where}/report")


def test_whoever_has_no_account_reads_all_that_is_public(browser: TestClient) -> None:
    """Nobody would sign up for what they cannot see."""
    page = browser.get(PAGE)
    assert page.status_code == 200
    assert "Add one." in page.text
    assert "def add_one(x):" in page.text
    assert "12.5" in page.text
    assert "/sign-in?next=%2Fproblems%2Fadd_one" in page.text
    assert 'id="submit"' not in page.text


def test_nothing_of_an_author_is_on_the_page(browser: TestClient, learner: TestClient) -> None:
    """Whoever reads the page's source would find hints, the solution or hidden values."""
    for page in (browser.get(PAGE).text, learner.get(PAGE).text):
        assert fakes.SECRET_TEXT not in page
        assert str(fakes.SECRET_INPUT) not in page
        assert "Count its axes." not in page


@pytest.mark.parametrize("path", ["", "/hints", "/give-up", "/solution"])
def test_what_is_ones_own_asks_to_sign_in(browser: TestClient, path: str) -> None:
    """An attempt would be nobody's."""
    answer = browser.post(PAGE + path, data={"source": "right"})
    assert answer.status_code == 303
    assert answer.headers["location"].startswith("/sign-in")


@pytest.mark.parametrize("path", ["", "/hints", "/give-up", "/solution"])
def test_another_sites_form_does_nothing(learner: TestClient, judge: FakeJudge, path: str) -> None:
    """A page elsewhere could give problems up for whoever reads it."""
    headers = {"Sec-Fetch-Site": "cross-site"}
    assert learner.post(PAGE + path, data={"source": "right"}, headers=headers).status_code == 403
    assert judge.judged == []
    assert "You gave this problem up" not in learner.get(PAGE).text


def test_the_form_submits_and_leads_to_the_attempt(learner: TestClient, judge: FakeJudge) -> None:
    """Without scripts nothing could be submitted, or every line would end in two characters."""
    answer = learner.post(PAGE, data={"source": "right\r\nline"})
    assert answer.status_code == 303
    where = answer.headers["location"]
    assert re.fullmatch(r"/attempts/[\w-]+", where)
    assert "Accepted" in settled(learner, f"{where}/report")
    assert judge.judged == [b"right\nline"]


def test_the_form_runs_too(learner: TestClient, judge: FakeJudge) -> None:
    """Without scripts an attempt would be the only way to see what code does."""
    where = learner.post(PAGE, data={"source": "print", "kind": "run"}).headers["location"]
    assert re.fullmatch(r"/runs/[\w-]+/report", where)
    assert "ran on None" in settled(learner, where)


def test_what_is_refused_stands_in_the_form_again(learner: TestClient) -> None:
    """What somebody wrote for an hour would be lost with the answer."""
    source = "</textarea><b>" + "x" * 300_000
    page = learner.post(PAGE, data={"source": source})
    assert page.status_code == 413
    assert "The source is too large" in page.text
    assert html.escape(source) in page.text


def test_a_report_is_seen_by_its_owner_alone(
    learner: TestClient, browser_of: Callable[[str, Role], TestClient]
) -> None:
    """Learners would read each other's code."""
    where = learner.post(PAGE, data={"source": "right"}).headers["location"]
    assert browser_of("Eve", Role.LEARNER).get(f"{where}/report").status_code == 404
    assert browser_of("Ida", Role.INSTRUCTOR).get(f"{where}/report").status_code == 200


def test_hints_open_one_at_a_time_and_say_first_what_that_costs(learner: TestClient) -> None:
    """Somebody would open a hint, and only then read that it is recorded."""
    page = learner.get(PAGE).text
    assert page.index("is recorded with your account") < page.index("Open the next hint")
    assert learner.post(f"{PAGE}/hints").headers["location"] == f"{PAGE}#help"
    page = learner.get(PAGE).text
    assert "Count its axes." in page
    assert "Open the next hint" not in page
    assert "Wrong values" in page


def test_a_hint_opens_after_the_failure_that_it_waits_for(learner: TestClient) -> None:
    """The page would say that there is nothing to open, though there is."""
    learner.post(f"{PAGE}/hints")
    where = learner.post(PAGE, data={"source": "wrong"}).headers["location"]
    settled(learner, f"{where}/report")
    assert "Open the next hint" in learner.get(PAGE).text
    learner.post(f"{PAGE}/hints")
    assert fakes.SECRET_TEXT in learner.get(PAGE).text


def test_the_solution_waits_for_an_accepted_attempt(learner: TestClient) -> None:
    """Whoever looks at the page could read the solution at once, or never."""
    assert learner.post(f"{PAGE}/solution").status_code == 403
    assert "Show the solution" not in learner.get(PAGE).text.replace("Give up and show the solution", "")
    accept(learner)
    page = learner.post(f"{PAGE}/solution", data={"source": "def add_one(x):\n    return 1 + x\n"}).text
    assert "<ins>" in page
    assert "<del>" in page
    assert fakes.SECRET_TEXT in page


def test_without_scripts_the_latest_attempt_is_compared(learner: TestClient) -> None:
    """The solution would stand beside nothing."""
    accept(learner)
    assert re.search(r"<del>.*right</del>", learner.post(f"{PAGE}/solution").text)


def test_giving_up_opens_the_solution_and_is_confirmed(learner: TestClient) -> None:
    """A slip of the mouse would give a problem up for good."""
    page = learner.get(PAGE).text
    assert re.search(r'<details class="give-up">.*cannot take it back.*/give-up', page, re.DOTALL)
    given_up = learner.post(f"{PAGE}/give-up", data={"source": "def add_one(x):\n    return x"})
    assert (given_up.status_code, fakes.SECRET_TEXT in given_up.text) == (200, True)
    assert "From yours to the reference" in given_up.text
    page = learner.get(PAGE).text
    assert "You gave this problem up." in page
    assert learner.post(f"{PAGE}/solution").status_code == 200


def test_an_earlier_attempt_comes_back_for_its_owner_alone(
    learner: TestClient, browser_of: Callable[[str, Role], TestClient]
) -> None:
    """Nobody could take up an attempt again, or everybody anybody's."""
    attempt = learner.post(PAGE, data={"source": "right </textarea>"}).headers["location"].rpartition("/")[2]
    assert "right &lt;/textarea&gt;" in learner.get(f"{PAGE}?attempt={attempt}").text
    assert 'id="restored"' not in browser_of("Eve", Role.LEARNER).get(f"{PAGE}?attempt={attempt}").text


def test_a_hidden_problem_is_not_there(app: FastAPI, learner: TestClient, browser: TestClient) -> None:
    """Learners would read what an instructor still writes."""
    with app.state.service.database.write() as session:
        session.get_one(ServedProblem, "add_one").visibility = "hidden"
    for each in (learner, browser):
        assert each.get(PAGE).status_code == 404
    assert learner.post(PAGE, data={"source": "right"}).status_code == 404


def test_the_worked_example_can_be_run() -> None:
    """The button would send a source that defines no function, and run nothing."""
    problem = read(ROOT / "problems" / "equivalent_two_ways")
    assert not isinstance(problem, list)
    program = problems.example_program(problem)
    assert program is not None
    assert program.startswith("import jax")
    space: dict[str, object] = {}
    exec(compile(program, "example", "exec"), space)
    assert callable(space["equivalent_two_ways"])


def test_own_inputs_begin_with_a_public_case() -> None:
    """Whoever wants to try an input would guess how one is written."""
    (entry,) = problems.own_entries(fakes.publish(fakes.problem("add_one")))
    assert [(each.name, each.type, each.value) for each in entry.arguments] == [
        ("x", "float32[N]", "[12.5, 12.5, 12.5]")
    ]


def test_inputs_of_every_kind_are_written_as_a_run_takes_them() -> None:
    """A field would begin with what a run refuses."""
    key = np.array([1, 2], np.uint32)
    tree = Node(
        "tuple", (Leaf("float32", (2,)), Leaf(KEY, ()), Static(True), Node("none"), Node("dict", (Static(3),), ("n",)))
    )
    plain = problems._plain(tree, iter([np.array([0.1, 2.0], np.float32), key]))
    assert plain == [[0.1, 2.0], (1 << 32) | 2, True, None, {"n": 3}]


def test_rules_are_told_before_they_are_broken() -> None:
    """A learner would meet a rule as a verdict."""
    told = dict(problems.rules(Rules(may_not_unroll="N", forbidden_calls=("a", "b"), most_work=2.0)))
    assert told == {"may_not_unroll": "N", "forbidden_calls": "a, b", "most_work": "2"}


@pytest.mark.parametrize("rule", Rules.model_fields)
def test_every_rule_has_its_words(rule: str) -> None:
    """A page of a problem with that rule would be an error of ours."""
    assert t(f"problem-rule-{rule}", what="x")


def test_completion_knows_the_jax_that_is_installed() -> None:
    """The editor would complete names that are not there; ``names.RENEW`` writes them anew."""
    assert jax.__version__
    assert names.FILE.read_text() == names.current(), names.RENEW


def test_scripts_and_styles_of_the_page_are_short(browser: TestClient) -> None:
    """Whoever opens a problem over a slow connection would wait for the editor."""
    page = browser.get(PAGE).text
    loaded = set(re.findall(rf'{assets.PATH}/([\w-]+\.(?:js|css))"', page))
    pending = [*loaded]
    while pending:
        text = (assets.FOLDER / pending.pop()).read_text()
        for name in re.findall(r'"(?:\./)?([\w-]+\.(?:js|css))"', text):
            if (assets.FOLDER / name).exists() and name not in loaded:
                loaded.add(name)
                pending.append(name)
    sizes = {name: len((asset := assets.find(name)) and asset.encoded["br"]) for name in sorted(loaded)}  # type: ignore[arg-type]
    assert any(name.startswith("katex") for name in sizes)
    assert sum(sizes.values()) < 250_000, sizes
