# verdicts: sandbox_violation, runtime_error
# JAX's own network: a coordinator that others could join.
import jax

jax.distributed.initialize("127.0.0.1:12345", num_processes=1, process_id=0)


def solve(x, y):
    return x
