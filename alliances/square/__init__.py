"""The square of objectives: its geometry, its drawing, its words, its field.

``geometry`` and ``drawing`` are pure: they import nothing of Django.
"""
