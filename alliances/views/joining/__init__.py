"""Pages of the team, of invitations and of requests to join."""
