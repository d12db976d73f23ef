"""What went wrong inside the sandbox, in words for whoever wrote the code.

A failure's texts come from a process that the code owns. Invariant: they are cleaned and cut before they are shown, and
never shown at all where the code had hidden inputs (``public`` is false): a message can be made of values.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import asdict

from app.judge.explain.advice import advice_for
from app.judge.explain.clues import NO_CLUES, Clues
from app.judge.explain.failing import failing_told
from app.judge.explain.told import Told
from app.judge.explain.wording import one_line, shape_text
from app.judge.verdict import LimitReached, TracebackLine
from sandbox.jobs import Failure, FailureKind, LimitName
from sandbox.limits import allowance

#: What is said of a hidden case: which limit or fault it was.
_HIDDEN: Mapping[FailureKind, str] = {
    "source": "Python cannot compile the source.",
    "entry": "The function cannot be called as the problem says.",
    "exception": "The code raised an exception.",
    "not_traceable": "The code cannot be traced.",
    "compile": "XLA could not compile the program.",
    "runtime": "The program failed while it ran.",
    "time": "It took longer than the time limit.",
    "memory": "It needed more memory than the limit.",
    "output": "It made more output than the limit.",
    "violation": "It did something that the sandbox forbids.",
    "crash": "It made the process that ran it crash.",
}
#: What to do about it; the same on public and hidden cases.
_WAY_OUT: Mapping[FailureKind, str] = {
    "time": "Look for a loop that does not end, or for one over elements that one operation on the array can replace.",
    "memory": "Look for an intermediate array that is much larger than the inputs and the result.",
    "output": "Print less, and return no more than is asked for.",
    "violation": "Compute with `jax` and `jnp` only: no files, no network, no processes, no foreign code.",
    "crash": "Let the function return its result; do not end the process.",
}
#: How the sentence about a public case begins; the sandbox's own sentence follows.
_BEGINS: Mapping[FailureKind, str] = {
    "compile": "XLA could not compile the program",
    "runtime": "The program failed while it ran",
    "time": "Time limit",
    "memory": "Memory limit",
    "output": "Output limit",
    "violation": "The sandbox refused this",
    "crash": "The process ended without a result",
}

#: The same for limits whose kind of failure is about more than the limit.
_LIMIT_BEGINS: Mapping[LimitName, str] = {
    "threads": "Thread limit",
    "file_size": "File limit",
    "artifact": "Program size limit",
    "operations": "Program size limit",
    "leaves": "Result size limit",
    "depth": "Result size limit",
    "result": "Result size limit",
}
_SMALLER_RESULT = "Return no more than is asked for."
_LIMIT_WAY_OUT: Mapping[LimitName, str] = {
    "threads": "Start no threads: JAX uses all processors by itself.",
    "file_size": "Write no files: return the result, and print what you want to see.",
    "artifact": "Make large constants inside the function with `jnp` instead of NumPy: then the program computes them.",
    "operations": "Replace loops over elements by operations on whole arrays, or by `jax.lax.fori_loop` or `scan`.",
    "leaves": _SMALLER_RESULT,
    "depth": _SMALLER_RESULT,
    "result": _SMALLER_RESULT,
}

#: Sentences that JAX adds to many errors, about where its own machinery was and where to read on.
_BOILERPLATE = re.compile(
    r"The error occurred while tracing the function .*? on the value of the argument[^\n]*"
    r"|See https://docs\.jax\.dev\S*|To catch the leak earlier[^\n]*",
    re.DOTALL,
)
#: A tracer's class, whole (with its modules or without), or a tracer itself.
_TRACER = re.compile(
    r"(?P<class><class '[\w.]*Tracer'>)"
    r"|(?<![\w.])(?P<quote>'?)(?:[\w.]*\.)?DynamicJaxprTracer(?P=quote)(?!\w)"
    r"|\b\w*Tracer\(~?(?P<type>\w+\[[\d,]*\])[^()]*\)"
)
_PLACE = re.compile(r" at (?:0x[0-9a-f]+|[^\s:]+\.py:\d+)| \(/[^()\s]{1,300}\)")
_TYPE = re.compile(r"[a-z]\w*\[([\d, ]*)\]")
#: What the sandbox calls a program that was traced and that it cannot judge; its own sentence says why.
_UNSUPPORTED = "Unsupported"
_ANOTHER_FUNCTION = "Use another function of `jax.numpy` or `jax.lax` for this step."
_SETTINGS = "Leave JAX's settings as they are."
#: Characters of an exception's text that are read at all: what follows is not worth the patterns' time.
_READ = 8000
#: Most named values that a message shows.
_VALUES = 4
#: Longest quotation of the failing line, in characters.
_LINE = 120
#: Longest name of a function in a traceback, in characters.
_NAME = 60
#: Most lines of a traceback that are shown, the innermost.
_FRAMES = 8


def explain_failure(failure: Failure, sizes: Mapping[str, int], *, public: bool) -> str:
    """What went wrong and the way out, in a few sentences on one line; arguments as of ``failure_told``."""
    return failure_told(failure, sizes, public=public).text


def failure_told(failure: Failure, sizes: Mapping[str, int], *, public: bool, clues: Clues = NO_CLUES) -> Told:
    """What went wrong, and the way out.

    Args:
        failure: as the sandbox reported it.
        sizes: the named sizes of the signature, by which axes are named; empty if there is none.
        public: whether the code could see no hidden value: true for tracing and for public cases. Otherwise only the
            kind of the failure is told.
        clues: what the source has that may explain an exception.
    """
    if not public:
        bound = f"{allowance(failure.limit)} allowed" if failure.limit else ""
        return Told(_sentences(_HIDDEN[failure.kind], bound), _way_out(failure))
    text = failure.message[:_READ]
    message = _plain(text)
    place = _place(failure)
    match failure.kind:
        case "exception" | "not_traceable":
            return _exception(failure, text, sizes, clues)
        case "source":
            return Told(_sentences(f"{place}Python cannot compile this: {message or 'invalid syntax'}"), "Correct it.")
        case "entry":
            return Told(_sentences(message or _HIDDEN["entry"]))
    begins = _BEGINS[failure.kind]
    if failure.limit is not None:
        begins = _LIMIT_BEGINS.get(failure.limit.name, begins)
    said = f"{begins}: {message}" if message else _HIDDEN[failure.kind]
    return Told(_sentences(f"{place}{said}"), _way_out(failure))


def _way_out(failure: Failure) -> str:
    way_out = _WAY_OUT.get(failure.kind, "")
    return _LIMIT_WAY_OUT.get(failure.limit.name, way_out) if failure.limit else way_out


def limit_of(failure: Failure, *, public: bool) -> LimitReached | None:
    """The limit that a failure is about; how much was used is told only where no hidden value could be seen."""
    if failure.limit is None:
        return None
    told = LimitReached(**asdict(failure.limit))
    return told if public else told.model_copy(update={"used": None, "exact": False})


def frames_of(failure: Failure, *, public: bool) -> tuple[TracebackLine, ...]:
    """The learner's own lines of its traceback, cleaned; none where hidden values could be seen."""
    if not public:
        return ()
    return tuple(
        TracebackLine(line=frame.line, function=one_line(frame.function, _NAME), text=one_line(frame.text, _LINE))
        for frame in failure.frames[-_FRAMES:]
    )


