"""In which order a business's tables can be emptied: who points to another goes first, as the database itself has it."""

from __future__ import annotations

from collections import defaultdict
from graphlib import TopologicalSorter

from django.db import connection

from kontor.privacy import inventory

KEYS = """
select distinct conrelid::regclass::text, confrelid::regclass::text from pg_constraint
 where contype = 'f' and conrelid <> confrelid
"""


def children_first() -> list[str]:
    """Every table with a tenant, children before their parents. Raises CycleError where two point to each other."""
    tables = {model._meta.db_table for model in inventory.of_tenants()}
    pointing: dict[str, set[str]] = defaultdict(set)
    with connection.cursor() as cursor:
        cursor.execute(KEYS)
        for child, parent in cursor.fetchall():
            if child in tables and parent in tables:
                pointing[parent].add(child)
    graph = {table: pointing[table] for table in sorted(tables)}
    return list(TopologicalSorter(graph).static_order())
