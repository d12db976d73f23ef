"""Filed submissions and their headers: what must become of each, and what its author would say to a learner.

A header is a comment block in the manner of inline script metadata (PEP 723), of the kind ``allclose``, and opens the
file. Invariant: a wrong submission comes back only with a verdict and reason that can go together and a message of
its own.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated

from pydantic import StringConstraints

from app.judge.verdict import Reason, Verdict
from app.problems.findings import Finding
from app.problems.folder.files import ACCEPTED, WRONG
from app.problems.folder.toml import Source, load, validate
from app.problems.model import FiledSubmission, Model

#: Fewest submissions of each kind: two right ways beside the reference, four mistakes.
FEWEST: Mapping[str, int] = {ACCEPTED: 2, WRONG: 4}

#: The reasons a verdict must be refined by; verdicts that are not here have none.
_REASONS: Mapping[str, frozenset[str]] = {
    "wrong_answer": frozenset(
        {*("tree", "shape", "dtype", "nonfinite", "value", "distribution", "nondeterministic", "mutated_input")}
    ),
    "rule_broken": frozenset(
        "unrolled required_operation forbidden_operation forbidden_dtype too_much_work too_much_memory too_slow "
        "required_import forbidden_import required_call forbidden_call required_statement forbidden_statement".split()
    ),
}
#: Verdicts that are no property of a submission.
_NOT_OURS = frozenset({"accepted", "cancelled", "internal_error"})

_OPEN = "# /// allclose"
_CLOSE = "# ///"
_SHAPE = f"Open the file with the lines {_OPEN!r}, '# verdict = \"...\"', '# message = \"...\"' and {_CLOSE!r}."


class Header(Model):
    """What a filed submission declares about itself."""

    verdict: Verdict
    reason: Reason | None = None
    message: Annotated[str, StringConstraints(strip_whitespace=True)] = ""


_ACCEPTED = Header(verdict="accepted")
_MENDS = {
    "verdict": 'Write the verdict it must get, such as verdict = "wrong_answer".',
    "reason": 'Write the reason it must get, such as reason = "shape".',
    "message": "Write the one or two sentences that would teach whoever made this mistake.",
}


def read_submissions(texts: Mapping[str, str], findings: list[Finding]) -> tuple[FiledSubmission, ...]:
    """Every filed submission in order of path; faults of headers are findings."""
    submissions = []
    first: dict[str, str] = {}
    for path, text in sorted(texts.items()):
        if not path.startswith((ACCEPTED, WRONG)):
            continue
        before = len(findings)
        block = _header(path, text, findings)
        header = None if block is None else _checked(block, findings)
        if len(findings) > before:
            continue
        if block is not None and header is not None and path.startswith(WRONG):
            findings += _check_message(header, block, first)
            declared = header
        else:
            declared = _ACCEPTED
        submissions.append(FiledSubmission(path=path, source=text, **declared.model_dump()))
    for folder, fewest in FEWEST.items():
        count = sum(path.startswith(folder) for path in texts)
        if count < fewest:
            message = f"There {'is' if count == 1 else 'are'} {count}, and it takes at least {fewest}."
            mend = "File other right ways." if folder == ACCEPTED else "File mistakes that people really make."
            findings.append(Finding("too-few-submissions", folder, None, message, mend))
    return tuple(submissions)


def _header(path: str, text: str, findings: list[Finding]) -> Source | None:
    lines = [line.rstrip("\r") for line in text.split("\n")]
    if lines[0].rstrip() != _OPEN:
        misplaced = next((number for number, line in enumerate(lines, 1) if line.strip() == _OPEN), None)
        if misplaced or path.startswith(WRONG):
            message = "The header is not on the first line." if misplaced else "There is no header."
            findings.append(Finding("bad-header", path, misplaced or 1, message, _SHAPE))
        return None
    content: list[str] = []
    for number, line in enumerate(lines[1:], start=2):
        if line.rstrip() == _CLOSE:
            return Source(path, "\n".join(content), first_line=2, around=1)
        if line != "#" and not line.startswith("# "):
            message = "This line lies in the header and is no comment." if line else "The header is not closed."
            findings.append(Finding("bad-header", path, number, message, f"Close the header with {_CLOSE!r}."))
            return None
        content.append(line[2:])
    findings.append(Finding("bad-header", path, 1, "The header is not closed.", f"Close it with {_CLOSE!r}."))
    return None


def _checked(block: Source, findings: list[Finding]) -> Header | None:
    loaded = load(block, findings)
    header = None if loaded is None else validate(Header, loaded, block, _MENDS, findings)
    if header is not None:
        findings += _check_wrong(header, block) if block.file.startswith(WRONG) else _check_accepted(header, block)
    return header


def _check_accepted(header: Header, block: Source) -> list[Finding]:
    if header.verdict == "accepted" and header.reason is None:
        return []
    message = f"Submissions in {ACCEPTED} must be accepted, and this one declares {header.verdict}."
    mend = f"Move it to {WRONG}, or delete the header."
    return [block.finding("bad-verdict", ("verdict",), message, mend)]


def _check_wrong(header: Header, block: Source) -> list[Finding]:
    found = []
    reasons = _REASONS.get(header.verdict, frozenset())
    if header.verdict in _NOT_OURS:
        message = f"A wrong submission cannot be expected to get {header.verdict}."
        found.append(block.finding("bad-verdict", ("verdict",), message, _MENDS["verdict"]))
    elif reasons and header.reason not in reasons:
        mend = f"Write reason as one of {', '.join(sorted(reasons))}."
        message = f"{header.verdict} needs a reason that goes with it."
        found.append(block.finding("bad-verdict", ("reason",), message, mend))
    elif not reasons and header.reason is not None:
        message = f"{header.verdict} has no reasons, and this header gives {header.reason}."
        found.append(block.finding("bad-verdict", ("reason",), message, "Delete the reason."))
    if not header.message:
        found.append(block.finding("missing-key", ("message",), "There is no message.", _MENDS["message"]))
    return found


def _check_message(header: Header, block: Source, first: dict[str, str]) -> list[Finding]:
    other = first.setdefault(header.message, block.file)
    if other == block.file:
        return []
    mend = "Say what is particular to this mistake."
    return [block.finding("duplicate-message", ("message",), f"{other} gives the same message.", mend)]
