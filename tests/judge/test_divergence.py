"""Differences of distributions in words: figures on public cases, the kind alone on hidden ones."""

from __future__ import annotations

from dataclasses import replace
from typing import get_args

import pytest

from app.judge.explain.divergence import Divergence, What, explain_divergence, explain_hidden_divergence
from tests.judge.random_programs import F32, WRONG, against, normal


def test_a_public_difference_is_told_with_its_figures() -> None:
    """A learner was told that the distribution is wrong, but not in what way."""
    spread = against(lambda r: (normal(r), normal(r, 3)), lambda r: (normal(r) * F32(1.5), normal(r, 3)), 1)
    assert spread is not None
    assert explain_divergence(spread) == (
        "The standard deviation of `result[0]` is 1.49, the reference's 0.997, over 256 keys."
    )
    twin = against(*WRONG["key used for two leaves"][:2], 1)
    assert twin is not None
    assert explain_divergence(twin).startswith("`result[0]` and `result[1]` have a correlation of 0.99")
    assert explain_divergence(twin).endswith("Is one key used twice?")
    counter = against(*WRONG["step counter"][:2])
    assert counter is not None
    assert (
        explain_divergence(counter) == "`result[1]` is 4 on average over 256 keys, where the reference's is always 3."
    )
    unseen = against(*WRONG["one unsampled element of a large constant"][:2])
    assert unseen is not None
    assert explain_divergence(unseen) == "`result[1]` does not depend on the key, but is wrong over 256 keys."


@pytest.mark.parametrize("what", get_args(What))
def test_a_hidden_difference_is_told_without_figures(what: What) -> None:
    """A figure, an index or a path of a hidden case was told, or a kind had no words."""
    told = explain_hidden_divergence(Divergence(what, "['w']", 0, (3,), 0.0002, (256, 256), 1.25, 2.5))
    plain = Divergence(what, "", None, None, 0.001, (8, 9))
    assert told == explain_hidden_divergence(plain)
    assert not any(character.isdigit() for character in told)
    assert explain_divergence(plain)
    assert explain_divergence(replace(plain, expected=1.0, got=2.0, axis=1))
