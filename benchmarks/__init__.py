"""Measures of the project; see ``python -m benchmarks``."""

import os

# The engine's matrix products are thin: one thread each is faster, and on a busy
# machine several times so. To be set before NumPy is first imported.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
