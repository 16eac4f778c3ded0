"""SIREN, SIRET and RNA numbers: what makes one right, and what to say of a wrong one.

``checks`` is pure: it imports nothing of Django.
"""
