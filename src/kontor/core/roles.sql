-- The three roles of an installation; run once per server by its superuser, harmless when run again.
-- kontor_app is NOINHERIT: it may step into kontor_sweep (SET LOCAL ROLE) to look for due jobs across tenants,
-- but never carries that right around.
do $$ begin
    if not exists (select from pg_roles where rolname = 'kontor_owner') then create role kontor_owner login; end if;
    if not exists (select from pg_roles where rolname = 'kontor_app') then
        create role kontor_app login noinherit nosuperuser nobypassrls;
    end if;
    if not exists (select from pg_roles where rolname = 'kontor_sweep') then create role kontor_sweep nologin; end if;
end $$;
grant kontor_sweep to kontor_app;
