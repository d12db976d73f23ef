"""A report on a page, rendered on the server."""

from __future__ import annotations

import re
from typing import Any, get_args

import numpy as np
import pytest
from fastapi import Request

from app.attempts.schemas import AttemptDetail, RunDetail
from app.judge.comparison.compare import compare
from app.judge.explain.elements import elements
from app.judge.run import RunCall, RunReport
from app.judge.verdict import CaseResult, Compared, Pitfall, Reason, Report, TracebackLine
from app.web.comparisons import comparison_view
from app.web.rendering import render
from app.web.reports import attempt_view, inline, printed_text, run_view
from app.web.strings import t
from sandbox.arrays import Array
from sandbox.tree import Leaf
from tests.service import fakes

EVIL = "<script>alert(1)</script>\u202e\x00\x1b[31mred\x1b[0m"


def compared(expected: Array, got: Array) -> Compared:
    leaves = [Leaf(array.dtype.name, array.shape) for array in (expected, got)]
    mismatch = compare(leaves[0], [expected], leaves[1], [got], {})
    assert mismatch is not None
    return elements(mismatch, [expected], [got], {})


def floats(values: Any) -> Array:
    return np.array(values, np.float32)


def case(**told: Any) -> CaseResult:
    known = {"name": "small", "public": True, "shape": "x: float32[3]", "verdict": "wrong_answer", "reason": "value"}
    return CaseResult(**known | {"message": "The values are wrong."} | told)


def report(*cases: CaseResult, **told: Any) -> Report:
    made = fakes.report(fakes.problem("add_one"), b"wrong")
    return made.model_copy(update={"cases": cases or made.cases} | told)


def page(attempt_report: Report | None, **told: Any) -> str:
    known: dict[str, Any] = dict.fromkeys(AttemptDetail.model_fields) | {
        "state": "done",
        "verdict": "wrong_answer",
        "source": "",
    }
    detail = AttemptDetail.model_construct(**known | {"report": attempt_report} | told)
    request = Request({"type": "http", "method": "GET", "path": "/", "headers": [], "query_string": b"", "app": None})
    return bytes(render(request, "report.html", report=attempt_view(detail)).body).decode()


def run_page(run_report: RunReport) -> str:
    known: dict[str, Any] = dict.fromkeys(RunDetail.model_fields) | {"state": "done", "report": run_report}
    request = Request({"type": "http", "method": "GET", "path": "/", "headers": [], "query_string": b"", "app": None})
    view = run_view(RunDetail.model_construct(**known))
    return bytes(render(request, "report.html", report=view).body).decode()


def test_small_arrays_stand_side_by_side_with_what_is_wrong_marked() -> None:
    """A learner would look for the element that differs."""
    shown = page(report(case(compared=compared(floats([1, 2, 3]), floats([1, 2, 4])))))
    assert re.search(r'<td class="off">4<span class="visually-hidden">', shown)
    assert shown.count('<td class="off">') == 1
    assert "1 of 3" in re.sub("[\u2068\u2069]", "", shown)


def test_larger_arrays_are_three_maps_and_a_table() -> None:
    """A thousand numbers tell nobody where they differ, and a picture alone not by how much."""
    expected = np.arange(600, dtype=np.float32).reshape(20, 30)
    got = expected.copy()
    got[3, 4] += 100
    shown = page(report(case(compared=compared(expected, got))))
    assert re.findall(r'data-map="(\w+)"', shown) == ["expected", "got", "error"]
    assert len(re.findall(r'<th scope="row">', shown)) == 600
    assert '<path class="shade e3" d="M4 3h1v1h-1z">' in shown


def test_a_map_has_every_cell_once() -> None:
    """Cells would be missing, or drawn over each other."""
    expected = floats(np.random.default_rng(0).normal(size=(7, 40)))
    view = comparison_view(compared(expected, expected + 1))
    for each in view.maps:
        lengths = [int(length) for shade in each.shades for length in re.findall(r"h(\d+)v1", shade.path)]
        assert sum(lengths) == 280


def test_a_long_vector_is_folded() -> None:
    """A map of a thousand columns and one row is a line."""
    view = comparison_view(compared(floats(range(1, 101)), floats([0] * 100)))
    assert (view.columns, view.rows) == (32, 4)
    assert view.worst is not None
    assert view.worst.index == "[99]"


def test_nan_is_written_and_drawn() -> None:
    """What is no number would be drawn as one, or be an error of ours."""
    got = floats(np.zeros((20, 20)))
    got[0, 0] = np.nan
    shown = page(report(case(compared=compared(floats(np.ones((20, 20))), got), reason="nonfinite")))
    assert '<path class="shade none" d="M0 0h1v1h-1z">' in shown


