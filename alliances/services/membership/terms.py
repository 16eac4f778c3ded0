"""The delays and bounds of joining, and why (docs/decisions/0110, 0111)."""

from datetime import timedelta

INVITATION_LIFETIME = timedelta(days=14)
INVITATIONS_MAX = 20  # waiting at once, per organisation
SENDS_MAX = 5
SENDS_APART = timedelta(minutes=10)

CLAIM_ANSWER = timedelta(days=7)  # the members' alone, then the catalyst's too
CLAIM_LIFETIME = timedelta(days=30)
CLAIMS_MAX = 5  # waiting at once, per person
CLAIM_AGAIN = timedelta(days=30)  # after a refusal

# Between an approved request to join and the naming of a signatory.
SIGNATORY_DELAY = timedelta(hours=48)
