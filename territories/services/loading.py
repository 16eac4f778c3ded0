"""Load a vintage of the reference geography: everything or nothing, once."""

from collections.abc import Callable
from dataclasses import dataclass

from django.db import connection, transaction
from django.db.models import Count

from territories.assembly import places
from territories.models import LoadedVintage, Territory
from territories.services import staging
from territories.vintage import Vintage, VintageError

# Part of the fingerprint: a change of what is stored loads again.
LOADER = "1"

Report = Callable[[str], None]

# A territory that comes back is open again; the day it first stood is kept.
STORE_PLACES = """
INSERT INTO territories_territory AS t
  (kind, code, name, population, latitude_deg, longitude_deg, postal_codes, valid_from)
SELECT kind, code, name, population, latitude_deg, longitude_deg, postal_codes, %(day)s
FROM staged_place
ON CONFLICT (kind, code) DO UPDATE SET
  name = excluded.name, population = excluded.population,
  latitude_deg = excluded.latitude_deg, longitude_deg = excluded.longitude_deg,
  postal_codes = excluded.postal_codes, valid_until = NULL, successor_id = NULL
WHERE (t.name, t.population, t.latitude_deg, t.longitude_deg, t.postal_codes,
       t.valid_until, t.successor_id)
  IS DISTINCT FROM
  (excluded.name, excluded.population, excluded.latitude_deg, excluded.longitude_deg,
   excluded.postal_codes, NULL::date, NULL::bigint)
"""
# Those that this vintage no longer has are kept, closed, with what took their place.
# Territories of project are people's: a vintage closes none.
CLOSE_PLACES = """
UPDATE territories_territory t
SET valid_until = %(day)s,
    successor_id = (
      SELECT s.id FROM staged_former_code f
      JOIN territories_territory s ON s.kind = 'commune' AND s.code = f.successor
      WHERE t.kind = 'commune' AND f.code = t.code)
WHERE t.kind <> 'project' AND t.valid_until IS NULL AND t.valid_from < %(day)s
  AND NOT EXISTS (
    SELECT FROM staged_place p WHERE p.kind = t.kind AND p.code = t.code)
"""
# Counted first: planned on what the tables held before (a few rows, or none), the joins
# below would go through one of them for each row of the other.
STORE_CONTAINMENTS = """
ANALYZE staged_place, staged_containment, territories_territory;
CREATE TEMPORARY TABLE wanted_containment ON COMMIT DROP AS
SELECT t.id AS territory_id, c.id AS commune_id
FROM staged_containment s
JOIN territories_territory t ON t.kind = s.kind AND t.code = s.code
JOIN territories_territory c ON c.kind = 'commune' AND c.code = s.commune;
ANALYZE wanted_containment;
DELETE FROM territories_containment c
USING territories_territory t, staged_place p
WHERE t.id = c.territory_id AND p.kind = t.kind AND p.code = t.code
  AND NOT EXISTS (
    SELECT FROM wanted_containment w
    WHERE w.territory_id = c.territory_id AND w.commune_id = c.commune_id);
INSERT INTO territories_containment (territory_id, commune_id)
SELECT territory_id, commune_id FROM wanted_containment
ON CONFLICT (territory_id, commune_id) DO NOTHING;
DROP TABLE wanted_containment;
"""
# What people drew follows its communes into those that took their place.
FOLLOW_SUCCESSORS = """
INSERT INTO territories_containment (territory_id, commune_id)
SELECT c.territory_id, m.successor_id
FROM territories_containment c
JOIN territories_territory m ON m.id = c.commune_id
JOIN territories_territory t ON t.id = c.territory_id
WHERE t.kind = 'project' AND m.successor_id IS NOT NULL
ON CONFLICT (territory_id, commune_id) DO NOTHING;
DELETE FROM territories_containment c
USING territories_territory t, territories_territory m
WHERE t.id = c.territory_id AND m.id = c.commune_id
  AND t.kind = 'project' AND m.successor_id IS NOT NULL;
"""
STORE_FORMER_CODES = """
DELETE FROM territories_formercode f
USING staged_place p WHERE p.kind = 'commune' AND p.code = f.code;
INSERT INTO territories_formercode (code, kind, name, territory_id)
SELECT f.code, f.kind, f.name, t.id FROM staged_former_code f
JOIN territories_territory t ON t.kind = 'commune' AND t.code = f.successor
ON CONFLICT (code) DO UPDATE SET
  kind = excluded.kind, name = excluded.name, territory_id = excluded.territory_id
"""
STORE_OUTLINES = """
INSERT INTO territories_outline AS o (territory_id, geometry)
SELECT t.id, s.geometry FROM staged_outline s
JOIN territories_territory t ON t.kind = s.kind AND t.code = s.code
ON CONFLICT (territory_id) DO UPDATE SET geometry = excluded.geometry
WHERE o.geometry <> excluded.geometry
"""
ANALYZE = "ANALYZE territories_territory, territories_containment"


