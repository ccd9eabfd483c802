-- Rights inside one database; run once per database by its superuser, harmless when run again.
grant create, usage on schema public to kontor_owner;
grant usage on schema public to kontor_app, kontor_sweep;
alter default privileges for role kontor_owner in schema public
    grant select, insert, update, delete on tables to kontor_app;
alter default privileges for role kontor_owner in schema public grant usage, select on sequences to kontor_app;
create extension if not exists pg_trgm;
create extension if not exists unaccent;
create extension if not exists btree_gist;
-- Not used by any table yet, so a server without it is welcome.
do $$ begin
    if exists (select from pg_available_extensions where name = 'vector') then create extension if not exists vector; end if;
end $$;
