"""The cache in Redis, without which the site goes on."""

import logging
from typing import Any

from django.core.cache.backends.redis import RedisCache
from redis.exceptions import RedisError

logger = logging.getLogger(__name__)


class SoftRedisCache(RedisCache):
    """Remember nothing while Redis is away, rather than fail.

    Limits are then not counted; the proxy still bounds what reaches the site. Only
    what the site uses is softened: a new use shows by its failure.
    """

    def get(self, key: Any, default: Any = None, version: int | None = None) -> Any:
        try:
            return super().get(key, default, version)
        except RedisError:
            _warn()
            return default

    def set(self, key: Any, value: Any, *args: Any, **kwargs: Any) -> None:
        try:
            super().set(key, value, *args, **kwargs)
        except RedisError:
            _warn()

    def add(self, key: Any, value: Any, *args: Any, **kwargs: Any) -> bool:
        try:
            return bool(super().add(key, value, *args, **kwargs))
        except RedisError:
            _warn()
            return True

    def delete(self, key: Any, version: int | None = None) -> bool:
        try:
            return bool(super().delete(key, version))
        except RedisError:
            _warn()
            return False


def _warn() -> None:
    logger.warning("Redis does not answer: nothing is cached, no limit is counted.")
