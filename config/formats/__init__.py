"""How the site writes what varies with the language."""
