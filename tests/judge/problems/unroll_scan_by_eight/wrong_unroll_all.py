# rule_broken unrolled
import jax


def unroll_scan_by_eight(x):
    return jax.lax.scan(lambda c, a: (0.5 * c + a, None), 0.0, x, unroll=len(x))[0]
