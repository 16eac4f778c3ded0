"""What every test relies on: strictness, and people of each role."""

from tests.browser import browser_page, chromium

__all__ = ["browser_page", "chromium"]
