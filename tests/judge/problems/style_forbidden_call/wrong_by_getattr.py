# rule_broken forbidden_call
import jax


def style_forbidden_call(x):
    return getattr(jax.numpy, "cumsum")(x)
