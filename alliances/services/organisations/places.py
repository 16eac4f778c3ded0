from alliances.description.parts import Places, Reach, Site
from alliances.models import Establishment, Organisation
from alliances.selectors.parts import default_intention, places_of
from alliances.services.organisations.aims import write_reach
from alliances.services.organisations.editing import saving


@saving(places_of)
def save_places(organisation: Organisation, places: Places) -> None:
    """Save the seat, the establishments and the perimeter."""
    organisation.seat_id = places.seat
    organisation.save(update_fields=["seat"])
    write_reach(default_intention(organisation), Reach(places.perimeter))
    _write_sites(organisation, places.sites)


def _write_sites(organisation: Organisation, wished: tuple[Site, ...]) -> None:
    """Keep the rows that are still wished: what points to them stays."""
    left = list(wished)
    for row in Establishment.objects.filter(organisation=organisation):
        site = Site(row.commune_id, row.name, row.siret)
        if site in left:
            left.remove(site)
        else:
            row.delete()
    Establishment.objects.bulk_create(
        Establishment(
            organisation=organisation,
            commune_id=site.commune,
            name=site.name,
            siret=site.siret,
        )
        for site in left
    )
