"""Territories are places: nothing of persons (``accounts.personal_data``)."""

from accounts.personal_data import register

register(
    "territories.Territory",
    plain=(
        "id kind code name search_key search_document population latitude_deg"
        " longitude_deg postal_codes valid_from valid_until successor"
    ),
)
register("territories.Containment", plain="id territory commune")
register("territories.FormerCode", plain="id code kind name search_document territory")
register("territories.Outline", plain="territory geometry")
register("territories.LoadedVintage", plain="id valid_from fingerprint loaded_at")
