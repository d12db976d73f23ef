"""From a folder to a ``Problem``, or to everything that is wrong with it.

Invariant: ``read`` never raises for what a folder contains, and reports all of its faults in one go.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Mapping, Sequence
from pathlib import Path

from app.problems.findings import Finding
from app.problems.folder.files import (
    CASES,
    COMPARE,
    HARNESS,
    HINTS,
    MANIFEST,
    REFERENCE,
    REQUIRED,
    SOLUTION,
    STARTER,
    STATEMENT,
    no_manifest,
    read_files,
)
from app.problems.folder.manifest import Declared, is_slug, read_manifest
from app.problems.folder.pages import check_statement, check_text, read_hints
from app.problems.folder.sources import check_cases, check_entry, compared_entries, parse_python
from app.problems.folder.submissions import read_submissions
from app.problems.model import FiledSubmission, Hint, Problem


def read(folder: Path) -> Problem | list[Finding]:
    """The problem in ``folder``, or its findings in order of file and line; the list is never empty."""
    slug = Path(os.path.abspath(folder)).name  # noqa: PTH100 - resolving would follow a link to another name
    findings: list[Finding] = []
    if not os.path.isdir(folder):  # noqa: PTH112 - Path.is_dir raises where permissions are missing
        message = f"{slug} is not a folder." if os.path.exists(folder) else f"There is no folder {slug}."  # noqa: PTH110
        return [Finding("not-a-folder", ".", None, message, "Give the path of a problem folder.")]
    if not os.access(folder, os.R_OK | os.X_OK, effective_ids=os.access in os.supports_effective_ids):
        mend = "Give its files and folders read permission."
        return [Finding("not-a-folder", ".", None, f"{slug} may not be read by this user.", mend)]
    if no_manifest(folder):
        # Most likely another folder was meant, and everything in this one would be a fault.
        message = f"This is no problem folder: {MANIFEST} is missing; it {REQUIRED[MANIFEST]}."
        return [Finding("missing-file", MANIFEST, None, message, "Give the path of a problem folder, or write it.")]
    if not is_slug(slug):
        message = f"{slug!r} cannot be the name of the function to write."
        mend = "Rename the folder: lower-case letters, digits and _, first a letter, no Python keyword."
        findings.append(Finding("bad-slug", ".", None, message, mend))
    texts = read_files(folder, findings)
    declared = read_manifest(slug, texts[MANIFEST], findings) if MANIFEST in texts else Declared()
    hints = _check_pages(texts, findings)
    compared = _check_sources(texts, declared, findings)
    submissions = read_submissions(texts, findings)
    if findings:
        return sorted(findings, key=lambda finding: (finding.file, finding.line or 0, finding.code))
    return _problem(slug, texts, declared, hints, submissions).model_copy(update={"compared": compared})


def _check_pages(texts: Mapping[str, str], findings: list[Finding]) -> tuple[Hint, ...]:
    if STATEMENT in texts:
        check_statement(texts[STATEMENT], findings)
    if SOLUTION in texts:
        check_text(texts[SOLUTION], SOLUTION, findings)
    return read_hints(texts[HINTS], findings) if HINTS in texts else ()


def _check_sources(texts: Mapping[str, str], declared: Declared, findings: list[Finding]) -> dict[str, str]:
    """Check the folder's Python; returns the functions of compare.py by entry point."""
    functions: Mapping[str, Mapping[str, Sequence[str]]] = {
        STARTER: declared.functions or {},
        REFERENCE: declared.functions or {},
        HARNESS: declared.harness,
    }
    for path in (*functions, CASES):
        source = parse_python(texts[path], path, findings) if path in texts else None
        if source is None:
            continue
        if path == CASES:
            check_cases(source, path, findings)
        for name, parameters in functions.get(path, {}).items():
            check_entry(source, path, name, parameters, findings)
    if declared.entries and bool(declared.harness) != (HARNESS in texts):
        needed = "an entry point is the harness's" if declared.harness else "no entry point is the harness's"
        mend = f"Write {HARNESS}, or take harness = true out." if declared.harness else "Delete it, or use it."
        code = "missing-file" if declared.harness else "unexpected-file"
        findings.append(Finding(code, HARNESS, None, f"In {MANIFEST}, {needed}.", mend))
    source = parse_python(texts[COMPARE], COMPARE, findings) if COMPARE in texts else None
    compared = {} if source is None else compared_entries(source, COMPARE, [*declared.entries], findings)
    if declared.manifest is not None and declared.manifest.mode == "eager" and COMPARE in texts:
        message = "compare.py is traced and evaluated, and what an eager problem returns may have no types for that."
        findings.append(Finding("not-eager", COMPARE, None, message, 'Delete it, or leave mode = "eager" out.'))
    if declared.statistics is not None and declared.statistics.entry in compared:
        message = f"The results of {declared.statistics.entry} are random, so that none is compared by itself."
        findings.append(Finding("unexpected-file", COMPARE, None, message, "Delete it, or [statistics]."))
    return compared


def _problem(
    slug: str,
    texts: Mapping[str, str],
    declared: Declared,
    hints: tuple[Hint, ...],
    submissions: tuple[FiledSubmission, ...],
) -> Problem:
    manifest = declared.manifest
    # Whatever could not be read has left a finding, and a folder with findings does not come here.
    assert manifest is not None
    return Problem(
        slug=slug,
        sha256=_digest(texts),
        title=manifest.title,
        version=manifest.version,
        difficulty=manifest.difficulty,
        tags=manifest.tags,
        prerequisites=manifest.prerequisites,
        mode=manifest.mode,
        arrays=manifest.eager.arrays,
        device=manifest.device,
        x64=manifest.x64,
        entries=dict(declared.entries),
        defines=manifest.defines,
        harness=texts.get(HARNESS, ""),
        comparison=texts.get(COMPARE, ""),
        checks=declared.checks,
        statistics=declared.statistics,
        rules=manifest.rules,
        limits=manifest.limits,
        attempts=manifest.attempts,
        tolerances=manifest.tolerances,
        cases=manifest.cases,
        statement=texts[STATEMENT],
        hints=hints,
        starter=texts[STARTER],
        reference=texts[REFERENCE],
        solution=texts[SOLUTION],
        cases_source=texts[CASES],
        submissions=submissions,
        survivors=manifest.survivors,
    )


def _digest(texts: Mapping[str, str]) -> str:
    """SHA-256 over every file in order of path; lengths keep one file's end from reading as the next one's start."""
    whole = hashlib.sha256()
    for path, text in sorted(texts.items()):
        for part in (path.encode(), text.encode()):
            whole.update(len(part).to_bytes(8, "big") + part)
    return whole.hexdigest()
