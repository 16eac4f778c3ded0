"""Links to pages that other applications, or later pieces, own: none while absent."""

from django.urls import NoReverseMatch, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from alliances.models import Organisation


def url_or_none(route: str, *args: str) -> str | None:
    """Return the address of ``route``, or None while its page does not exist."""
    try:
        return reverse(route, args=args)
    except NoReverseMatch:
        return None


def organisation_link(organisation: Organisation) -> SafeString | str:
    """Return the name of an organisation, linked to its page when it is public."""
    url = url_or_none("alliances:organisation_detail", organisation.public_id)
    if url is None or organisation.archived_at is not None:
        return organisation.name
    return format_html('<a href="{}">{}</a>', url, organisation.name)
