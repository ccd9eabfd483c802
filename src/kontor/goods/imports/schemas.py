"""What the API shows and takes of imports."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from kontor.catalog.schemas import CauseOut, MoneyOut, ProblemOut
from kontor.goods.imports.mapping import ColumnEdit, ImportDefaults
from kontor.goods.reading.fields import FileForm

State = Literal["mapping", "importing", "paused", "done", "failed", "cancelled", "undoing", "undone"]
Step = Literal["map", "start", "pause", "resume", "cancel", "undo"]


class ImportOut(BaseModel):
    """One uploaded file, and how far it is."""

    id: UUID
    file_name: str = Field(examples=["artikel-herbst.csv"])
    file_bytes: int
    state: State = Field(
        description="`paused`, `failed` and `cancelled` come from its job; what was imported until then stays, and can "
        "be undone or gone on with."
    )
    steps: list[Step] = Field(
        description="What can be done now. `pause`, `resume` and `cancel` are asked of the job: `POST /jobs/{job_id}/…`."
    )
    rows: int | None = Field(description="Rows below the heading; null while they are being counted.")
    read: int = Field(description="Rows that are settled: imported or refused.")
    imported: int = Field(description="Rows that are in the catalogue.")
    refused: int = Field(description="Rows that were refused.")
    created: int = Field(description="Listings.")
    updated: int = Field(description="Listings that have a new revision, or whose stock moved.")
    unchanged: int = Field(description="Listings that were so already.")
    reverted: int = Field(description="After an undo: listings that are as they were before.")
    archived: int = Field(description="After an undo: listings that the import had made.")
    left: int = Field(description="After an undo: listings that somebody changed since, left as they are.")
    update_existing: bool
    job_id: UUID | None = Field(description="The job that imports or undoes, or did last.")
    created_at: datetime
    finished_at: datetime | None
    cause: CauseOut
    problem: ProblemOut | None = Field(description="Why it failed.")


class ColumnOut(BaseModel):
    """A column of the file, and what it is taken for."""

    model_config = ConfigDict(from_attributes=True)

    index: int
    name: str = Field(description="As the file's heading has it.", examples=["Preis (brutto)"])
    target: str = Field(description="Empty: not imported.", examples=["price"])
    confidence: float = Field(description="0 to 1.")
    reason: str = Field(
        description="heading, form, values, net_price, another_column, values_contradict, known_unneeded, unknown, person.",
        examples=["heading"],
    )
    unit: str = Field(examples=["kg"])
    currency: str = Field(examples=["EUR"])
    samples: list[str] = Field(description="A few different cells.", examples=[["39,00", "12,50"]])


class PreviewVariant(BaseModel):
    """A variant as it would be imported."""

    sku: str
    gtin: str
    price: MoneyOut | None
    quantity: int | None
    weight_g: int | None
    options: dict[str, str]
    row: int


class PreviewProduct(BaseModel):
    """A product as it would be imported."""

    sku: str
    title: str
    brand: str
    condition: str
    category_hint: str
    aspects: dict[str, list[str]]
    images: list[str]
    variants: list[PreviewVariant]
    variant_count: int = Field(description="`variants` holds the first twelve.")
    rows: list[int]
    problems: list[ProblemOut]


class RefusalOut(BaseModel):
    """A row that is not taken."""

    row: int = Field(description="Counted as records; the heading is 1.")
    column: str = Field(description="As the file calls it; empty: the row as a whole.", examples=["Preis"])
    field: str = Field(examples=["price"])
    code: str = Field(examples=["price.unreadable"])
    message: str
    params: dict[str, Any] = {}
    sku: str
    others: list[ProblemOut] = Field(description="What else is wrong with the row.")


class Preview(BaseModel):
    """What the beginning of the file would become."""

    rows: int = Field(description="So many rows were looked at.")
    products: list[PreviewProduct] = Field(description="The first ten.")
    product_count: int
    refusals: list[RefusalOut] = Field(description="The first ten.")
    refused_rows: int


class ImportDetail(ImportOut):
    """The whole of an import, with what the mapping step shows."""

    etag: str = Field(
        description="Send it as `If-Match` to change the mapping.", examples=['"c0ffee00c0ffee00"']
    )
    form: FileForm = Field(description="Whose way of writing products the file follows.")
    encoding: str = Field(examples=["cp1252"])
    delimiter: str = Field(examples=[";"])
    columns: list[ColumnOut]
    defaults: ImportDefaults
    remembered: bool = Field(description="Mapping and defaults are those of the last file with this heading.")
    warnings: list[ProblemOut] = Field(description="What is odd about the file; stops nothing.")
    missing: list[ProblemOut] = Field(description="What has to be mapped or entered before it can start.")
    questions: list[ProblemOut] = Field(
        description="What the listings will lack unless it is mapped or entered."
    )
    existing: int | None = Field(
        description="SKUs of the file that are in use already: ask before they are updated. Null while counting."
    )
    preview: Preview | None = Field(description="In state `mapping`, once nothing is missing.")


class MappingBody(BaseModel):
    """What the person changed in the mapping step. What is left out stays."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [
                {
                    "columns": [{"index": 3, "target": "price"}],
                    "defaults": {"quantity": 1, "condition": "new", "currency": "EUR", "weight_unit": "kg"},
                }
            ]
        },
    )

    columns: Annotated[list[ColumnEdit], Field(max_length=1024)] = []
    defaults: ImportDefaults | None = None
    form: FileForm | None = None


class StartBody(BaseModel):
    """The last word before rows are written."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [{"update_existing": False}]})

    update_existing: bool = Field(
        description="True: SKUs in use get a new revision. False: their rows are refused (`sku.exists`)."
    )


class ChangeOut(BaseModel):
    """What the import did to one listing, and what its undoing did."""

    listing_id: UUID
    reference: str = Field(examples=["WL-2210"])
    title: str
    thumb: str | None = Field(description="Signed address of the small picture.")
    action: Literal["created", "updated", "unchanged"]
    revision_before: int = Field(description="0 for a created one.")
    revision_after: int
    stock_moved: bool
    row: int = Field(description="The first of its rows.")
    problems: list[ProblemOut] = Field(description="What is wrong with the listing; kept no row out.")
    undone: Literal["", "reverted", "archived", "left"]
    left_because: Literal["", "changed", "stock_moved", "archived"] = Field(
        description="Why the undo left it."
    )


class TargetOut(BaseModel):
    """Something that a column can be mapped to."""

    target: str = Field(examples=["price"])
    group: Literal["field", "option", "structure"]
    repeatable: bool = Field(description="Several columns may have it.")
