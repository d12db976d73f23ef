import numpy as np

# All sizes differ within each case, and H times K is not D: reshaping in a wrong order does not pass by accident.


def block(rng, length, size, heads, head_size, width, scale=1.0):
    def array(*shape, deviation=1.0):
        return (deviation * rng.normal(size=shape)).astype(np.float32)

    def norm():
        return {"gain": rng.uniform(0.5, 1.5, size).astype(np.float32), "bias": array(size, deviation=0.5)}

    projection = (size, heads, head_size)
    params = {
        "norm1": norm(),
        "attention": {
            "query": array(*projection, deviation=size**-0.5),
            "key": array(*projection, deviation=size**-0.5),
            "value": array(*projection, deviation=size**-0.5),
            "out": array(heads, head_size, size, deviation=(heads * head_size) ** -0.5),
        },
        "norm2": norm(),
        "mlp": {
            "w_in": array(size, width, deviation=size**-0.5),
            "b_in": array(width, deviation=0.5),
            "w_out": array(width, size, deviation=width**-0.5),
            "b_out": array(size, deviation=0.5),
        },
    }
    return params, array(length, size, deviation=scale)


def rounded(argument):
    # Numbers that are easy to read.
    if isinstance(argument, dict):
        return {name: rounded(each) for name, each in argument.items()}
    return argument.round(1)


def public():
    rng = np.random.default_rng(3)
    mlp_only = rounded(block(rng, 2, 3, 1, 2, 4)[0]), np.array([[1.0, 1.0, 4.0], [0.0, -2.0, 2.0]], np.float32)
    mlp_only[0]["attention"]["out"][:] = 0
    attention_only = rounded(block(rng, 3, 4, 2, 1, 5)[0]), rng.integers(-3, 4, (3, 4)).astype(np.float32)
    attention_only[0]["mlp"]["w_out"][:] = 0
    attention_only[0]["mlp"]["b_out"][:] = 0
    params, x = block(rng, 4, 3, 2, 1, 5)
    return {"mlp_only": mlp_only, "attention_only": attention_only, "both": (rounded(params), rounded(x))}


def hidden(rng):
    # Cases that are there for their numbers have the sizes of three_heads, and so share its program.
    flat = block(rng, 7, 8, 3, 5, 16)
    flat[0]["attention"]["query"][:] = 0.0
    decided = block(rng, 7, 8, 3, 5, 16)
    for name in ("query", "key"):
        decided[0]["attention"][name] *= np.float32(6.0)
    return {
        "one_position": block(rng, 1, 6, 2, 4, 5),
        "one_head": block(rng, 5, 4, 1, 3, 7),
        "three_heads": block(rng, 7, 8, 3, 5, 16),
        "heads_of_length_one": block(rng, 6, 5, 4, 1, 3),
        # Variances around 1e-5: here it shows where that number stands.
        "quiet_stream": block(rng, 7, 8, 3, 5, 16, scale=3e-3),
        "large_stream": block(rng, 7, 8, 3, 5, 16, scale=30.0),
        "scores_all_zero": flat,
        # Some scores are more than a hundred above others.
        "decided": decided,
        "longer": block(rng, 24, 10, 4, 3, 20),
    }
