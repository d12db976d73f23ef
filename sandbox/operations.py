"""The names of what a vetted program may be made of, without JAX: for whoever reads them in a problem.

Invariant: the vetter lets an operation or a custom call through only if its name is here.
"""

from __future__ import annotations

from collections.abc import Mapping

from sandbox.inside import cuda, lapack

#: StableHLO operations that compute with arrays and nothing else. Missing on purpose: everything that talks to other
#: devices or the host (send, recv, infeed, outfeed, collectives), hidden random state (rng), and dynamic shapes.
NAMES = frozenset(
    """abs add and atan2 bitcast_convert broadcast_in_dim case cbrt ceil cholesky clamp compare complex
composite concatenate constant convert convolution cosine count_leading_zeros custom_call divide dot_general
dynamic_slice dynamic_update_slice exponential exponential_minus_one fft floor gather if imag iota
is_finite log log_plus_one logistic map maximum minimum multiply negate not optimization_barrier or pad popcnt power
real reduce reduce_precision reduce_window remainder reshape return reverse rng_bit_generator round_nearest_afz
round_nearest_even rsqrt scatter select select_and_scatter shift_left shift_right_arithmetic shift_right_logical sign
sine slice sort sqrt subtract tan tanh transpose triangular_solve while xor""".split()
)

#: What stands before the target of a custom call that a rule names: ``custom_call:lapack_sgetrf_ffi``.
CUSTOM_CALL = "custom_call:"

#: Targets of custom calls by what a program is lowered for.
TARGETS: Mapping[str, tuple[str, ...]] = {"cpu": lapack.TARGETS, "cuda": cuda.TARGETS}


def known(platform: str) -> frozenset[str]:
    """Every name by which a rule can mean a part of a program for ``platform``; ``return`` is in every loop."""
    return (NAMES - {"return"}) | {CUSTOM_CALL + target for target in TARGETS[platform]}
