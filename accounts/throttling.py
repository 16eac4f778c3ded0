"""Limits as a request meets them: who asks, from where, and the page that says wait."""

import ipaddress
import math
from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import ngettext

from accounts.limits import ADDRESS, allow, seconds_to_wait

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponse]
TOO_MANY = 429
IPV6_SUBSCRIBER = 64  # a subscriber is given that many bits of an IPv6 address
MINUTES_TOLD = 90  # beyond, hours are told
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS", "TRACE"})


def address_of(request: HttpRequest) -> str:
    """Name where ``request`` comes from, as the proxies that we run saw it.

    Whatever else ``X-Forwarded-For`` says was written by whoever asks.
    """
    trusted = settings.TRUSTED_PROXY_COUNT
    text = request.META.get("REMOTE_ADDR", "")
    if trusted:
        hops = request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")
        text = hops[-min(trusted, len(hops))].strip() or text
    return ADDRESS + _subscriber(text)


def _subscriber(text: str) -> str:
    try:
        address = ipaddress.ip_address(text)
    except ValueError:
        return "unknown"
    if isinstance(address, ipaddress.IPv6Address):
        if address.ipv4_mapped:
            return str(address.ipv4_mapped)
        return str(ipaddress.ip_network((address, IPV6_SUBSCRIBER), strict=False))
    return str(address)


def everyone_asking(request: HttpRequest) -> list[str]:
    """Name who is counted for ``request``: the person signed in, and the address."""
    user = request.user
    person = [user.public_id] if user.is_authenticated else []
    return [*person, address_of(request)]


def allow_request(request: HttpRequest, action: str) -> bool:
    """Count one ``action`` of the person and of the address behind ``request``."""
    return all(allow(action, who=who) for who in everyone_asking(request))


def too_many(request: HttpRequest, action: str) -> HttpResponse:
    """Answer that it was too often, with the time to wait."""
    seconds = max(seconds_to_wait(action, who=who) for who in everyone_asking(request))
    response = render(request, "429.html", {"wait": _words(seconds)}, status=TOO_MANY)
    response["Retry-After"] = str(seconds)
    return response


def _words(seconds: int) -> str:
    """Say a wait as one says it, never shorter than it is."""
    minutes = math.ceil(seconds / 60)
    if minutes <= MINUTES_TOLD:
        return ngettext("une minute", "%(n)d minutes", minutes) % {"n": minutes}
    hours = math.ceil(minutes / 60)
    return ngettext("une heure", "%(n)d heures", hours) % {"n": hours}


def limited(action: str, *, reads: bool = False) -> Callable[[View[P]], View[P]]:
    """Hold a view to the rates of ``action``: what it changes, or with ``reads`` all."""

    def decorate(view: View[P]) -> View[P]:
        @wraps(view)
        def counted(
            request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs
        ) -> HttpResponse:
            counts = reads or request.method not in SAFE_METHODS
            if counts and not allow_request(request, action):
                return too_many(request, action)
            return view(request, *args, **kwargs)

        return counted

    return decorate
