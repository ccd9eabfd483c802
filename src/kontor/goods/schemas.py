"""What the API shows and takes of products. A field that a request leaves out stays as it is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from kontor.catalog.schemas import (
    CauseOut,
    MoneyIn,
    MoneyOut,
    PictureOut,
    PicturePlace,
    ProblemOut,
    PublicationBrief,
)
from kontor.core.errors import Problem
from kontor.goods.brand_schemas import BrandOut
from kontor.goods.models import StockEntry
from kontor.goods.values import (
    KEEP,
    PictureInput,
    ProductInput,
    ProductView,
    VariantInput,
    VariantView,
)

Sku = Annotated[str, Field(max_length=100, examples=["WL-2210-MAR-M"])]
Texts = Annotated[
    dict[Annotated[str, Field(max_length=5)], str],
    Field(description="By language.", examples=[{"de": "Leinenschürze Hafen"}]),
]


class CategoryChoice(BaseModel):
    """A channel's category, and who chose it."""

    id: str = Field(max_length=32, examples=["15687"])
    name: str = Field("", max_length=200)
    path: list[str] = Field([], max_length=12)
    by: Literal["suggested", "person"] = "person"


class VariantOut(BaseModel):
    """One thing that can be bought."""

    id: UUID
    sku: str
    gtin: str
    price: MoneyOut | None
    quantity: int
    weight_g: int | None
    options: dict[str, str]
    mpn: str
    aspects: dict[str, list[str]]

    @classmethod
    def of(cls, view: VariantView) -> VariantOut:
        """From a value."""
        return cls(
            id=view.id, sku=view.sku, gtin=view.gtin, price=MoneyOut.of(view.price_minor, view.currency),
            quantity=view.quantity, weight_g=view.weight_g, options=dict(view.options),
            mpn=view.mpn, aspects={name: list(values) for name, values in view.aspects.items()},
        )  # fmt: skip


class ProductOut(BaseModel):
    """The whole product. Its ETag is the revision."""

    id: UUID
    kind: Literal["goods"] = "goods"
    reference: str
    status: Literal["draft", "active", "archived"]
    language: str
    headline: str = Field(description="The title in the product's own language.")
    title: Texts
    description: dict[str, str] = Field(description="Clean HTML by language.")
    brand_name: str
    brand: BrandOut | None
    mpn: str
    condition: str = Field(examples=["new"])
    category_hint: str
    category: dict[str, CategoryChoice] = Field(description="By marketplace.")
    aspects: dict[str, list[str]] = Field(examples=[{"Material": ["Leinen"]}])
    option_names: list[str]
    variants: list[VariantOut]
    pictures: list[PictureOut]
    price: MoneyOut | None = Field(description="The lowest.")
    price_to: MoneyOut | None = Field(description="The highest, where it is another.")
    stock: int
    problems: list[ProblemOut] = Field(description="What would be better otherwise, whatever the channel.")
    publications: list[PublicationBrief]
    revision: int
    created_at: datetime
    updated_at: datetime
    updated_by: CauseOut

    @classmethod
    def of(
        cls, view: ProductView, problems: Iterable[Problem], publications: Iterable[Mapping[str, Any]]
    ) -> ProductOut:
        """From a value, inside `tenant()`."""
        prices = [each.price for each in view.variants if each.price is not None]
        currency = prices[0].currency if prices else ""
        amounts = sorted({price.minor for price in prices if price.currency == currency})
        return cls(
            id=view.listing_id, reference=view.reference, status=view.status, language=view.language,
            headline=view.text("title", view.language), title=dict(view.title),
            description=dict(view.description), brand_name=view.brand_name,
            brand=BrandOut.of(view.brand) if view.brand else None, mpn=view.mpn, condition=view.condition,
            category_hint=view.category_hint,
            category={key: CategoryChoice(**choice) for key, choice in view.category.items() if choice.get("id")},
            aspects={name: list(values) for name, values in view.aspects.items()},
            option_names=list(view.option_names), variants=[VariantOut.of(each) for each in view.variants],
            pictures=[PictureOut.of(each) for each in view.pictures],
            price=MoneyOut.of(amounts[0], currency) if amounts else None,
            price_to=MoneyOut.of(amounts[-1], currency) if len(amounts) > 1 else None, stock=view.stock,
            problems=[ProblemOut(**problem.as_dict()) for problem in problems],
            publications=[PublicationBrief(**brief) for brief in publications], revision=view.revision,
            created_at=view.created_at, updated_at=view.updated_at, updated_by=CauseOut(**view.updated_by),
        )  # fmt: skip


