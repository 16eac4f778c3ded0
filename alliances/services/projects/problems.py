"""What is refused to a project; nothing was written."""


class DefaultError(Exception):
    """The main project cannot be deleted."""


class IncompleteError(Exception):
    """What matching needs is not all there: the project cannot be proposed yet."""


class PublishedError(Exception):
    """Only a draft is deleted; what others could read is closed instead."""


class UnpublishedError(Exception):
    """A draft or a closed project can neither be paused nor become the main one."""


class TooManyError(Exception):
    """The organisation has as many projects as one may have."""
