"""One row is locked before anything of a session is counted: its own."""

from rendezvous.models import Session


def lock_session(session: Session) -> Session:
    """Wait for whoever changes this session, and read it again."""
    return Session.objects.select_for_update(no_key=True).get(pk=session.pk)
