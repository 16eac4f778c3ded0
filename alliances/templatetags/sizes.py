"""Sizes of files, in the units that people know."""

from django import template
from django.utils.formats import number_format
from django.utils.translation import gettext as _

register = template.Library()

KILO, MEGA = 1_000, 1_000_000


@register.filter
def octets(size_bytes: int) -> str:
    """Say a size: « 820 ko », « 1,4 Mo »."""
    if size_bytes < MEGA:
        return _("%s ko") % number_format(-(-size_bytes // KILO))
    return _("%s Mo") % number_format(round(size_bytes / MEGA, 1), decimal_pos=1)
