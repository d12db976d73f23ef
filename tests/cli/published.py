"""What others publish about the formats that they read, as tables to hold a document against.

Written from Gradescope's autograder specification ("Output format"), PrairieLearn's page "External grading" ("Grading
results") and the schema of Jenkins's xUnit plugin (junit-10.xsd).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any
from xml.etree.ElementTree import Element

NUMBER = (int, float)
#: A field's type, or the texts that it may be.
Shape = type | tuple[type, ...] | frozenset[str]

_FORMATS = frozenset({"text", "html", "simple_format", "md", "ansi"})
_VISIBILITIES = frozenset({"hidden", "after_due_date", "after_published", "visible"})

GRADESCOPE: Mapping[str, Shape] = {
    "score": NUMBER,
    "execution_time": NUMBER,
    "output": str,
    "output_format": _FORMATS,
    "test_output_format": _FORMATS,
    "test_name_format": _FORMATS,
    "visibility": _VISIBILITIES,
    "stdout_visibility": _VISIBILITIES,
    "extra_data": dict,
    "tests": list,
    "leaderboard": list,
}
GRADESCOPE_TEST: Mapping[str, Shape] = {
    "score": NUMBER,
    "max_score": NUMBER,
    "status": frozenset({"passed", "failed"}),
    "name": str,
    "name_format": _FORMATS,
    "number": str,
    "output": str,
    "output_format": _FORMATS,
    "tags": list,
    "visibility": _VISIBILITIES,
    "extra_data": dict,
}

PRAIRIELEARN: Mapping[str, Shape] = {
    "gradable": bool,
    "score": NUMBER,
    "message": str,
    "output": str,
    "images": list,
    "tests": list,
    "format_errors": (str, list),
}
PRAIRIELEARN_TEST: Mapping[str, Shape] = {
    "name": str,
    "description": str,
    "points": NUMBER,
    "max_points": NUMBER,
    "message": str,
    "output": str,
    "images": list,
}
#: Most bytes of PrairieLearn's results file.
PRAIRIELEARN_BYTES = 1_000_000

_TIME = r"(([0-9]{0,3},)*[0-9]{3}|[0-9]{0,3})*(\.[0-9]{0,3})?"
_COUNT, _ANY = r"[0-9]+", r"(?s).*"
#: Element -> attributes with their patterns (those with ``!`` are required), then the elements that it may hold.
JUNIT: Mapping[str, tuple[Mapping[str, str], frozenset[str]]] = {
    "testsuites": (
        {"name": _ANY, "time": _TIME, "tests": _COUNT, "failures": _COUNT, "errors": _COUNT},
        frozenset({"testsuite"}),
    ),
    "testsuite": (
        {"name!": _ANY, "tests!": _COUNT, "failures!": _COUNT, "errors!": _COUNT, "group": _ANY, "time": _TIME}
        | {"skipped": _COUNT, "timestamp": _ANY, "hostname": _ANY, "id": _ANY, "package": _ANY, "file": _ANY},
        frozenset({"testsuite", "properties", "testcase", "system-out", "system-err"}),
    ),
    "properties": ({}, frozenset({"property"})),
    "property": ({"name!": _ANY, "value!": _ANY}, frozenset()),
    "testcase": (
        {"name!": _ANY, "time": _TIME, "classname": _ANY, "group": _ANY},
        frozenset({"skipped", "error", "failure", "system-out", "system-err"}),
    ),
    "failure": ({"type": _ANY, "message": _ANY}, frozenset()),
    "error": ({"type": _ANY, "message": _ANY}, frozenset()),
    "skipped": ({"type": _ANY, "message": _ANY}, frozenset()),
    "system-out": ({}, frozenset()),
    "system-err": ({}, frozenset()),
}


def differences(document: Mapping[str, Any], fields: Mapping[str, Shape]) -> list[str]:
    """Every field of ``document`` that is not in ``fields``, or is something else than they say."""
    return [f"{name}: {value!r}" for name, value in document.items() if not _fits(value, fields.get(name))]


def _fits(value: object, shape: Shape | None) -> bool:
    if shape is None:
        return False
    if isinstance(shape, frozenset):
        return value in shape
    # A truth value is a number for Python, and not for whoever reads JSON.
    return isinstance(value, shape) and (shape is bool or not isinstance(value, bool))


def junit_differences(element: Element) -> Iterator[str]:
    """Everything at and below ``element`` that the schema does not allow."""
    attributes, children = JUNIT[element.tag]
    patterns = {name.rstrip("!"): pattern for name, pattern in attributes.items()}
    for name, value in element.attrib.items():
        if name not in patterns or not re.fullmatch(patterns[name], value):
            yield f"{element.tag}: {name}={value!r}"
    for name in attributes:
        if name.endswith("!") and name.rstrip("!") not in element.attrib:
            yield f"{element.tag}: no {name}"
    for child in element:
        if child.tag in children:
            yield from junit_differences(child)
        else:
            yield f"{element.tag}: a {child.tag}"
