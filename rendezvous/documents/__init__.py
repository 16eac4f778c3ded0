"""What is printed and downloaded: pages, workbooks, calendars, from plain values.

``press`` sets a template of ``templates`` in type, apart from the site; ``printable``
keeps what fonts can print; ``workbook``, ``agenda`` and ``qr`` write their formats.
Nothing here knows of Django: selectors bring values, with their words.
"""
