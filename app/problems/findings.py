"""What is wrong with a problem folder, said so that its author can mend it.

An author's fault is never an exception: readers and checkers return findings, all of them in one go. Invariant: every
finding has a code from ``CODES``; codes are stable, so that an author can search for one and a test can expect one.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

Severity = Literal["error", "warning"]

#: What reading a folder can find, without running anything in it.
READING: Mapping[str, str] = {
    # The folder and its files.
    "not-a-folder": "The path is no folder, or cannot be listed.",
    "bad-slug": "The folder's name cannot be the function's name: it must be a lower-case Python identifier.",
    "missing-file": "A file that every problem has is not there.",
    "unexpected-file": "A file or folder that no part of a problem uses.",
    "symlink": "A symbolic link; a problem folder must be whole by itself.",
    "unreadable-file": "Something that is no regular file, or that may not be read.",
    "too-large": "A file is longer than a submission may be.",
    "not-utf8": "A file is not UTF-8 text.",
    "byte-order-mark": "A file starts with a byte order mark, which Python and TOML refuse.",
    "nul-byte": "A text file contains a NUL byte.",
    # problem.toml and the headers of filed submissions.
    "toml-syntax": "The TOML cannot be read.",
    "unknown-key": "A key that nothing uses, most often a misspelling.",
    "missing-key": "A key that has no default is not given.",
    "bad-value": "A key's value has the wrong type or lies outside its range.",
    "not-eager": "Something that needs a traced program, in a problem that is called eagerly; or the other way round.",
    "bad-type": "A declared argument or return is not in the type notation.",
    "needs-x64": "A 64-bit dtype is declared while x64 is off.",
    "unknown-size": "A size is used that no argument declares.",
    "unknown-name": "A name is used that no argument or function declares.",
    "own-prerequisite": "The problem requires itself.",
    # Python files, which are parsed and never run by the reader.
    "python-syntax": "A Python file cannot be parsed.",
    "missing-function": "A Python file does not define the function it must define.",
    "wrong-parameters": "A function takes other parameters than declared.",
    # Pages.
    "missing-section": "The statement lacks one of its parts, or one of them is empty.",
    "missing-example": "The worked example has no Python code block.",
    "bad-example": "The Python of the worked example cannot be parsed.",
    "empty-text": "A page has no text.",
    "bad-hint": "The hint ladder is empty, or one of its rungs is malformed.",
    # Filed submissions.
    "bad-header": "A wrong submission does not open with its header, or the header is not closed.",
    "bad-verdict": "A header declares a verdict and reason that do not go together, or that its folder rules out.",
    "duplicate-message": "Two wrong submissions give the same message.",
    "too-few-submissions": "Fewer accepted or wrong submissions than it takes to prove a problem.",
}
#: What running the folder's own code in the sandbox can bring to light.
RUNNING: Mapping[str, str] = {
    "cases-fail": "cases.py raises, or does not keep to its contract.",
    "case-type": "A case's arguments do not fit their declaration.",
    "case-unstable": "A hidden case is not made alike in every draw.",
    "case-varies": "A case comes out differently when cases.py runs again.",
    "case-name": "Two cases have the same name.",
    "no-cases": "There is no public or no hidden case.",
    "unknown-case": "A check names a case that cases.py does not make.",
    "one-value-set": "A hidden signature has fewer than two value sets.",
    "no-gpu": "The problem is evaluated on a GPU, and this machine's sandbox has none.",
    "reference-fails": "The reference does not trace, compile or run.",
    "reference-breaks-rule": "The reference's own programs break a rule of the problem.",
    "rule-says-nothing": "A rule on a cost that has no figure here, or that no case is large enough for.",
    "reference-type": "The reference returns something else than declared.",
    "reference-varies": "The reference of an eager problem returns something else when it is called again.",
    "reference-refused": "Random results of the reference are refused when they come from other keys.",
    "compare-fails": "compare.py does not trace, compile or run.",
    "compare-type": "A function of compare.py returns something else than an error and what is allowed of it.",
    "compare-refuses": "compare.py does not accept the reference's own result.",
    "compare-accepts": "compare.py accepts results that are obviously wrong.",
    "derivative-differs": "A derivative of the reference is not that of its values.",
    "wrong-outcome": "A filed submission does not get the verdict and reason it declares.",
    "pitfall-unseen": "A filed mistake fails as it declares, but nothing of it is recognisable.",
    "pitfall-twice": "A filed mistake cannot be told from another one.",
    "starter-passes": "The starter is accepted as it stands.",
    # Answers that nobody had to think about.
    "zeros-pass": "A submission that returns zeros is accepted.",
    "constant-passes": "A submission that returns one number everywhere is accepted.",
    "nan-passes": "A submission that returns NaN is accepted.",
    "dtype-passes": "A submission that returns the right values in another dtype is accepted.",
    "shape-constant-passes": "A submission that returns a constant for each shape is accepted.",
    "constant-result": "At one hidden signature every value set has the same result.",
    "zero-leaf": "Zeros pass at one array of the result, whatever the case.",
    "atol-swallows": "The absolute tolerance of a case is as large as every expected value.",
    "small-headroom": "The reference's own error leaves little of the tolerance.",
    # Pages that say what is not so.
    "example-fails": "The worked example of the statement cannot be run.",
    "example-differs": "The worked example prints something else than it says.",
    "hint-order": "The hint ladder does not go from what helps everybody to what answers a failure.",
    "hint-unreachable": "A hint waits for a verdict or reason that nothing leads to.",
    # Slips in the reference.
    "mutant-survives": "A slip in the reference passes every case.",
    "not-mended": "What --fix would write cannot be written.",
    "check-unfinished": "The check of an upload takes longer than the service allows.",
    "survivor-unknown": "An argued slip is none that passes every case.",
}

#: Every code with what it means. A code keeps its meaning for good; a new meaning gets a new code.
CODES: Mapping[str, str] = {**READING, **RUNNING}


@dataclass(frozen=True)
class Finding:
    """One fault of a problem folder.

    Attributes:
        code: a key of ``CODES``.
        file: relative to the folder, with forward slashes; ``.`` for the folder itself.
        line: counted from 1; None where no line is at fault.
        message: what is wrong, in one or two sentences.
        mend: what to do about it, in the imperative.
        severity: an ``error`` keeps the problem from being published, a ``warning`` does not.
    """

    code: str
    file: str
    line: int | None
    message: str
    mend: str
    severity: Severity = "error"

    def __post_init__(self) -> None:
        """Refuse a code that authors could not look up.

        Raises:
            ValueError: the code is not in ``CODES``; a fault of ours, not of the author.
        """
        if self.code not in CODES:
            raise ValueError(f"{self.code!r} is not a code of app.problems.findings.CODES")

    def __str__(self) -> str:
        """One line as compilers print it, ``problem.toml:4: unknown-key: ...``, with the mend at its end."""
        place = self.file if self.line is None else f"{self.file}:{self.line}"
        severity = "" if self.severity == "error" else f"{self.severity}: "
        return f"{place}: {severity}{self.code}: {self.message} {self.mend}"
