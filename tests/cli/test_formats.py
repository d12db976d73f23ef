"""The formats for continuous integration and course platforms, held against what is published about them."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.cli.formats.gradescope import gradescope
from app.cli.formats.junit import junit
from app.cli.formats.outcomes import Graded, NotAResult, outcomes, score
from app.cli.formats.prairielearn import prairielearn
from app.judge.verdict import CaseResult, Counterexample, Pitfall, Reason, Report, UnlockedHint, Verdict
from tests.cli import published

#: What a submission may write that a terminal, a page or a parser could take for its own.
NASTY = '\x1b[2J\x00\x0b</failure>]]>&amp; <script> \ufffe\uffff\ud800\x85\u202e "quoted" \U0001fffe'


def case(name: str, verdict: Verdict | None = "accepted", reason: Reason | None = None, **more: Any) -> CaseResult:
    """A public case, unless ``more`` says otherwise."""
    values = {"public": True, "shape": "x: float32[4]", "message": "", **more}
    return CaseResult(name=name, verdict=verdict, reason=reason, **values)


def report(verdict: Verdict, reason: Reason | None, *cases: CaseResult, message: str = "", printed: str = "") -> Report:
    """A report on the problem ``double``."""
    return Report(
        problem="double",
        problem_version="1.0.0",
        problem_sha256="0" * 64,
        verdict=verdict,
        reason=reason,
        message=message,
        cases=cases,
        printed=printed,
        timings_ms={"trace": 30.0, "total": 123.4},
        source_sha256="1" * 64,
        artifacts=(),
        toolchain={"jax": "0.10.2"},
        seed=5,
    )


ACCEPTED = report(
    "accepted", None, case("two"), case("four", public=False), message="Every case passed.", printed="traced\n"
)
WRONG = report(
    "wrong_answer",
    "value",
    case("two", "wrong_answer", "value", message="Off by 1.\nAt [0]."),
    case("four", "runtime_error", message="It raised.", public=False),
    case("nine", public=False, call="jax.vmap(f)"),
    case("many", None, public=False),
    message="Case 'two': Off by 1.",
)
RULE = report("rule_broken", "forbidden_call", case("two"), case("four", public=False), message="`print` is called.")
SYNTAX = report("compile_error", None, case("two", None), case("four", None, public=False), message="Line 3: no.")
UNCOMPILED = report("compile_error", None, case("two", "compile_error", message="No."), case("four"), message="No.")
HOSTILE = report(
    "wrong_answer",
    "value",
    case(NASTY, "wrong_answer", "value", message=NASTY, shape=NASTY, call=NASTY),
    message=NASTY,
    printed=NASTY,
)
#: With everything that can stand beside an explanation.
HELPED = report(
    "wrong_answer",
    "value",
    case("two", "wrong_answer", "value", message="Off.", detail="side\nby side"),
    message="Said by the author. Case 'two': Off.",
).model_copy(
    update={
        "pitfall": Pitfall(submission="submissions/wrong/off.py", message="Said by the author."),
        "hints": (UnlockedHint(title="A rung", body="Its body."),),
        "notes": ("What the source shows.",),
        "example": Counterexample(
            case="two",
            fresh=False,
            call="double",
            arguments="x=1",
            expected="2",
            got="3",
            verdict="wrong_answer",
            reason="value",
            message="Off.",
            code="print(double(1))",
        ),
    }
)
ALL = (ACCEPTED, WRONG, RULE, SYNTAX, UNCOMPILED, HOSTILE, HELPED)


def parsed(*reports: Report) -> ET.Element:
    """The JUnit document of ``reports``, read again."""
    return ET.fromstring(junit([Graded(f"{number}.py", each) for number, each in enumerate(reports)]))


def gradescope_of(graded: Report, *, partial: bool = False) -> dict[str, Any]:
    document: dict[str, Any] = json.loads(gradescope(graded, partial=partial))
    return document


def prairielearn_of(graded: Report, *, partial: bool = False) -> dict[str, Any]:
    document: dict[str, Any] = json.loads(prairielearn(graded, partial=partial))
    return document


def test_junit_is_what_its_schema_allows() -> None:
    """A build server would refuse the document, or pass over what it does not know."""
    assert list(published.junit_differences(parsed(*ALL))) == []


def test_junit_counts_what_it_lists() -> None:
    """A build would be green with a failure in it, or red without one."""
    root = parsed(ACCEPTED, WRONG, RULE, SYNTAX)
    tests = [[child.tag for child in test] for test in root.iter("testcase")]
    assert tests[:2] == [[], []]
    assert tests[2:6] == [["failure"], ["error"], [], ["skipped"]]
    assert tests[6:9] == [[], [], ["failure"]]
    assert tests[9:] == [["skipped"], ["skipped"], ["error"]]
    assert [root.get(name) for name in ("tests", "failures", "errors", "time")] == ["12", "2", "2", "0.494"]
    suites = [[suite.get(name) for name in ("tests", "failures", "errors", "skipped")] for suite in root]
    assert suites == [["2", "0", "0", "0"], ["4", "1", "1", "1"], ["3", "1", "0", "0"], ["3", "0", "1", "2"]]


def test_junit_says_what_is_wrong_and_what_was_printed() -> None:
    """A reader of the build's page would have to grade the file again to know more than that it failed."""
    root = parsed(WRONG, ACCEPTED)
    failure = root.find("testsuite/testcase/failure")
    assert failure is not None
    assert failure.attrib == {"message": "Off by 1.", "type": "wrong_answer (value)"}
    assert failure.text == "wrong_answer (value)  two  x: float32[4]\nOff by 1.\nAt [0]."
    assert [test.get("name") for test in root[0].iter("testcase")] == [
        *("two", "hidden four", "hidden nine of jax.vmap(f)", "hidden many")
    ]
    assert [suite.findtext("system-out") for suite in root] == [None, "traced\n"]


