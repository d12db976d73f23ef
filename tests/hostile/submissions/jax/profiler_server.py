# verdicts: sandbox_violation, runtime_error
# A server inside the process.
import jax

jax.profiler.start_server(9999)
raise SystemExit("a server was started")


def solve(x, y):
    return x
