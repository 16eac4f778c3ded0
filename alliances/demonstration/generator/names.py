"""Invented names, each given once."""

import random


class Names:
    """Draw names from patterns and invented proper nouns."""

    def __init__(self, nouns: list[str], forbidden: set[str]) -> None:
        real = sorted(set(nouns) & forbidden)
        if real:
            message = f"these nouns are names of communes: {real}"
            raise ValueError(message)
        self.nouns = nouns
        self.given: set[str] = set()

    def drawn(self, patterns: list[str], draw: random.Random) -> str:
        """Return a name that no other organisation bears."""
        while True:
            name = elided(draw.choice(patterns), draw.choice(self.nouns))
            if name not in self.given:
                self.given.add(name)
                return name


def elided(pattern: str, noun: str) -> str:
    """Return the pattern with its noun, ``de`` shortened before a vowel.

    Examples
    --------
    >>> elided("Le Fil de {n}", "Orzelle"), elided("Le Fil de {n}", "Brumelle")
    ('Le Fil d’Orzelle', 'Le Fil de Brumelle')
    """
    if noun[0] in "AÉEIOUYH":
        pattern = pattern.replace("de {n}", "d’{n}")
    return pattern.replace("{n}", noun)
