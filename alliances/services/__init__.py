"""Writes on organisations; each module is one subject."""
