"""The service as a learner meets it: nothing is a fake, code runs behind both walls."""

from __future__ import annotations

import shutil
import signal
from collections.abc import Callable
from pathlib import Path

import pytest

from tests import folders
from tests.service.nursery import ROOT
from tests.service.processes import Server

SLUG = "equivalent_two_ways"
FOLDER = ROOT / "problems" / SLUG

#: Never ends while it is traced, so it is in flight for as long as its limit allows.
ENDLESS = f"def {SLUG}(w, x_batch):\n    while True:\n        pass\n"


@pytest.fixture
def real(serve: Callable[..., Server], tmp_path: Path) -> Callable[[], Server]:
    """Start the real service, with one real problem, in a data directory that stays."""
    shutil.copytree(FOLDER, tmp_path / "real" / SLUG)

    def start() -> Server:
        return serve(wall="real", problems_dir=str(tmp_path / "real"), workers="1")

    return start


def test_a_right_answer_a_wrong_one_and_a_kill(real: Callable[[], Server]) -> None:
    """The whole promise of the service: a verdict with its reason, and nothing lost when the power goes."""
    server = real()
    token = server.token
    server.use(token)
    problem = server.client.get(f"/api/v1/problems/{SLUG}").json()
    right = server.wait(server.submit((FOLDER / "reference.py").read_text(), SLUG), "done")
    wrong = server.wait(server.submit(f"def {SLUG}(w, x_batch):\n    return x_batch\n", SLUG), "done")
    assert (right["verdict"], right["reason"]) == ("accepted", None)
    assert wrong["verdict"] == "wrong_answer"
    assert wrong["reason"] in {"shape", "value"}
    assert wrong["message"]
    assert right["problem_sha256"] == right["report"]["problem_sha256"] == problem["sha256"]
    assert right["report"]["artifacts"]

    flying = server.submit(ENDLESS, SLUG)
    server.wait(flying, "running")
    queued = server.submit("def broken(:", SLUG)
    server.end(signal.SIGKILL)

    again = real()
    again.use(token)
    for attempt in (right, wrong):
        assert again.client.get(f"/api/v1/attempts/{attempt['id']}").json() == attempt
    assert again.wait(flying, "done")["verdict"] == "time_limit"
    assert again.wait(queued, "done")["verdict"] == "compile_error"


def test_a_run_shows_real_values_and_prints(real: Callable[[], Server]) -> None:
    """A learner could not try anything out before submitting."""
    server = real()
    server.use(server.token)
    source = f"def {SLUG}(w, x_batch):\n    print('batch', x_batch)\n    return x_batch * w\n"
    body = {"problem": SLUG, "source": source, "input": {"w": 2.0, "x_batch": [1.5, 2.5]}}
    location = server.client.post("/api/v1/runs", json=body).headers["Location"]
    [call] = server.wait(location, "done")["report"]["calls"]
    assert "1.5" in call["printed"]
    assert "5." in call["value"]


def test_an_eager_problem_is_graded_and_keeps_what_is_hidden(serve: Callable[..., Server], tmp_path: Path) -> None:
    """What cannot be traced could not be served; or its hidden inputs, which code sees, would come with the report."""
    folders.above(tmp_path / "eager")
    server = serve(wall="real", problems_dir=str(tmp_path / "eager"), workers="1")
    server.use(server.token)
    problem = server.client.get("/api/v1/problems/above").json()
    assert (problem["mode"], problem["arrays"]) == ("eager", "numpy")
    right = server.wait(server.submit(folders.ABOVE_RIGHT, "above"), "done")
    assert right["verdict"] == "accepted"
    telling = "    if len(x) > 3:\n        print(x.tolist())\n        raise ValueError(str(x.tolist()))\n    return"
    told = server.wait(server.submit(folders.ABOVE_RIGHT.replace("    return", telling), "above"), "done")
    assert told["verdict"] == "runtime_error"
    assert "raised ValueError" in told["message"]
    assert str(int(folders.HIDDEN_INPUT)) not in str(told["report"])


def test_a_program_is_evaluated_once_for_all_learners_and_over_a_restart(real: Callable[[], Server]) -> None:
    """A class that sends the textbook's answer would wait for its evaluation again and again."""
    server = real()
    token = server.token
    server.use(token)
    source = (FOLDER / "reference.py").read_text()
    first = server.wait(server.submit(source, SLUG), "done")
    second = server.wait(server.submit(f"# Mine.\n{source}", SLUG), "done")
    server.end(signal.SIGKILL)
    again = real()
    again.use(token)
    third = again.wait(again.submit(f"# Ours.\n{source}", SLUG), "done")
    assert [attempt["verdict"] for attempt in (first, second, third)] == ["accepted"] * 3
    sets = second["report"]["cached"]
    assert sets > 0
    assert [attempt["report"]["cached"] for attempt in (first, second, third)] == [0, sets, sets]
    assert [attempt["report"]["cases"] for attempt in (second, third)] == [first["report"]["cases"]] * 2


def test_an_uploaded_problem_is_checked_published_and_solved(real: Callable[[], Server], tmp_path: Path) -> None:
    """An instructor's problem would be checked by other rules than the operator's, or not be gradable at all."""
    slug = "sum_of_squares_batch"
    shutil.make_archive(str(tmp_path / "upload"), "zip", ROOT / "problems", slug)
    server = real()
    server.use(server.token)
    taken = server.client.post(
        "/api/v1/problem-uploads?mutants=false",
        content=(tmp_path / "upload.zip").read_bytes(),
        headers={"Content-Type": "application/zip"},
    )
    assert taken.status_code == 202
    checked = server.wait(taken.headers["Location"], "done")
    assert checked["check"]["findings"] == []
    assert checked["check"]["submissions"] >= 6
    published = server.client.post(f"/api/v1/problems/{slug}/publish", json={"upload": checked["id"]})
    assert published.status_code == 200
    right = server.wait(server.submit((ROOT / "problems" / slug / "reference.py").read_text(), slug), "done")
    assert (right["verdict"], right["problem_sha256"]) == ("accepted", published.json()["sha256"])
    filed = (ROOT / "problems" / slug / "submissions/wrong/everything_summed.py").read_text()
    assert server.wait(server.submit(filed, slug), "done")["verdict"] == "wrong_answer"
