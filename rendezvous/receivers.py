"""What sessions do when something below them changes."""

from typing import Any

from django.dispatch import receiver

from alliances.models import Organisation
from alliances.signals import organisations_merge
from rendezvous.services.merging import (
    fuse_encounters,
    fuse_group_members,
    fuse_invitations,
    fuse_registrations,
)


@receiver(organisations_merge)
def fuse_what_is_there_once(
    kept: Organisation, absorbed: Organisation, **kwargs: Any
) -> None:
    fuse_registrations(kept, absorbed)
    fuse_encounters(kept, absorbed)
    fuse_invitations(kept, absorbed)
    fuse_group_members(kept, absorbed)
