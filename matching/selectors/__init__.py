"""What matching reads: the population as arrays, stored proposals, runs.

For pages, see ``matching.selectors.proposals`` (the names are listed there). Modules
that compute import NumPy: import them where they are needed, not when the site starts.
"""
