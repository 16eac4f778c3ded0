"""The only place that writes proposals, runs and configurations.

``configuration``: the active weights; ``runs``: asking for a computation;
``changes``: what an edit asks for; ``computing`` and ``refreshing``: the work itself;
``storage``: rows into the table. The last three import NumPy: import them where they
are used.
"""
