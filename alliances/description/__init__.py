"""How an organisation describes itself: the steps, what each holds, what still lacks.

``parts`` is pure: it imports nothing of Django.
"""