@pytest.mark.parametrize("written", [lambda each: junit([Graded("a.py", each)]), gradescope, prairielearn])
def test_every_format_tells_what_helps_beside_the_explanation(written: Callable[..., str]) -> None:
    """Who reads a build's or a course's page would be told less than who runs the command."""
    options = {} if written not in (gradescope, prairielearn) else {"partial": False}
    text = written(HELPED, **options)
    for part in ("Said by the author.", "by side", "double(x=1)", "expected: 2", "got: 3", "print(double(1))"):
        assert part in text
    assert "A rung: Its body." in text
    assert "Note: What the source shows." in text


@pytest.mark.parametrize(
    ("file", "name"),
    [("answer.py", "double.answer"), ("week.1/a.b.py", "double.week_1/a_b"), ("-", "double.stdin")],
)
def test_junit_names_classes_so_that_files_stay_apart(file: str, name: str) -> None:
    """A build server would show the same case of two files as one, or part the name at a dot within it."""
    root = ET.fromstring(junit([Graded(file, ACCEPTED)]))
    assert {test.get("classname") for test in root.iter("testcase")} == {name}


@given(st.text(st.characters(codec=None)), st.text(st.characters(codec=None)))
def test_every_text_of_a_submission_can_be_written(name: str, text: str) -> None:
    """A submission could make the document of a whole class unreadable with one character."""
    graded = report(
        "wrong_answer", "value", case(name, "wrong_answer", "value", message=text), message=text, printed=text
    )
    document = junit([Graded(name, graded)])
    assert document.isascii()
    assert list(published.junit_differences(ET.fromstring(document))) == []
    for written in (gradescope(graded, partial=False), prairielearn(graded, partial=False)):
        assert written.isascii()
        json.dumps(json.loads(written), ensure_ascii=False).encode()


def test_control_characters_become_visible() -> None:
    """A page or a terminal that shows a result could be made to show something else."""
    for document in (
        junit([Graded("a.py", HOSTILE)]),
        gradescope(HOSTILE, partial=False),
        prairielearn(HOSTILE, partial=False),
    ):
        assert not {"\x1b", "\x00", "\x85", "\u202e"} & {*document}
        assert "\\u001b" not in document
        assert "x1b[2J" in document


@pytest.mark.parametrize("graded", ALL, ids=["accepted", "wrong", "rule", "syntax", "uncompiled", "hostile", "helped"])
@pytest.mark.parametrize("partial", [False, True])
def test_gradescope_gets_its_own_fields(graded: Report, partial: bool) -> None:
    """Gradescope would show that the autograder failed to execute correctly, and no result."""
    document = gradescope_of(graded, partial=partial)
    assert published.differences(document, published.GRADESCOPE) == []
    assert [published.differences(test, published.GRADESCOPE_TEST) for test in document["tests"]] == [
        [] for _ in outcomes(graded)
    ]
    assert {"score", "output", "tests", "stdout_visibility"} <= document.keys()


def test_gradescope_shows_every_case_and_no_log() -> None:
    """An entry that is hidden would hide the total, and the log is for instructors."""
    document = gradescope_of(WRONG)
    assert [(test["name"], test["score"], test["status"]) for test in document["tests"]] == [
        ("two", 0.0, "failed"),
        ("hidden four", 0.0, "failed"),
        ("hidden nine of jax.vmap(f)", 1.0, "passed"),
        ("hidden many", 0.0, "failed"),
    ]
    assert {test["max_score"] for test in document["tests"]} == {1.0}
    assert {test["visibility"] for test in document["tests"]} == {document["visibility"]} == {"visible"}
    assert document["stdout_visibility"] == "hidden"
    assert {test["output_format"] for test in document["tests"]} == {document["output_format"]} == {"text"}
    assert document["tests"][0]["output"] == "x: float32[4]\nwrong_answer (value)\nOff by 1.\nAt [0]."
    assert document["tests"][2]["output"] == "x: float32[4]"
    assert document["output"].startswith("wrong_answer (value)\nCase 'two': Off by 1.")
    assert document["execution_time"] == 0.123
    assert gradescope_of(ACCEPTED)["output"].endswith("Printed:\ntraced\n")


