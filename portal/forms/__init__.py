"""What people fill in on the pages of the portal."""

from portal.forms.start import StartForm

__all__ = ["StartForm"]
