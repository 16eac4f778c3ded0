"""A first conversation between fictitious organisations in touch."""

from collections.abc import Iterator

from alliances.models import Introduction, Membership, Organisation
from alliances.services.conversations import ClosedError, Written, send_message


def load_messages(
    rows: Iterator[dict[str, str]], organisations: dict[str, Organisation]
) -> None:
    """Send each message once; what people of the demonstration did since is theirs."""
    for number, row in enumerate(rows):
        own, other = organisations[row["key"]], organisations[row["other"]]
        between = Introduction.objects.between(own.pk, other.pk)
        introduction = between.order_by("opened_at").first()
        member = Membership.objects.filter(organisation=own).order_by("pk").first()
        if introduction is None or member is None:
            continue
        written = Written(row["body"], f"demonstration-{number}")
        try:
            send_message(introduction.pk, own, author=member.user, written=written)
        except ClosedError:
            continue