@pytest.mark.parametrize("graded", ALL, ids=["accepted", "wrong", "rule", "syntax", "uncompiled", "hostile", "helped"])
@pytest.mark.parametrize("partial", [False, True])
def test_prairielearn_gets_its_own_fields(graded: Report, partial: bool) -> None:
    """PrairieLearn would report that grading failed, and record a zero."""
    document = prairielearn_of(graded, partial=partial)
    assert published.differences(document, published.PRAIRIELEARN) == []
    for test in document.get("tests", []):
        assert published.differences(test, published.PRAIRIELEARN_TEST) == []
        assert 0 <= test["points"] <= test["max_points"]
    assert 0.0 <= document["score"] <= 1.0 if document["gradable"] else "score" not in document


def test_a_slip_of_the_pen_costs_no_attempt_on_prairielearn() -> None:
    """A learner would lose an attempt for a missing bracket, or keep one whose program does not compile."""
    document = prairielearn_of(SYNTAX, partial=True)
    assert document == {"gradable": False, "format_errors": ["Line 3: no."], "message": "Line 3: no."}
    assert prairielearn_of(UNCOMPILED)["gradable"] is True


def test_prairielearn_says_what_is_wrong() -> None:
    """A learner would see points and no reason for them."""
    document = prairielearn_of(WRONG)
    assert document["tests"][0] == {
        "name": "two",
        "description": "x: float32[4]",
        "points": 0,
        "max_points": 1,
        "message": "wrong_answer (value)",
        "output": "Off by 1.\nAt [0].",
    }
    assert [test["message"] for test in document["tests"]][1:] == ["runtime_error", "accepted", "not reached"]
    assert document["message"].endswith("1 of 4 passed; only a submission that passes everything scores.")
    assert prairielearn_of(ACCEPTED)["output"] == "traced\n"


def test_prairielearn_gets_less_than_a_megabyte() -> None:
    """PrairieLearn refuses larger files, so that a long print or many cases would end as a failed grading."""
    cases = [case(f"case_{number}", "wrong_answer", "value", message="\u2260" * 5000) for number in range(300)]
    text = prairielearn(report("wrong_answer", "value", *cases, message="\u2260" * 5000), partial=False)
    assert len(text.encode()) < published.PRAIRIELEARN_BYTES
    document = json.loads(text)
    assert len(document["tests"]) == 300
    assert document["tests"][0]["output"].endswith("\n(cut here)")


@pytest.mark.parametrize(
    ("graded", "whole", "share"),
    [(ACCEPTED, 1.0, 1.0), (WRONG, 0.0, 1 / 4), (RULE, 0.0, 2 / 3), (SYNTAX, 0.0, 0.0), (UNCOMPILED, 0.0, 1 / 2)],
    ids=["accepted", "wrong", "rule", "syntax", "uncompiled"],
)
def test_only_what_is_accepted_scores_in_full(graded: Report, whole: float, share: float) -> None:
    """A submission that breaks a rule would get full marks, or one that fails a case any without ``--partial``."""
    assert (score(graded, partial=False), score(graded, partial=True)) == (whole, share)
    assert gradescope_of(graded, partial=True)["score"] == share
    assert prairielearn_of(graded, partial=True).get("score", 0.0) == share


def test_what_no_case_tells_is_told_of_the_whole() -> None:
    """Every case of a submission that breaks a rule would be green, and nothing would say why it is not accepted."""
    *_, last = outcomes(RULE)
    assert (last.name, last.state, last.kind) == ("the whole submission", "failed", "rule_broken (forbidden_call)")
    assert last.text == "`print` is called."
    assert len(outcomes(WRONG)) == len(WRONG.cases)


@pytest.mark.parametrize("verdict", ["internal_error", "cancelled"])
def test_a_fault_of_ours_is_no_result(verdict: Verdict) -> None:
    """A learner would get a zero because our machine was broken."""
    fault = report(verdict, None, case("two", None), message="The disk is full.")
    for write in (gradescope, prairielearn):
        with pytest.raises(NotAResult, match=verdict):
            write(fault, partial=True)
    with pytest.raises(NotAResult):
        junit([Graded("a.py", ACCEPTED), Graded("b.py", fault)])
