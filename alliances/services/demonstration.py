"""Load the demonstration: the population by the import, the rest beside it."""

import csv
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from accounts.services.addresses import mark_verified
from alliances.demonstration import FOLDER, SOURCE, Account, accounts
from alliances.enums import RESPONSIBLE_ROLES, MandateRole, MembershipRole
from alliances.models import Establishment, Mandate, Membership, Organisation
from alliances.services.imports import Options, Report, import_organisations
from territories.selectors import resolve, resolve_many

# What members changed by hand in the demonstration, or staff merged, stays as it is.
KEPT = ("taken_over", "merged")


class DemonstrationError(RuntimeError):
    """The files of the demonstration cannot be loaded."""


@dataclass(frozen=True)
class Loaded:
    """What was loaded, and who may sign in."""

    report: Report
    accounts: list[Account]


@transaction.atomic
def load_demonstration() -> Loaded:
    """Load the fictitious population and its accounts; safe to run again."""
    report = import_organisations(
        (FOLDER / "organisations.csv").read_bytes(),
        source=SOURCE,
        options=Options(partial=True, fictitious=True),
    )
    wrong = [error for error in report.errors if error.code not in KEPT]
    if wrong or not report.is_accepted:
        first = wrong[0] if wrong else None
        message = f"{first.line}, {first.column}: {first.message}" if first else "?"
        raise DemonstrationError(message)
    organisations = {
        each.key: each.merged_into or each
        for each in Organisation.objects.filter(source=SOURCE).select_related(
            "merged_into"
        )
    }
    _load_establishments(organisations)
    _load_links(organisations)
    people = accounts()
    for account in people:
        _open(account, organisations)
    return Loaded(report, people)


def _rows(name: str) -> Iterator[dict[str, str]]:
    with (FOLDER / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def _load_establishments(organisations: dict[str, Organisation]) -> None:
    """State the establishments that are not there yet."""
    rows = list(_rows("establishments"))
    places = resolve_many({f"COM-{row['commune']}" for row in rows})
    known = set(
        Establishment.objects.filter(organisation__source=SOURCE).values_list(
            "organisation_id", "commune_id"
        )
    )
    new = []
    for row in rows:
        place = places[f"COM-{row['commune']}"]
        if isinstance(place, LookupError):
            raise DemonstrationError(str(place)) from place
        organisation = organisations[row["key"]]
        if (organisation.pk, place.territory.pk) not in known:
            new.append(
                Establishment(
                    organisation=organisation,
                    name=row["name"],
                    commune=place.territory,
                )
            )
    Establishment.objects.bulk_create(new)


def _load_links(organisations: dict[str, Organisation]) -> None:
    """State who belongs to which network, and what each one hides."""
    changed: dict[str, list[Organisation]] = defaultdict(list)
    for row in _rows("links"):
        organisation = organisations[row["key"]]
        if organisation.key != row["key"]:  # merged: the kept one says it itself
            continue
        head = organisations[row["network_head"]] if row["network_head"] else None
        hidden = [part for part in row["hidden_parts"].split("|") if part]
        if organisation.network_head_id != (head.pk if head else None):
            organisation.network_head = head
            changed["network_head"].append(organisation)
        if organisation.hidden_parts != hidden:
            organisation.hidden_parts = hidden
            changed["hidden_parts"].append(organisation)
    for field, rows in changed.items():
        Organisation.objects.bulk_update(rows, [field])


def _open(account: Account, organisations: dict[str, Organisation]) -> None:
    """Create the account if it is not there; never change one that is."""
    known = User.objects.filter(email=account.email).first()
    if known is not None:
        mark_verified(known)  # those of before addresses were verified
        return
    is_administrator = account.role == "administrator"
    user = User.objects.create_user(
        account.email,
        account.password,
        name=account.name,
        is_staff=is_administrator,
        is_superuser=is_administrator,
    )
    mark_verified(user)
    if account.organisation:
        organisation = organisations[account.organisation]
        role = MembershipRole(account.role)
        leads = organisation.memberships.filter(is_lead=True)
        Membership.objects.create(
            user=user,
            organisation=organisation,
            role=role,
            is_lead=role in RESPONSIBLE_ROLES and not leads.exists(),
        )
    if account.territory:
        Mandate.objects.create(
            user=user,
            territory=resolve(account.territory).territory,
            role=MandateRole(account.role),
            starts_on=timezone.localdate(),
        )
