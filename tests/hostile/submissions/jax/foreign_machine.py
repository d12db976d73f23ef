# verdicts: not_traceable, runtime_error, sandbox_violation, wrong_answer
# A program for many devices that talk to each other.
import jax


def solve(x, y):
    return jax.pmap(lambda a: jax.lax.psum(a, "i"), axis_name="i")(x[None])[0] * 0