class VariantBody(BaseModel):
    """A variant in a form or matrix. Known by `id`, else by `sku`; what is left out stays."""

    model_config = ConfigDict(extra="forbid")

    id: UUID | None = None
    sku: Sku | None = None
    gtin: str = Field("", max_length=20)
    price: MoneyIn | None = None
    quantity: int | None = Field(None, description="Counted stock; null: nobody counted.")
    weight_g: int | None = None
    options: dict[Annotated[str, Field(max_length=100)], Annotated[str, Field(max_length=200)]] = {}
    mpn: str = Field(
        "", max_length=100, description="Its own part number, where it differs from the product's."
    )
    aspects: dict[str, list[str]] = Field({}, description="Attributes in which it differs from the product.")

    def given(self, sku: str) -> VariantInput:
        """As the service takes it."""
        said = self.model_fields_set
        return VariantInput(
            sku=self.sku or sku, id=self.id,
            gtin=self.gtin if "gtin" in said else KEEP,
            price=(self.price.money() if self.price else None) if "price" in said else KEEP,
            quantity=self.quantity if self.quantity is not None else KEEP,
            weight_g=self.weight_g if "weight_g" in said else KEEP,
            options=self.options if "options" in said else KEEP,
            mpn=self.mpn if "mpn" in said else KEEP,
            aspects={name: tuple(values) for name, values in self.aspects.items()} if "aspects" in said else KEEP,
        )  # fmt: skip


class ProductBody(BaseModel):
    """A product as a form gives it. In a PATCH, what is left out stays; `variants` and `pictures` replace all."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [
                {
                    "reference": "WL-2210",
                    "title": {"de": "Leinenschürze Hafen"},
                    "description": {"de": "<p>Gewaschenes Leinen, zwei Taschen.</p>"},
                    "brand": "Hafenleinen",
                    "condition": "new",
                    "aspects": {"Material": ["Leinen"]},
                    "option_names": ["Farbe"],
                    "variants": [
                        {
                            "sku": "WL-2210-MAR",
                            "price": {"amount": "39.00", "currency": "EUR"},
                            "quantity": 21,
                            "options": {"Farbe": "Marine"},
                        }
                    ],
                }
            ]
        },
    )

    reference: Sku = ""
    status: Literal["draft", "active"] = "active"
    language: str = Field("de", max_length=5)
    title: Texts = {}
    description: dict[str, str] = {}
    brand: str = Field("", max_length=200)
    mpn: str = Field("", max_length=200)
    condition: str = Field("", max_length=50)
    category_hint: str = Field("", max_length=500)
    category: dict[str, CategoryChoice | None] = Field(
        {},
        description="By marketplace; null takes the choice away, and the channel's suggestion is asked again.",
    )
    aspects: dict[str, list[str]] = {}
    option_names: list[str] = Field([], max_length=10)
    variants: list[VariantBody] = Field([], max_length=1_000)
    pictures: list[PicturePlace] = Field([], max_length=1_000)

    def plain(self) -> dict[str, Any]:
        """The fields that were said and need no reading."""
        simple = ("reference", "status", "language", "title", "description", "brand", "mpn", "condition")
        said = {
            name: getattr(self, name) for name in (*simple, "category_hint") if name in self.model_fields_set
        }
        if "aspects" in self.model_fields_set:
            said["aspects"] = {name: tuple(values) for name, values in self.aspects.items()}
        if "option_names" in self.model_fields_set:
            said["option_names"] = tuple(self.option_names)
        return said

    def new(self) -> ProductInput:
        """As a product that does not exist yet."""
        pictures = tuple(
            PictureInput(each.url, each.media_id, each.variant_sku or "") for each in self.pictures
        )
        return ProductInput(
            **self.plain(),
            variants=tuple(each.given("") for each in self.variants),
            pictures=pictures,
            category={key: each.model_dump() for key, each in self.category.items() if each},
        )


class VariantsEdit(BaseModel):
    """Changes of a matrix in one go: some variants edited or added, some removed; the others stay."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [
                {
                    "variants": [
                        {
                            "sku": "WL-2210-SAN",
                            "price": {"amount": "39.00", "currency": "EUR"},
                            "quantity": 8,
                            "options": {"Farbe": "Sand"},
                        }
                    ],
                    "remove": ["0192f1c0-0000-7000-8000-000000000001"],
                    "option_names": ["Farbe"],
                }
            ]
        },
    )

    variants: list[VariantBody] = Field([], max_length=1_000)
    remove: list[UUID] = Field([], max_length=1_000)
    option_names: list[str] | None = Field(None, max_length=10)


class PicturesEdit(BaseModel):
    """All pictures in their new order; one that is not named is taken off."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "pictures": [
                        {"id": "0192f1c0-0000-7000-8000-000000000001"},
                        {"media_id": "0192f1c0-0000-7000-8000-000000000002", "variant_sku": "WL-2210-SAN"},
                    ]
                }
            ]
        }
    )

    pictures: list[PicturePlace] = Field(max_length=1_000)


class UndoBody(BaseModel):
    """Back to the content of an earlier revision."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"to": 3}]})

    to: int = Field(ge=1, le=2_000_000_000, description="Number of the revision to go back to.")


class StockEntryOut(BaseModel):
    """One movement of stock."""

    id: UUID
    variant_id: UUID
    delta: int
    balance: int
    cause_kind: str
    cause_id: str
    cause: CauseOut
    note: str
    at: datetime

    @classmethod
    def of(cls, row: StockEntry) -> StockEntryOut:
        """From a row."""
        return cls(
            id=row.id, variant_id=row.variant_id, delta=row.delta, balance=row.balance, cause_kind=row.cause_kind,
            cause_id=row.cause_id, cause=CauseOut(**row.cause), note=row.note, at=row.at,
        )  # fmt: skip
