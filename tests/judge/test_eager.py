"""Problems that are called instead of traced, through the real sandbox: what they judge, and what they tell nobody."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from app.judge.events import CaseJudged, Judged
from app.judge.judge import judge
from app.judge.run import run_public
from app.judge.verdict import Report
from app.problems.published import Published, loads
from sandbox.jobs import Sandbox
from tests import folders
from tests.judge.conftest import Grade, Publish

#: Another right way than the reference's.
RIGHT = folders.ABOVE_RIGHT


@pytest.fixture(scope="module")
def above(tmp_path_factory: pytest.TempPathFactory, published: Publish) -> Published:
    """An eager problem on arrays of NumPy."""
    return published(folders.above(tmp_path_factory.mktemp("problems")))


def _cases(report: Report) -> list[tuple[str | None, str | None]]:
    return [(case.verdict, case.reason) for case in report.cases]


def test_a_right_answer_is_accepted(above: Published, grade: Grade) -> None:
    """Python control flow on values could not be graded, or float64 of NumPy would count as a wrong dtype."""
    report = grade(above, RIGHT)
    assert report.verdict == "accepted", report.message
    assert _cases(report) == [("accepted", None)] * 4
    assert report.artifacts == ()
    assert report.toolchain["mode"] == "eager"
    assert set(report.timings_ms) == {"start", "total"}


def test_results_of_other_values_may_be_built_otherwise(above: Published) -> None:
    """Of two value sets that keep unequally many elements, one would be compared with the other's type."""
    lengths = {case.expected_of(draw).children[0].shape for case in above.cases for draw in range(len(case.inputs))}  # type: ignore[union-attr]
    assert len(lengths) > 2
    back = loads(above.dumps())
    assert back.cases[-1].expected_of(1) == above.cases[-1].expected_of(1)
    np.testing.assert_array_equal(back.cases[-1].outputs[1][0], above.cases[-1].outputs[1][0])


WRONG = {
    "another value": (RIGHT.replace("x[x > floor]", "x[x > floor] + 1"), "value"),
    "another word": (folders.MASKED.format("'some'"), "value"),
    "another dtype": (RIGHT.replace("return kept", "return kept.astype(np.float32)"), "dtype"),
    "a list": (RIGHT.replace("return kept", "return list(kept)"), "tree"),
    "nothing": ("def above(x, floor):\n    pass\n", "tree"),
    "a constant": ("import numpy as np\ndef above(x, floor):\n    return np.array([1.5, 4.0]), 'many'\n", "shape"),
    "an input changed in place": (RIGHT.replace("    return", "    x.sort()\n    return"), "mutated_input"),
    "what an earlier call was given": (
        "import numpy as np\nseen = []\ndef above(x, floor):\n    seen.append(x)\n"
        "    x = seen[0]\n" + "".join(RIGHT.splitlines(keepends=True)[1:]),
        "shape",
    ),
}


@pytest.mark.parametrize("name", WRONG)
def test_a_wrong_answer_is_wrong_for_its_reason(above: Published, grade: Grade, name: str) -> None:
    """A wrong answer would be accepted, or its author would look for another mistake."""
    source, reason = WRONG[name]
    report = grade(above, "import numpy as np\n" + source)
    assert report.verdict == "wrong_answer", report.message
    assert reason in {report.reason, *(case.reason for case in report.cases)}


def test_a_short_float_is_told_by_what_makes_it(above: Published, grade: Grade) -> None:
    """A learner would be told that x64 is on, where results of JAX have 32 bits."""
    source = "import jax.numpy as jnp\n" + RIGHT.replace("return kept", "return jnp.asarray(kept)")
    report = grade(above, source)
    assert (report.verdict, report.reason) == ("wrong_answer", "dtype")
    assert "while x64 is off, as it is here" in report.message


def test_a_changed_input_is_named_with_the_way_out(above: Published, grade: Grade, sandbox: Sandbox) -> None:
    """A learner whose result is right would not know what is wrong with it; and Run must say the same."""
    source = RIGHT.replace("    return", "    floor += 1\n    return")
    report = grade(above, source)
    assert (report.verdict, report.reason) == ("wrong_answer", "mutated_input")
    assert "`floor = floor.copy()`" in report.message
    (call,) = run_public(above, source.encode(), sandbox, None).calls
    assert (call.verdict, call.reason) == ("wrong_answer", "mutated_input")
    assert "`floor`" not in report.cases[1].message, "hidden cases tell the reason alone"


def test_writing_the_same_values_or_nan_is_no_change(tmp_path: Path, published: Publish, grade: Grade) -> None:
    """Code that leaves its inputs as they were would be refused, as NaN is unequal to itself."""
    cases = folders.ABOVE_CASES.replace("[1.5, -2.5, 4.0]", "[np.nan, -2.5, 4.0]")
    problem = published(folders.above(tmp_path, cases=cases))
    assert grade(problem, RIGHT.replace("    return", "    x[:] = x.copy()\n    return")).verdict == "accepted"


