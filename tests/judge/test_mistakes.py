"""The golden table: typical mistakes of learners, and the exact text that each is told."""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest

from app.problems.published import Published
from sandbox.jobs import Sandbox
from tests.conftest import first_of_each
from tests.judge.mistakes import GOLDEN, SHIPPED, Mistake, golden, mistakes, publish_for, read_golden, told

MISTAKES = mistakes()
#: Problems of the table beside the shipped ones; how many of those it has, which file messages of their own beside; and
#: fewest mistakes in it.
OTHERS = {
    "adam_update",
    "attention",
    "conv1d",
    "euler_steps",
    "k_means_step",
    "layer_norm",
    "logistic_step",
    "rnn_scan",
    "segment_sums",
    "softmax_rows",
}
SHIPPED_COVERED, FEWEST = 6, 40
#: A number as it is written.
_NUMBER = re.compile(r"\d+(?:\.\d+)?(?:e[+-]?\d+)?")
#: The numbers that differ: from the worst element to the share that is off.
_FIGURES = re.compile(r"(At index \[[\d, ]*\]: e|E)xpected \S+, got .*?(elements are off \([^)]*\)\.|$)")


@pytest.fixture(scope="module")
def published_for(sandbox: Sandbox, tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Published]:
    """Publishes the problem of a mistake, each once."""

    @cache
    def of(slug: str) -> Published:
        folder: Path = tmp_path_factory.mktemp("mistakes")
        return publish_for(slug, folder, sandbox)

    return of


@pytest.mark.parametrize("mistake", first_of_each(3, MISTAKES, lambda mistake: mistake.slug))
def test_a_mistake_is_told_in_the_words_that_were_read(
    published_for: Callable[[str], Published], sandbox: Sandbox, mistake: Mistake
) -> None:
    """What learners are told changes without anybody having read it."""
    said, read = told(mistake, published_for(mistake.slug), sandbox), read_golden()[str(mistake)]
    same = _same_but_for_the_last_digit(said, read)
    assert same, f"write it with `python -m tests.judge.mistakes --write`, and read it:\n{said}"


def _same_but_for_the_last_digit(said: str, read: str) -> bool:
    """Whether the words and lines are the same, and of six digits that are shown at most the last is another.

    Processors add up a product of matrices in different orders. Columns are as wide as their longest number.
    """
    numbers = [_NUMBER.findall(text) for text in (said, read)]
    words = [[" ".join(line.split()) for line in _NUMBER.sub("0", text).splitlines()] for text in (said, read)]
    return words[0] == words[1] and all(_is_close(*pair) for pair in zip(*numbers, strict=True))


def _is_close(said: str, read: str) -> bool:
    """Counts and places are exact; only what is written with a point or an exponent was rounded."""
    rounded = not said.isdigit() and not read.isdigit()
    return said == read or (rounded and math.isclose(float(said), float(read), rel_tol=1e-5))


@pytest.mark.parametrize(
    ("said", "same"),
    [
        ("expected 0.25, got 0.924316 at [3]", True),
        ("expected 0.25, got  0.92431 at [3]", True),
        ("expected 0.25, got 0.924335 at [3]", False),
        ("expected 0.25, got 0.924315 at [4]", False),
        ("expects 0.25, got 0.924315 at [3]", False),
        ("expected 0.25, got -0.924315 at [3]", False),
        ("expected 0.25,\ngot 0.924315 at [3]", False),
        ("expected 0.25, got 0.924315 at [3] of 1000000", False),
    ],
)
def test_texts_are_told_apart_by_more_than_the_last_digit(*, said: str, same: bool) -> None:
    """The table would hold on one kind of processor, or hold whatever is said."""
    assert _same_but_for_the_last_digit(said, "expected 0.25, got 0.924315 at [3]") is same
    counts = [f"{said}, {count} of 1000000 are" for count in (999999, 1000000)]
    assert not _same_but_for_the_last_digit(*counts)


def test_the_table_covers_what_it_is_about_and_has_no_text_twice() -> None:
    """A kind of problem has no mistakes on file, or two mistakes cannot be told apart by what is said."""
    texts = read_golden()
    shipped = {path.parent.name for path in SHIPPED.glob("*/problem.toml")}
    covered = {mistake.slug for mistake in MISTAKES}
    assert OTHERS <= covered <= shipped | OTHERS
    assert len(covered & shipped) >= SHIPPED_COVERED
    assert list(texts) == [str(mistake) for mistake in MISTAKES]
    assert len(texts) >= FEWEST
    assert len(set(texts.values())) == len(texts)
    assert GOLDEN.read_text() == golden(texts)


def test_every_text_says_more_than_where_the_numbers_differ() -> None:
    """A mistake is told by its figures alone, without what made it and what to do."""
    for heading, text in read_golden().items():
        message = text.splitlines()[1]
        words = _FIGURES.sub("", message)
        assert len(words) > len("Case 'x': The result is wrong.") + 40, heading
