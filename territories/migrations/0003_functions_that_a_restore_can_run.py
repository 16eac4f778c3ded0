from django.db import migrations

# A restore creates the tables with an empty search path: what a function calls is
# found only by its full name.
SEARCH_DOCUMENT = """
CREATE OR REPLACE FUNCTION territory_search_document(
  name text, code text, postal_codes text[] DEFAULT '{}'
) RETURNS tsvector
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT array_to_tsvector(array_remove(
    string_to_array(public.search_key(name), ' ')
    || public.search_key(code) || postal_codes, ''))
$$
"""


class Migration(migrations.Migration):
    dependencies = [
        ("territories", "0002_search_outlines_and_vintages"),
    ]

    operations = [
        migrations.RunSQL(SEARCH_DOCUMENT, migrations.RunSQL.noop),
    ]
