"""A function that lets the application's role have the tables measured that an import fills."""

from __future__ import annotations

from django.db import migrations

FORWARD = """
create function goods_learn_sizes() returns void language plpgsql security definer set search_path from current as $$
begin
    if (select reltuples from pg_class where oid = 'catalog_listing'::regclass) < 10000 then
        analyze (skip_locked) catalog_listing, catalog_revision, catalog_listingmedia, goods_product, goods_variant;
    end if;
end $$
"""


class Migration(migrations.Migration):
    """Only the owner of a table may analyze it, so the function runs with the owner's rights."""

    dependencies = [("goods", "0001_initial"), ("catalog", "0001_initial")]

    operations = [migrations.RunSQL(FORWARD, "drop function goods_learn_sizes()")]
