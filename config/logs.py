"""What the application logs: one line an event, with whose request it was.

Never an e-mail address, a telephone number or a key: what looks like one is replaced in
every text, that of an error included (docs/decisions/0138).
"""

import re
from collections.abc import Callable, MutableMapping
from typing import Any

import structlog
from django.http import HttpRequest, HttpResponse

from accounts.public_id import new_public_id

Event = MutableMapping[str, Any]

# In this order: what names its secret first, then what only looks like one.
SECRETS = (
    (re.compile(r"[^\s@'\"<>()=&?/]+(?:@|%40)[\w.-]+", re.IGNORECASE), "[adresse]"),
    (
        re.compile(
            r"((?:password\d?|token|secret|cookie|authorization|csrfmiddlewaretoken|"
            r"code|key|sessionid)[\"']?\s*[=:]\s*[\"']?)[^\s\"'&;,]+",
            re.IGNORECASE,
        ),
        r"\1[clé]",
    ),
    (
        re.compile(
            r"(?<![\w.])(?:\+33|0033|0)[\s.-]?[1-9](?:[\s.-]?[0-9]{2}){4}(?![\w])"
        ),
        "[numéro]",
    ),
    (re.compile(r"[A-Za-z0-9_=-]{28,}"), "[clé]"),
)


def redacted(text: str) -> str:
    """Return ``text`` without what designates a person or opens a door."""
    for pattern, instead in SECRETS:
        text = pattern.sub(instead, text)
    return text


def redact(logger: object, method: str, event: Event) -> Event:
    """Clean every text of an event (a processor of structlog)."""
    return {name: _clean(value) for name, value in event.items()}


def _clean(value: object) -> object:
    if isinstance(value, str):
        return redacted(value)
    if isinstance(value, (int, float, type(None))):
        return value
    return redacted(str(value))


BEFORE = [
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_log_level,
    structlog.stdlib.add_logger_name,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
    structlog.processors.format_exc_info,
]


def logging_settings(*, as_json: bool, level: str) -> dict[str, Any]:
    """Return ``LOGGING``: everything to the standard error, cleaned."""
    renderer = (
        structlog.processors.JSONRenderer(ensure_ascii=False)
        if as_json
        else structlog.dev.ConsoleRenderer(colors=False)
    )
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "clean": {
                "()": structlog.stdlib.ProcessorFormatter,
                "foreign_pre_chain": BEFORE,
                "processors": [
                    structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                    redact,
                    renderer,
                ],
            }
        },
        "handlers": {
            "console": {"class": "logging.StreamHandler", "formatter": "clean"}
        },
        "root": {"handlers": ["console"], "level": level},
        # Nothing by mail: an error report holds what people typed.
        "loggers": {"django": {"handlers": [], "level": level, "propagate": True}},
    }


class LogContextMiddleware:
    """Say with each line which request it is of, of whom and about what."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        # Kept until the next one: Django still logs a refusal when this is over.
        structlog.contextvars.clear_contextvars()
        structlog.contextvars.bind_contextvars(request=new_public_id())
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: object, args: object, kwargs: dict[str, Any]
    ) -> None:
        match = request.resolver_match
        bound = {
            "user": getattr(request.user, "public_id", None),
            "page": match.view_name if match else None,
            # The public identifier in an address is an organisation’s, or is named.
            "organisation": kwargs.get("public_id"),
        }
        structlog.contextvars.bind_contextvars(
            **{name: value for name, value in bound.items() if value}
        )
