import numpy as np

# Rows and columns differ, in images and windows, and so do the numbers of channels.


def public():
    def array(values):
        return np.array(values, np.float32)

    return {
        # A window of one row and two columns: what is on the right, minus what is on the left.
        "one_channel": (
            array([[2.0, 1.0, 2.0], [0.0, 5.0, 5.0]])[None, :, :, None],
            array([-1.0, 1.0])[None, :, None, None],
        ),
        "two_channels": (
            np.stack(
                [
                    array([[1.0, 0.0, 2.0], [0.0, 1.0, 0.0], [3.0, 0.0, 1.0], [0.0, 2.0, 0.0]]),
                    array([[0.0, 1.0, 0.0], [1.0, 0.0, 1.0], [0.0, 1.0, 0.0], [1.0, 0.0, 1.0]]),
                ],
                axis=-1,
            )[None],
            np.stack(
                [array([[1.0, 2.0], [0.0, -2.0], [1.0, 0.0]]), array([[10.0, 0.0], [-1.0, 3.0], [0.0, 5.0]])],
                axis=-1,
            )[..., None],
        ),
    }


def hidden(rng):
    def layer(n, image, channels, window, outputs, scale=1.0):
        images = scale * rng.normal(size=(n, *image, channels))
        kernel = rng.normal(size=(*window, channels, outputs)) / np.sqrt(window[0] * window[1] * channels)
        return images.astype(np.float32), kernel.astype(np.float32)

    return {
        "one_pixel": layer(1, (1, 1), 2, (1, 1), 3),
        "window_of_one": layer(2, (5, 4), 3, (1, 1), 2),
        "window_as_large_as_the_image": layer(3, (4, 5), 1, (4, 5), 2),
        "one_column": layer(2, (6, 1), 2, (3, 1), 4),
        "three_by_two": layer(2, (9, 12), 8, (3, 2), 6),
        "wide": layer(1, (3, 16), 2, (2, 5), 1),
        # Of the same shape as three_by_two, and so the same program.
        "large_numbers": layer(2, (9, 12), 8, (3, 2), 6, scale=20.0),
    }
