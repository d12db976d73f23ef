"""Loading submitted source inside a child, and telling what it did wrong.

Everything here runs in a process the submitted code owns once it has been executed; what it reports is shown to the
learner and never trusted. Invariant: whatever the source raises, however hostile its ``__str__``, one bounded failure
comes out.
"""

from __future__ import annotations

import builtins
import difflib
import inspect
import linecache
import re
import sys
import types
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

import jax
import numpy as np

from sandbox.entries import Call
from sandbox.inside import exhaustion
from sandbox.inside.exhaustion import text_of

FILENAME = "submission.py"

#: Exceptions that mean "this Python cannot be traced", by class name (jax.errors).
NOT_TRACEABLE = frozenset(
    {
        "ConcretizationTypeError",
        "TracerArrayConversionError",
        "TracerBoolConversionError",
        "TracerIntegerConversionError",
        "NonConcreteBooleanIndexError",
        "UnexpectedTracerError",
    }
)
#: What ``jax.export`` says of programs that call back into Python or into foreign kernels, or that use what cannot be
#: lowered for one of their platforms.
_EXPORT_REFUSALS = (
    "serialization of host_callbacks",
    "custom calls whose targets have no compatibility guarantees",
    "MLIR translation rule for primitive",
)
#: Errors of a general class that come up only because a value is traced.
_TRACED_VALUES = (
    "Shapes must be 1D sequences of concrete values",
    "Slice entries must be static integers",
    "Non-hashable static arguments",
    "Too many leaves for PyTreeDef",  # a traced value of an earlier call was kept and returned
)
_MAX_FRAMES = 20
_MAX_VALUES = 8
_MAX_NAME = 80
#: How alike two names must be (1 is equal) for one to be taken for a slip of the other.
_NEAR, _NEARER = 0.7, 0.8

#: The lines of the source that was loaded.
_lines: list[str] = []


class EntryError(Exception):
    """The source has no function that can be called as the problem says."""


def load(source: str) -> types.ModuleType:
    """Execute ``source`` as the module ``submission``; whatever it raises comes through."""
    module = types.ModuleType("submission")
    module.__file__ = FILENAME
    lines = source.splitlines(keepends=True)
    linecache.cache[FILENAME] = (len(source), None, lines, FILENAME)
    _lines[:] = lines  # linecache forgets everything when memory runs out
    code = compile(source, FILENAME, "exec", dont_inherit=True)
    sys.modules["submission"] = module
    exec(code, module.__dict__)  # noqa: S102 - the one place that is for it
    return module


class Callables:
    """The functions of a submission and of the author's harness around it."""

    def __init__(self, source: str, harness: str) -> None:
        """Execute both, the submission first; whatever they raise comes through."""
        self._submission = load(source)
        self._harness = types.ModuleType("harness")
        if harness:
            exec(compile(harness, "harness.py", "exec", dont_inherit=True), self._harness.__dict__)  # noqa: S102 - as above

    def find(self, call: Call) -> Callable[..., Any]:
        """The function of a call, without its transformations.

        Raises:
            EntryError: it is missing, no function, or takes other parameters.
        """
        if call.harness:
            return partial(getattr(self._harness, call.entry), self._submission)
        return find_function(self._submission, call.entry, list(call.parameters))


def find_function(module: types.ModuleType, name: str, parameters: list[str]) -> Callable[..., Any]:
    """The function ``name``, checked to take ``parameters`` positionally.

    Raises:
        EntryError: it is missing, no function, or takes other parameters.
    """
    if name not in module.__dict__:
        raise EntryError(
            f"there is no function named `{name}` after running the file; define `{_call(name, parameters)}`"
        )
    function: Callable[..., Any] = module.__dict__[name]
    if inspect.isclass(function) or not callable(function):
        what = "a class" if inspect.isclass(function) else f"a value of type {type(function).__name__}"
        raise EntryError(f"`{name}` is {what}, but it must be a function: `{_call(name, parameters)}`")
    try:
        signature = inspect.signature(function)
    except (TypeError, ValueError):
        return function  # callables without a signature are found out by the call
    try:
        signature.bind(*parameters)
    except TypeError as error:
        raise EntryError(f"`{name}{signature}` cannot be called as `{_call(name, parameters)}`: {error}") from error
    return function


