"""Forms of the guided description; each one fills one part."""
