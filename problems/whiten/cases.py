import numpy as np


def public():
    return {
        # The columns of this one have different means and variances, and nothing in common otherwise.
        "uncorrelated": (np.array([[3.0, 10.0], [1.0, 14.0], [3.0, 14.0], [1.0, 10.0]], np.float32),),
        "correlated": (np.array([[1.0, 0.0], [2.0, 3.0], [3.0, 2.0], [4.0, 5.0], [5.0, 6.0], [6.0, 5.0]], np.float32),),
    }


def hidden(rng):
    def data(examples, features, condition=10.0, around=0.0, scale=1.0):
        # White data first, then deviations of known sizes along random axes: the covariance has this condition number.
        white = rng.normal(size=(examples, features))
        white = np.sqrt(examples) * np.linalg.qr(white - white.mean(axis=0))[0]
        axes = np.linalg.qr(rng.normal(size=(features, features)))[0]
        deviations = white * np.geomspace(1.0, condition**-0.5, features) @ axes.T
        means = around * rng.uniform(1.0, 2.0, features) * rng.choice([-1.0, 1.0], features)
        return (scale * (means + deviations)).astype(np.float32)

    return {
        "one_column": (data(7, 1, around=2.0),),
        "two_examples": (np.array([[rng.uniform(1.0, 2.0)], [rng.uniform(-4.0, -3.0)]], np.float32),),
        "one_more_than_columns": (data(5, 4, around=1.0),),
        "strongly_correlated": (data(40, 6, condition=500.0, around=1.0),),
        # Three scales share a shape, and so a program.
        "means_in_the_hundreds": (data(30, 5, condition=2.0, around=100.0),),
        "tiny_entries": (data(30, 5, around=1.0, scale=1e-6),),
        "large_entries": (data(30, 5, around=-1.0, scale=1e5),),
    }
