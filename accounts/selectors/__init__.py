"""What accounts reads for others."""
