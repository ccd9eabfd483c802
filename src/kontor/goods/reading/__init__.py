"""From a merchant's table to drafts of products: recognise the columns, read the cells, gather the variants.

`recognise(heading, records)` proposes a `Mapping` that a person may edit, `check` says what it still lacks, and `drafts` turns every
record into a part of exactly one `ProductDraft` or into one `Refusal`. Writes nothing and knows no database.
"""

from kontor.goods.reading.drafting import MappingIncomplete, drafts
from kontor.goods.reading.mapping import Column, Defaults, Mapping, check, fingerprint
from kontor.goods.reading.recognition import recognise
from kontor.goods.reading.survey import Survey, survey
from kontor.goods.reading.values import ProductDraft, Refusal, VariantDraft

__all__ = [
    "Column",
    "Defaults",
    "Mapping",
    "MappingIncomplete",
    "ProductDraft",
    "Refusal",
    "Survey",
    "VariantDraft",
    "check",
    "drafts",
    "fingerprint",
    "recognise",
    "survey",
]