def _call(name: str, parameters: list[str]) -> str:
    return f"{name}({', '.join(parameters)})"


def describe(error: BaseException) -> dict[str, Any]:
    """The failure a child reports for an exception, JSON-ready: the fields of ``sandbox.jobs.Failure``."""
    limit = exhaustion.limit_of(error)
    exhaustion.release_reserve()
    frames = list(_learner_frames(error))
    failure: dict[str, Any] = {
        "kind": _kind(error),
        "error": type(error).__name__[:200],
        "message": text_of(error) + _near_name(error, frames),
        "limit": limit,
        "frames": [
            {"line": line, "function": frame.f_code.co_name[:200], "text": _line(line)} for frame, line in frames
        ],
        "column": 0,
        "values": [],
    }
    if isinstance(error, SyntaxError) and error.filename == FILENAME:
        line = error.lineno or 1
        failure["message"] = str(error.msg)
        failure["column"] = error.offset or 0
        failure["frames"] = [{"line": line, "function": "<module>", "text": _line(line)}]
    elif frames:
        failure["values"] = list(_values_on_line(*frames[-1]))
    return failure


def _near_name(error: BaseException, frames: list[tuple[types.FrameType, int]]) -> str:
    """``; did you mean 'cumsum'?`` for a name that does not exist and is close to one that does, or nothing.

    Only modules, arrays and the frame's own names are asked: the attributes of any other object are the learner's code.
    """
    wanted = getattr(error, "name", None)
    if type(error) not in (NameError, AttributeError) or type(wanted) is not str:
        return ""
    known: list[str] = []
    alike = _NEAR
    owner = getattr(error, "obj", None)
    if isinstance(error, AttributeError):
        if type(owner) is types.ModuleType:
            known = [name for name in owner.__dict__ if type(name) is str]
        elif {cls.__name__ for cls in type(owner).__mro__} & {"Tracer", "ArrayImpl"}:
            known, alike = dir(jax.Array), _NEARER  # a function of ``jnp`` is no slip for a method
    elif frames:
        scope = frames[-1][0]
        known = [*scope.f_locals, *scope.f_globals, *dir(builtins)]
    near = difflib.get_close_matches(wanted[:_MAX_NAME], [name for name in known if name[:1] != "_"], 1, alike)
    return f"; did you mean {near[0]!r}?" if near else ""


def _kind(error: BaseException) -> str:
    names = {cls.__name__ for cls in type(error).__mro__}
    text = text_of(error)
    if isinstance(error, SyntaxError) and error.filename == FILENAME:
        return "source"
    if isinstance(error, EntryError):
        return "entry"
    if names & NOT_TRACEABLE or any(sign in text for sign in (*_EXPORT_REFUSALS, *_TRACED_VALUES)):
        return "not_traceable"
    return "exception"


def _learner_frames(error: BaseException) -> Iterator[tuple[types.FrameType, int]]:
    traceback, found = error.__traceback__, []
    while traceback is not None:
        if traceback.tb_frame.f_code.co_filename == FILENAME:
            found.append((traceback.tb_frame, traceback.tb_lineno))
        traceback = traceback.tb_next
    yield from found[-_MAX_FRAMES:]


def _line(number: int) -> str:
    return _lines[number - 1].strip()[:200] if 0 < number <= len(_lines) else ""


def _values_on_line(frame: types.FrameType, line: int) -> Iterator[tuple[str, str]]:
    """Arrays named on the failing line with their types: what a reader of the traceback would ask first."""
    scope = {**frame.f_globals, **frame.f_locals}
    names = dict.fromkeys(re.findall(r"[^\W\d]\w*", _line(line)))
    shown = ((name, _array_type(scope[name])) for name in names if name in scope)
    yield from [(name, text) for name, text in shown if text][:_MAX_VALUES]


def _array_type(value: object) -> str:
    if isinstance(value, jax.Array | np.ndarray):
        return f"{value.dtype.name}[{', '.join(map(str, value.shape))}]"
    if type(value) is tuple and value and all(isinstance(item, jax.Array | np.ndarray) for item in value):
        return f"({', '.join(_array_type(item) for item in value[:_MAX_VALUES])})"
    return ""