def _exception(failure: Failure, text: str, sizes: Mapping[str, int], clues: Clues) -> Told:
    place, error, message = _place(failure), one_line(failure.error, 80), _plain(text)
    if failure.kind == "not_traceable" and failure.error == _UNSUPPORTED:
        way_out = _SETTINGS if "jax_enable_x64" in text else _ANOTHER_FUNCTION
        return Told(_sentences(f"{place}{message or 'this program cannot be judged here'}"), way_out)
    line = failure.frames[-1].text[:_LINE] if failure.frames else None
    advice = advice_for(failure.error, text, line)
    quoted = ": ".join(part for part in (error, message) if part) or _HIDDEN["exception"]
    if advice is None:
        return Told(_sentences(f"{place}{quoted}", _values(failure, sizes)))
    because = failing_told(failure, text, sizes, clues)
    shapes = because.shapes if because.shapes is not None else _values(failure, sizes)
    facts = _sentences(f"{place}{because.says or advice.says or quoted}", shapes if advice.shapes else "")
    if because.cause or because.choice:
        return Told(facts, _sentences(because.cause), _sentences(because.choice))
    return Told(facts, _sentences(advice.way_out))


def _place(failure: Failure) -> str:
    """``Line 7, `if x > 0:`: `` for the learner's innermost line, or nothing."""
    if not failure.frames:
        return ""
    frame = failure.frames[-1]
    column = f", column {failure.column}" if failure.column else ""
    code = one_line(frame.text, _LINE)
    return f"Line {frame.line}{column}, `{code}`: " if code else f"Line {frame.line}{column}: "


def _values(failure: Failure, sizes: Mapping[str, int]) -> str:
    """Shapes of the arrays on the failing line, with the named sizes in them."""
    named = [
        (name, one_line(text, _LINE)) for name, text in failure.values if name.isidentifier() and len(name) <= _LINE
    ]
    shown = [_value(name, text, sizes) for name, text in named[:_VALUES] if text]
    if len(shown) > 1:
        return f"{', '.join(shown[:-1])} and {shown[-1]}"
    return "".join(shown)


def _value(name: str, text: str, sizes: Mapping[str, int]) -> str:
    found = _TYPE.fullmatch(text)
    if found is None:
        return f"`{name}` is `{text}`"
    shape = tuple(int(size) for size in found[1].replace(",", " ").split())
    return f"`{name}` has shape {shape_text(shape, sizes)}"


def _plain(text: str) -> str:
    """An exception's text without JAX's boilerplate, names of its internals, addresses and file names."""
    return one_line(_PLACE.sub("", _TRACER.sub(_traced, _BOILERPLATE.sub("", text))))


def _traced(found: re.Match[str]) -> str:
    if found["class"]:
        return "traced array"
    return f"a traced {found['type']}" if found["type"] else "a traced array"


def _sentences(*parts: str) -> str:
    """Parts with a capital first and a full stop last."""
    ended = (part if part.endswith((".", "?", "!", "…")) else f"{part}." for part in parts if part)
    return " ".join(part if part.startswith("`") else part[:1].upper() + part[1:] for part in ended)
