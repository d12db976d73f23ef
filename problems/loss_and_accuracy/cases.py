import numpy as np

# D, K and N always differ, so that nothing transposed has a right shape by accident.


def public():
    return {
        "four_points": (
            (np.array([[2.0, -1.0, 0.0], [0.0, 1.0, -1.0]], np.float32), np.array([0.0, 0.5, 0.0], np.float32)),
            np.array([[1.0, 0.0], [0.0, 2.0], [-1.0, 1.0], [0.0, -3.0]], np.float32),
            np.array([0, 1, 2, 2], np.int32),
        ),
        # All scores are equal, so the first class is predicted.
        "nothing_learned": (
            (np.zeros((3, 2), np.float32), np.zeros(2, np.float32)),
            np.array([[1.0, 2.0, 3.0], [-1.0, 0.0, 1.0], [0.5, 0.5, 0.0], [1.0, 1.0, 1.0]], np.float32),
            np.array([0, 1, 0, 0], np.int32),
        ),
    }


def hidden(rng):
    def case(count, features, classes, scale=1.0):
        w = (scale * rng.normal(size=(features, classes))).astype(np.float32)
        b = (scale * rng.normal(size=classes)).astype(np.float32)
        kept = []
        while len(kept) < count:
            point = rng.normal(size=features).astype(np.float32)
            scores = np.sort(point.astype(np.float64) @ w + b)
            # The winner is clear: rounding must not decide what is predicted.
            if scores[-1] - scores[-2] > 0.02 * scale:
                kept.append(point)
        x = np.stack(kept)
        # Every other label, on average, is the predicted class; the rest is drawn.
        labels = rng.integers(0, classes, count)
        predicted = np.argmax(x.astype(np.float64) @ w + b, axis=1)
        labels = np.where(rng.uniform(size=count) < 0.5, predicted, labels)
        return (w, b), x, labels.astype(np.int32)

    # With the sizes of scores_in_the_hundreds, whose program it shares.
    nothing = case(12, 5, 4)
    nothing[0][0][:] = 0.0
    nothing[0][1][:] = 0.0
    return {
        "one_example": case(1, 5, 3),
        "two_classes": case(13, 4, 2),
        "one_feature": case(9, 1, 5),
        "all_scores_equal": nothing,
        "scores_in_the_hundreds": case(12, 5, 4, scale=150.0),
        "ten_classes": case(64, 7, 10),
        "many_examples": case(300, 6, 5),
    }
