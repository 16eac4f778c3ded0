"""Whole rows screened by compiled loops: what ``screening`` does by blocks of NumPy.

Reached through :mod:`matching.kernel.accelerated` alone, when it is asked for: Numba
takes a quarter of a second to import, and may not be installed.
"""
