"""People who sign in, what they agreed to, and the keys they hold."""

from accounts.models.absence import Absence
from accounts.models.consent import Consent
from accounts.models.elevation import Elevation
from accounts.models.erasure import Erasure, ErasureRequest
from accounts.models.export import DataExport
from accounts.models.purge import Purge
from accounts.models.token import ApiToken
from accounts.models.user import User, UserManager

__all__ = [
    "Absence",
    "ApiToken",
    "Consent",
    "DataExport",
    "Elevation",
    "Erasure",
    "ErasureRequest",
    "Purge",
    "User",
    "UserManager",
]
