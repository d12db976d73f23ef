"""Errors about PRNG keys.

Invariant: see ``app.judge.explain.advice``.
"""

from __future__ import annotations

from app.judge.explain.advice.entry import WORD, Advice

_KEY_FIRST = "Functions of `jax.random` take a key first: `jax.random.normal(key, shape)`."

RANDOMNESS = (
    Advice(
        "ValueError",
        rf"{WORD} accepts a single key, but was given a key array of shape",
        r"`jax.random.\1` takes one key, and this is an array of keys, as `jax.random.split` returns it.",
        "Take one of them, `key, other = jax.random.split(key)` or `keys[i]`, or map over them with `jax.vmap`.",
    ),
    Advice(
        "TypeError",
        "invalid PRNG key data|unexpected PRNG key type",
        "A function of `jax.random` was given something else where it takes a key.",
        f"{_KEY_FIRST} Make one from a seed with `jax.random.key(seed)`.",
    ),
    Advice(
        "KeyReuseError",
        "",
        "A key was used twice, and one key gives the same numbers each time.",
        "Split it, `key, other = jax.random.split(key)`, and use each part once.",
    ),
)