def test_numbers_that_differ_look_different() -> None:
    """The wrong element would stand beside the same number."""
    view = comparison_view(compared(np.array([1.0]), np.array([1.0 + 1e-6])))
    assert view.cells[0].expected != view.cells[0].got


def test_hidden_cases_are_named_and_closed() -> None:
    """A reader would try to open what may not be told."""
    shown = page(report(case(name="secret one", public=False)))
    assert "secret one" in shown
    assert "<details" not in shown.split('class="cases"')[1].split("</section>")[0]


def test_the_first_failure_is_open_and_no_other() -> None:
    """The learner would search for what to read first."""
    shown = page(report(case(name="a", verdict="accepted", reason=None), case(name="b"), case(name="c")))
    assert [bool(opened) for opened in re.findall(r'<details class="case \w+"( open)?>', shown)] == [False, True, False]


def test_the_authors_word_on_a_mistake_stands_by_itself() -> None:
    """It would be lost among what was found, or be said twice."""
    shown = page(report(message="Add it. The result is off.", pitfall=Pitfall(submission="s", message="Add it.")))
    body = shown.split("</header>")[1]
    assert body.count("Add it.") == 1
    assert "The result is off." in body


@pytest.mark.parametrize("place", ["message", "printed", "detail", "notes", "frames", "name", "shape", "case"])
def test_text_of_a_learners_is_shown_as_text(place: str) -> None:
    """What a learner's code prints or raises would run in an instructor's browser, or hide what it is."""
    frames = (TracebackLine(line=3, function=EVIL, text=EVIL),)
    listed: dict[str, dict[str, Any]] = {"notes": {"notes": (EVIL,)}, "frames": {"frames": frames}}
    told = listed.get(place, {place: EVIL})
    in_case = place in ("name", "shape", "case")
    told = {"message": EVIL, "detail": EVIL, "frames": frames} if place == "case" else told
    shown = page(report(case(**told)) if in_case else report(**told))
    assert "<script" not in shown
    assert "&lt;script&gt;" in shown
    assert not re.search("[\x00\x1b\u202e]", shown)


def test_the_editor_is_told_which_line() -> None:
    """The line that failed would not be marked in the editor."""
    frames = tuple(TracebackLine(line=line, function="f", text="x") for line in (9, 4))
    assert "&#34;line&#34;: 4" in page(report(frames=frames))
    assert "&#34;line&#34;: 7" in page(report(message="Line 7 divides by zero."))
    assert 'data-marks="[]"' in page(report(message="All is wrong."))


def test_an_attempt_without_a_report_says_how_it_ended() -> None:
    """An attempt that was cancelled, or that we failed to judge, would have no page."""
    shown = page(None, verdict="cancelled", message="You cancelled it.")
    assert t("verdict-cancelled") in shown
    assert "You cancelled it." in shown


def test_a_run_shows_values_prints_and_times() -> None:
    """Whoever prints to find a mistake would not see it."""
    call = RunCall(
        name="small",
        arguments="x=[1.]",
        printed="\x1b[31minside\x1b[0m",
        value="[2.]",
        verdict=None,
        reason=None,
        message="",
        milliseconds=12.5,
    )
    known = {"problem": "p", "problem_version": "1", "problem_sha256": "0", "verdict": None, "message": ""}
    shown = run_page(RunReport(**known, printed="outside", calls=(call,)))
    for text in ("inside", "outside", "[2.]", "x=[1.]", "12.5 ms"):
        assert text in shown
    assert "31m" not in shown


@pytest.mark.parametrize("reason", get_args(Reason))
def test_every_reason_has_its_words(reason: str) -> None:
    """A report with it would be an error of ours."""
    assert t(f"reason-{reason}")


@pytest.mark.parametrize(
    ("shown", "of"),
    [("plain", "plain"), ("a <code>b</code> c", "a `b` c"), ("a ` c", "a ` c"), ("<code>&lt;b&gt;</code>", "`<b>`")],
)
def test_code_in_sentences_is_code(shown: str, of: str) -> None:
    """Names of functions would stand between backticks, or tags of a message be tags of the page."""
    assert inline(of) == shown


@pytest.mark.parametrize("text", ["\x1b[1;31mred\x1b[0m", "\x1b]0;title\x07red", "\x1b(Bred"])
def test_colours_of_terminals_are_left_out(text: str) -> None:
    """Prints of libraries would be full of digits and brackets."""
    assert printed_text(text) == "red"
