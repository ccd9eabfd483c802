"""What was sold, and what a machine suggested, no longer counts as the last change: rows go back to the merchant's own."""

from django.db import migrations

# Policies bind whoever migrates: tenant by tenant, as each of them.
BACK_TO_THE_MERCHANTS = """
do $$
declare
    business uuid;
begin
    for business in select id from accounts_tenant loop
        perform set_config('app.tenant', business::text, true);
        update catalog_listing as listing
           set updated_at = last.at, updated_by = last.cause
          from (
              select distinct on (listing_id) listing_id, at, cause
                from catalog_revision
               where not (
                     changed = '["category"]'
                     and not jsonb_path_exists(snapshot, '$.category.*.by ? (@ == "person")')
                 )
               order by listing_id, number desc
          ) as last
         where listing.id = last.listing_id and listing.updated_at > last.at;
    end loop;
    perform set_config('app.tenant', '00000000-0000-0000-0000-000000000000', true);
end
$$
"""


class Migration(migrations.Migration):
    dependencies = [("catalog", "0003_long_titles"), ("accounts", "0001_initial")]

    operations = [migrations.RunSQL(BACK_TO_THE_MERCHANTS, migrations.RunSQL.noop)]