def test_a_case_that_ends_its_process_takes_no_other_with_it(above: Published, grade: Grade) -> None:
    """One crash would hide what became of every other case."""
    exits = "import os\n" + RIGHT.replace("    kept", "    if len(x) == 4: os._exit(0)\n    kept", 1)
    assert _cases(grade(above, exits)) == [("accepted", None), ("runtime_error", None), *[("accepted", None)] * 2]


def test_processes_that_keep_dying_are_not_started_for_ever(tmp_path: Path, published: Publish, grade: Grade) -> None:
    """A submission could keep a lane busy with as many processes as there are cases."""
    more = folders.ABOVE_CASES.replace('"nine": draw(9)', "**{str(size): draw(size) for size in range(5, 12)}")
    exits = "import os\n" + RIGHT.replace("    kept", "    if len(x) > 3: os._exit(0)\n    kept", 1)
    report = grade(published(folders.above(tmp_path, cases=more)), exits)
    assert [case.verdict for case in report.cases] == ["accepted", *["runtime_error"] * 4, *[None] * 5]
    assert report.verdict == "runtime_error"


def test_an_endless_case_ends_at_the_limit(above: Published, grade: Grade) -> None:
    """The time of all cases would be that of each, or the verdict would miss which limit it was."""
    endless = RIGHT.replace("    kept", "    while len(x) == 9: pass\n    kept", 1)
    report = grade(above, endless)
    assert _cases(report) == [("accepted", None), ("accepted", None), ("time_limit", None), (None, None)]
    assert report.limit is not None
    assert (report.limit.name, report.limit.allowed, report.limit.used) == ("trace_seconds", 3, None)


TELLING = {
    "printing": RIGHT.replace("    return", "    print(x.tolist())\n    return"),
    "an error's text": RIGHT.replace("    return", "    raise ValueError(str(x.tolist()))\n    return"),
    "an error's class": RIGHT.replace("    return", "    raise type(str(x[0]), (ValueError,), {})()\n    return"),
    "an error's frames": (
        "def above(x, floor):\n    exec(compile('\\n' * 5 + f'def f{int(x[0])}(): raise ValueError\\n"
        "f{int(x[0])}()', 'submission.py', 'exec'))\n"
    ),
    "last words": RIGHT.replace(
        "    return", "    print(x.tolist(), flush=True)\n    __import__('os').abort()\n    return"
    ),
    "a flood": RIGHT.replace("    return", "    while True: print(x.tolist())\n    return"),
    "a strange result": RIGHT.replace("return kept", "return str(x.tolist())"),
    "a dict of values": RIGHT.replace("return kept", "return {str(x[0]): x}"),
    "a class of values": RIGHT.replace("return kept", "return type(str(x[0]), (), {})()"),
    "memory": RIGHT.replace("    return", "    bytearray(int(x[0]) << 20)\n    return"),
    "a forged failure": (
        "def above(x, floor):\n    import sys\n    from sandbox.inside import child\n    frame = sys._getframe()\n"
        "    while 'ticket' not in frame.f_locals: frame = frame.f_back\n"
        "    told = {'kind': 'memory', 'message': str(x[0]), 'error': str(x[0]), 'values': [[str(x[0])] * 2],\n"
        "            'limit': {'name': 'memory', 'used': (1 << 32) + int(x[0])},\n"
        "            'frames': [{'line': 1, 'function': str(x[0]), 'text': str(x[0])}]}\n"
        "    child.reply({'type': 'raised', 'failure': told, 'milliseconds': x[0], **frame.f_locals['ticket']})\n"
    ),
}


@pytest.mark.parametrize("name", TELLING)
def test_no_hidden_value_is_in_any_answer(above: Published, sandbox: Sandbox, name: str) -> None:
    """A learner could read the hidden inputs from the report, and from the progress before it."""
    for source in (TELLING[name], f"{folders.ABOVE}\nplain = above\n{TELLING[name]}\ntells = above\n{_HIDDEN_ONLY}"):
        events = list(judge(above, source.encode(), sandbox))
        assert isinstance(events[-1], Judged)
        judged = [event.case for event in events if isinstance(event, CaseJudged) and not event.case.public]
        assert source is TELLING[name] or any(case.verdict for case in judged), "no hidden case was reached"
        for event in events:
            assert "76543" not in event.model_dump_json()
    assert any(folders.HIDDEN_INPUT in case.inputs[0][0] for case in above.cases), "the number is really there"


#: Tells nothing on the public case, so that hidden ones are reached whatever it tells of them.
_HIDDEN_ONLY = "def above(x, floor):\n    return (plain if len(x) == 3 else tells)(x, floor)\n"


def test_prints_of_public_cases_are_shown(above: Published, grade: Grade) -> None:
    """A learner could not look into a submission that goes wrong, or that cannot even be loaded."""
    assert grade(above, "print('loading')\nimport nothing_of_that_name\n" + RIGHT).printed == "loading\n"
    source = "print('loading')\n" + RIGHT.replace("    return", "    print('given', len(x))\n    return")
    assert grade(above, source).printed == "loading\ngiven 3\n"


