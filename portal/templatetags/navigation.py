"""Links of the header and the footer, which know the page they stand on."""

from django import template
from django.core.paginator import Paginator
from django.http import HttpRequest
from django.template import Context
from django.urls import NoReverseMatch, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

register = template.Library()


@register.simple_tag(takes_context=True)
def nav_link(context: Context, route: str, label: str) -> SafeString | str:
    """Render one entry of a navigation list, or nothing while its page does not exist."""
    try:
        url = reverse(route)
    except NoReverseMatch:
        return ""
    current = aria_current(context.get("request"), url)
    if current:
        return format_html(
            '<li><a href="{}" aria-current="{}">{}</a></li>', url, current, label
        )
    return format_html('<li><a href="{}">{}</a></li>', url, label)


def aria_current(request: HttpRequest | None, url: str) -> str:
    """Say ``page`` on the page itself, ``true`` on the pages below it."""
    if request is None:
        return ""
    if request.path == url:
        return "page"
    return "true" if url != "/" and request.path.startswith(url) else ""


@register.filter
def page_range(paginator: Paginator, number: int) -> list[int | str]:
    """List the page numbers to print around ``number``, with gaps."""
    pages = paginator.get_elided_page_range(number, on_each_side=1, on_ends=1)
    return list(pages)
