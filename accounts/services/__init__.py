"""What accounts writes."""
