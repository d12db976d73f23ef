import numpy as np


def public():
    return {
        "ones_between": (np.array([1.0, 1e8, 1.0, -1e8], np.float32),),
        "plain": (np.array([0.5, -2.0, 4.25], np.float32),),
        "large_first": (np.array([3e7, 0.5, 0.25, -3e7, 1.0], np.float32),),
    }


def hidden(rng):
    def shuffled(small, large):
        """Small terms among large ones, each of which comes with both signs."""
        x = np.concatenate([small, large, -large]).astype(np.float32)
        return rng.permutation(x)

    def small(size):
        return rng.uniform(0.5, 1.5, size)

    def large(size, scale):
        return rng.choice([-1.0, 1.0], size) * rng.uniform(0.3, 3.0, size) * scale

    large_at_the_ends = np.concatenate([large(1, 1e8), small(29), [0.0]]).astype(np.float32)
    large_at_the_ends[-1] = -large_at_the_ends[0]
    return {
        "one": (small(1).astype(np.float32),),
        "nine": (shuffled(small(5), large(2, 1e7)),),
        "large_at_the_ends": (large_at_the_ends,),
        "below_zero": (-shuffled(small(181), large(60, 1e6)),),
        "some_hundred": (shuffled(small(101), large(100, 1e6)),),
        "many_small": (small(1000).astype(np.float32),),
        "many_that_cancel": (shuffled(small(444), large(278, 3e5)),),
    }
