"""Reads on organisations that join tables; each module is one subject."""
