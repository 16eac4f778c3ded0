"""What every test relies on: strictness, and people of each role."""
