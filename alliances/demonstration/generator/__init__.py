"""The script that draws the demonstration population; not used at run time."""
