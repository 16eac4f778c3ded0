"""What every request goes through before a view sees it."""
