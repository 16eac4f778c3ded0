"""What writes about people: one transaction per service."""
