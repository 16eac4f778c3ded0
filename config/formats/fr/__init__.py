"""How the site writes in French."""