@dataclass(frozen=True)
class LoadResult:
    """What became of a loading: the territories in force, by kind."""

    was_already_loaded: bool
    count_by_kind: dict[str, int]


def load_vintage(
    vintage: Vintage, *, report: Report, force: bool = False
) -> LoadResult:
    """Store every territory of ``vintage``; all of it or nothing.

    Safe to run again: an unchanged vintage is recognised by its fingerprint and left
    alone, unless ``force``. A later one updates names and figures, closes what it
    no longer has (``valid_until``, ``successor``) and deletes no territory.

    Raises
    ------
    VintageError
        If a file is altered or inconsistent, or a later vintage is already loaded.
    """
    report("Vérification des fichiers…")
    fingerprint = f"{LOADER}{vintage.fingerprint()}"[:64]
    with transaction.atomic():
        _lock()
        if not force and _is_loaded(vintage, fingerprint):
            return LoadResult(was_already_loaded=True, count_by_kind=_counts())
        _refuse_an_earlier_one(vintage)
        _stage(vintage, report)
        _store(vintage, report)
        staging.drop_tables()
        LoadedVintage.objects.update_or_create(
            valid_from=vintage.valid_from, defaults={"fingerprint": fingerprint}
        )
        return LoadResult(was_already_loaded=False, count_by_kind=_counts())


def _lock() -> None:
    """Wait for another loading to finish; readers are never held up."""
    with connection.cursor() as cursor:
        cursor.execute("LOCK TABLE territories_loadedvintage IN EXCLUSIVE MODE")


def _is_loaded(vintage: Vintage, fingerprint: str) -> bool:
    return LoadedVintage.objects.filter(
        valid_from=vintage.valid_from, fingerprint=fingerprint
    ).exists()


def _refuse_an_earlier_one(vintage: Vintage) -> None:
    later = LoadedVintage.objects.filter(valid_from__gt=vintage.valid_from).first()
    if later:
        message = f"a later vintage, {later.valid_from}, is already loaded"
        raise VintageError(message)


def _stage(vintage: Vintage, report: Report) -> None:
    report("Lecture des communes et de leurs groupements…")
    staging.create_tables()
    staging.stage_places(places(vintage))
    staging.stage_former_codes(vintage.former_communes())
    report("Lecture des contours…")
    staging.stage_outlines(vintage)


def _store(vintage: Vintage, report: Report) -> None:
    steps = (
        ("Enregistrement des territoires…", STORE_PLACES),
        ("Clôture de ceux qui n’existent plus…", CLOSE_PLACES),
        ("Enregistrement des appartenances…", STORE_CONTAINMENTS),
        ("Report des territoires de projet…", FOLLOW_SUCCESSORS),
        ("Enregistrement des anciens codes…", STORE_FORMER_CODES),
        ("Enregistrement des contours…", STORE_OUTLINES),
        ("Statistiques de la base…", ANALYZE),
    )
    with connection.cursor() as cursor:
        for sentence, statement in steps:
            report(sentence)
            cursor.execute(statement, {"day": vintage.valid_from})


def _counts() -> dict[str, int]:
    rows = Territory.objects.current().values_list("kind").annotate(Count("pk"))
    return dict(rows.order_by("kind"))
