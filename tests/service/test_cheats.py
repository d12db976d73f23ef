"""Cheats that have worked on public graders, and comparisons that have let wrong results pass, through the API."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.faults.service import RealService
from tests.judge import small
from tests.judge.small import Answer

#: Small problems whose wrong answers are such cheats and results.
SLUGS = ("cheats", "in_float64", "large_integers", "relative_to_the_reference", "tiny_values")


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RealService]:
    """A real service that has published the problems."""
    folder: Path = tmp_path_factory.mktemp("cheats")
    for slug in SLUGS:
        small.problem(slug, folder / "authored")
    made = RealService(folder, {}, [folder / "authored" / slug for slug in SLUGS])
    made.start()
    yield made
    made.stop()


@pytest.mark.parametrize("answer", [answer for slug in SLUGS for answer in small.answers(slug)], ids=str)
def test_a_cheat_fails_through_the_api_as_it_should(service: RealService, answer: Answer) -> None:
    """What the judge refuses, the service would accept: from what it stores, or from what it tells."""
    told = service.wait(service.submit(answer.source, answer.slug))
    report = told["report"]
    assert " ".join(filter(None, (report["verdict"], report["reason"]))) == answer.verdict, report["message"]
    for case in report["cases"]:
        assert case["public"] or not any(sign in case["message"] for sign in ("expected", "index", "error of"))
