"""Files of organisations, read without Django: bytes in, rows and problems out.

Format: ``docs/interchange.md``. Nothing here opens a file, reads the clock or the
database; what depends on the base (territories, existing organisations) is checked by
``alliances.services.imports``.

* ``decoding``: bytes to text, UTF-8 or a problem that says what to do;
* ``records``: text to rows of cells, strict RFC 4180;
* ``header``: which cell belongs to which column;
* ``columns``: the rule of each column;
* ``reader``: all of it, from bytes to ``OrganisationRow`` and ``Problem``;
* ``neutralise``: texts that a spreadsheet would run as a formula.

Line numbers are physical: the line of the file on which the row starts, the header
being line 1, even when an earlier cell holds line breaks.
"""
