"""Keys of the API."""

from accounts.models import ApiToken, User
from accounts.scopes import Scope
from accounts.services.tokens import issue_token


def key_of(user: User, *scopes: Scope, label: str = "clé") -> tuple[ApiToken, str]:
    """Make a key for everything, or for ``scopes``; return it with its secret."""
    return issue_token(user, label=label, scopes=scopes or list(Scope), days=30)
