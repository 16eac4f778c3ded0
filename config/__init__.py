"""Wiring. Everything that runs the site loads its settings, and so this module first."""

import os

# The products of the matching kernel are thin: a second BLAS thread only waits, and
# workers are processes. Read by NumPy when it is imported (docs/matching.md).
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