def test_an_exception_on_hidden_inputs_is_told_by_its_line(above: Published, grade: Grade) -> None:
    """A learner would know neither what failed nor where, on inputs that cannot be tried."""
    source = RIGHT.replace("    return", "    x[10]\n    return").replace("x[10]", "x[10 * (len(x) == 4)]")
    report = grade(above, source)
    assert report.verdict == "runtime_error"
    assert report.cases[1].message == "Line 3, `x[10 * (len(x) == 4)]`, raised IndexError."


FORGED = {
    "results for later calls in advance": (
        "import numpy as np\nfrom sandbox.inside import child\ndef above(x, floor):\n"
        "    for _ in range(9):\n        child.reply({'type': 'returned', 'returns': {'kind': 'none'},\n"
        "                     'kept': [True] * 2, 'arrays': [], 'left': []})\n"
    ),
    "a ticket used twice": (
        "import sys\nfrom sandbox.inside import child\ndef above(x, floor):\n    frame = sys._getframe()\n"
        "    while 'ticket' not in frame.f_locals: frame = frame.f_back\n"
        "    told = {'kind': 'exception', 'message': ''}\n"
        "    for _ in range(2):\n        child.reply({'type': 'raised', 'failure': told, **frame.f_locals['ticket']})\n"
        "    return x\n"
    ),
    "arguments that are no arguments": (
        "import sys\nfrom sandbox.inside import child\ndef above(x, floor):\n    frame = sys._getframe()\n"
        "    while 'ticket' not in frame.f_locals: frame = frame.f_back\n"
        "    child.reply({'type': 'returned', 'returns': {'kind': 'none'}, 'kept': 7, 'arrays': [],\n"
        "                 **frame.f_locals['ticket']})\n"
    ),
    "more results than calls": (
        "import sys\nimport numpy as np\nfrom sandbox.inside import child\ndef above(x, floor):\n"
        "    frame = sys._getframe()\n    while 'ticket' not in frame.f_locals: frame = frame.f_back\n"
        "    kept = x[x > floor]\n    word = 'many' if len(kept) > len(x) / 2 else 'few'\n"
        "    leaf = {'kind': 'array', 'dtype': 'float64', 'shape': [len(kept)]}\n"
        "    returns = {'kind': 'tuple', 'children': [leaf, {'kind': 'static', 'value': word}]}\n"
        "    child.reply({'type': 'returned', 'returns': returns, 'kept': [None] * 2, 'left': [],\n"
        "                 'arrays': [{'dtype': 'float64', 'shape': [len(kept)]}], **frame.f_locals['ticket']},\n"
        "                kept.tobytes())\n"
        "    return kept, word\n"
    ),
    "the end before it": "from sandbox.inside import child\ndef above(x, floor):\n    child.reply({'type': 'done'})\n",
}


@pytest.mark.parametrize("name", FORGED)
def test_forged_results_are_refused(above: Published, grade: Grade, name: str) -> None:
    """Code could answer cases it has not seen, or be taken for ours that failed."""
    report = grade(above, FORGED[name])
    assert report.verdict in ("sandbox_violation", "runtime_error"), report.message
    if name != "a ticket used twice":
        assert report.verdict == "sandbox_violation"
        assert report.cases[1].verdict is None
        assert report.message.count("unreadable result") == 1


def test_nothing_is_remembered_from_one_case_to_the_next(above: Published, grade: Grade) -> None:
    """What code keeps of one case would be found in the next, which nobody could tell from the case alone."""
    source = "calls = []\n" + RIGHT.replace(
        "    kept", "    calls.append(len(x))\n    assert len(set(calls)) == 1\n    kept", 1
    )
    assert grade(above, source).verdict == "accepted"


def test_arrays_of_jax_are_given_where_nothing_else_is_said(tmp_path: Path, published: Publish, grade: Grade) -> None:
    """A lesson on eager JAX would get arrays of NumPy, which it could change in place."""
    files = {
        "starter.py": "def sort(x): ...\n",
        "reference.py": "import jax.numpy as jnp\ndef sort(x):\n    return jnp.sort(x)\n",
        "cases.py": (
            "import numpy as np\ndef public():\n    return {'two': (np.array([2.0, 1.0], np.float32),)}\n"
            "def hidden(rng):\n    return {'five': (rng.normal(size=5).astype(np.float32),)}\n"
        ),
        **{f"submissions/accepted/{n}.py": "def sort(x):\n    return x.sort()\n" for n in "ab"},
        **{f"submissions/wrong/{n}.py": folders.wrong("def sort(x):\n    return x\n", n) for n in "abcd"},
    }
    manifest = 'mode = "eager"\nreturns = "float32[N]"\n[arguments]\nx = "float32[N]"\n[cases]\nseed = 1\n'
    problem = published(folders.write(tmp_path, "sort", manifest, files))
    loop = (
        "import jax, jax.numpy as jnp\ndef sort(x):\n    assert isinstance(x, jax.Array)\n"
        "    return jnp.array(sorted(float(v) for v in x))\n"
    )
    assert grade(problem, loop).verdict == "accepted"
    in_place = "def sort(x):\n    x[0] = 1\n    return x\n"
    report = grade(problem, in_place)
    assert report.verdict == "runtime_error"
    assert "x.at[" in report.message
