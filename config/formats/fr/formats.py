"""Hours and days in French, by name: ``{{ moment|date:"TIME_FORMAT" }}``.

An hour is not cut at the end of a line: its spaces are U+00A0.
"""

TIME_FORMAT = "G\u00a0\\h\u00a0i"
DATETIME_FORMAT = f"l j F Y à {TIME_FORMAT}"
SHORT_DATETIME_FORMAT = f"j F Y à {TIME_FORMAT}"
