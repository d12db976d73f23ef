"""JUnit XML, for continuous integration: one suite for each file, one test for each case.

There is no standard; this keeps to the schema of Jenkins (junit-10.xsd of its xUnit plugin), as GitLab does.
Tests have no times of their own: those of hidden cases would tell of their values. Invariant: the text is ASCII and
well-formed XML 1.0 whatever a submission wrote.
"""

from __future__ import annotations

from collections.abc import Sequence
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from app.cli.formats.outcomes import Graded, Outcome, State, advice, outcomes
from app.cli.output import plain, verdict_words

#: Element for each state that is not a pass.
_ELEMENTS: dict[State, str] = {"failed": "failure", "errored": "error", "skipped": "skipped"}
#: The only characters that ``plain`` lets through and XML 1.0 does not, as code points.
_NOT_XML = {0xFFFE: "\\ufffe", 0xFFFF: "\\uffff"}


def junit(graded: Sequence[Graded]) -> str:
    """All files in one document, in order.

    Raises:
        NotAResult: one of the reports is none of its submission.
    """
    root = Element("testsuites", {"name": "allclose"})
    suites = [(each, outcomes(each.report)) for each in graded]
    root.attrib |= _counts([outcome for _, counted in suites for outcome in counted])
    root.set("time", _seconds([each for each, _ in suites]))
    for each, counted in suites:
        _add_suite(root, each, counted)
    indent(root)
    body = tostring(root, encoding="us-ascii", xml_declaration=False).decode()
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{body}\n'


def _add_suite(root: Element, graded: Graded, counted: Sequence[Outcome]) -> None:
    report = graded.report
    skipped = sum(outcome.state == "skipped" for outcome in counted)
    attributes = {"name": _clean(graded.file), **_counts(counted), "skipped": str(skipped), "time": _seconds([graded])}
    suite = SubElement(root, "testsuite", attributes)
    properties = SubElement(suite, "properties")
    for name, value in (
        ("problem", report.problem),
        ("problem_version", report.problem_version),
        ("problem_sha256", report.problem_sha256),
        ("source_sha256", report.source_sha256),
        ("verdict", verdict_words(report.verdict, report.reason)),
    ):
        SubElement(properties, "property", {"name": name, "value": _clean(value)})
    for outcome in counted:
        _add_test(suite, _class_name(graded), outcome)
    beside = [report.message if report.pitfall is not None else "", advice(report), report.printed]
    if text := "\n\n".join(part for part in beside if part):
        SubElement(suite, "system-out").text = _clean(text)


def _add_test(suite: Element, class_name: str, outcome: Outcome) -> None:
    test = SubElement(suite, "testcase", {"classname": class_name, "name": _clean(outcome.name)})
    if outcome.state == "passed":
        return
    first = outcome.text.partition("\n")[0]
    told = SubElement(test, _ELEMENTS[outcome.state], {"message": _clean(first or outcome.kind), "type": outcome.kind})
    about = f"{outcome.name}  {outcome.description}".rstrip()
    told.text = _clean("\n".join(line for line in (f"{outcome.kind}  {about}", outcome.text) if line))


def _counts(counted: Sequence[Outcome]) -> dict[str, str]:
    states = [outcome.state for outcome in counted]
    return {
        "tests": str(len(states)),
        "failures": str(states.count("failed")),
        "errors": str(states.count("errored")),
    }


def _class_name(graded: Graded) -> str:
    """Reports are kept apart by class, up to whose last dot everything is the package: the problem."""
    stem = "stdin" if graded.file == "-" else graded.file.removesuffix(".py").replace(".", "_")
    return _clean(f"{graded.report.problem}.{stem}")


def _seconds(graded: Sequence[Graded]) -> str:
    """Seconds with three digits after the point, the most that the schema allows."""
    return f"{sum(each.report.timings_ms.get('total', 0.0) for each in graded) / 1000:.3f}"


def _clean(text: str) -> str:
    return plain(text).translate(_NOT_XML)
