"""allclose: a self-hosted autograder for JAX exercises. See ARCHITECTURE.md for the map."""

import os

# Verdicts are judged side by side, on cores that sandboxes share. There, threads of BLAS wait for each other: a test of
# random results takes three times as long. NumPy reads this when it is imported.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
