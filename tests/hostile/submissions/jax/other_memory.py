# verdicts: wrong_answer, not_traceable, sandbox_violation, runtime_error, compile_error
# Asks for its result in another kind of memory.
import jax


def solve(x, y):
    device = jax.devices()[0]
    kind = jax.sharding.SingleDeviceSharding(device, memory_kind="unpinned_host")
    return jax.device_put(0 * x, kind)
