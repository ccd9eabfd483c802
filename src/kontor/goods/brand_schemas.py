"""What the API shows and takes of brands and of the merchant's defaults."""

from __future__ import annotations

from typing import Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from kontor.core.http.etags import content_etag
from kontor.goods import brands
from kontor.goods.defaults import Default
from kontor.goods.models import Brand
from kontor.goods.values import BrandView


class ContactBody(BaseModel):
    """A firm's address as EU product safety law wants it; empty where unknown."""

    company_name: str = Field("", max_length=200, examples=["Hafenleinen GmbH"])
    address_line1: str = Field("", max_length=180, examples=["Kaistraße 4"])
    address_line2: str = Field("", max_length=180)
    postal_code: str = Field("", max_length=20, examples=["23552"])
    city: str = Field("", max_length=64, examples=["Lübeck"])
    state_or_province: str = Field("", max_length=64)
    country: str = Field("", max_length=2, description="ISO 3166, two letters.", examples=["DE"])
    email: str = Field("", max_length=180, examples=["sicherheit@hafenleinen.example"])
    phone: str = Field("", max_length=64)
    contact_url: str = Field("", max_length=250)


def editable(row: Brand | BrandView) -> dict[str, object]:
    """What a brand's ETag is of."""
    return {
        "manufacturer": ContactBody(**row.manufacturer).model_dump(),
        "responsible": ContactBody(**row.responsible).model_dump(),
    }


class BrandOut(BaseModel):
    """A brand with its product safety data, and what the law would still want."""

    id: UUID
    etag: str = Field(
        description="Send it as `If-Match` to change the brand.", examples=['"c0ffee00c0ffee00"']
    )
    name: str
    manufacturer: ContactBody
    responsible: ContactBody
    manufacturer_lacks: list[str] = Field(description="Fields that are missing.", examples=[["email"]])
    responsible_lacks: list[str]
    products: int | None = Field(None, description="Products of this brand, in lists of brands.")

    @classmethod
    def of(cls, row: Brand | BrandView, products: int | None = None) -> BrandOut:
        """From a row or a value."""
        return cls(
            id=row.id, etag=content_etag(editable(row)), name=row.name, manufacturer=ContactBody(**row.manufacturer),
            responsible=ContactBody(**row.responsible), manufacturer_lacks=brands.lacks(row.manufacturer),
            responsible_lacks=brands.lacks(row.responsible), products=products,
        )  # fmt: skip


class BrandEdit(BaseModel):
    """Replaces either contact."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "manufacturer": {
                        "company_name": "Hafenleinen GmbH",
                        "address_line1": "Kaistraße 4",
                        "postal_code": "24103",
                        "city": "Kiel",
                        "country": "DE",
                        "email": "hallo@hafenleinen.example",
                    }
                }
            ]
        }
    )

    manufacturer: ContactBody | None = None
    responsible: ContactBody | None = None


class BrandPut(BrandEdit):
    """The same for a brand by its name, made where it does not exist."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "name": "Hafenleinen",
                    "manufacturer": {
                        "company_name": "Hafenleinen GmbH",
                        "address_line1": "Kaistraße 4",
                        "postal_code": "24103",
                        "city": "Kiel",
                        "country": "DE",
                        "email": "hallo@hafenleinen.example",
                    },
                }
            ]
        }
    )

    name: str = Field(min_length=1, max_length=120, examples=["Hafenleinen"])


class DefaultBody(BaseModel):
    """What stands in where a product says nothing."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"scope": "tenant", "field": "aspect:Marke", "value": "Markenlos"}]}
    )

    scope: Literal["tenant", "brand", "category"] = "tenant"
    scope_key: str = Field("", max_length=120, description="The brand's name or the category's id.")
    field: str = Field(max_length=120, description="`aspect:<name>`, `condition`, `brand` …")
    value: str = Field("", max_length=200, description="Empty takes the default away.")

    def default(self) -> Default:
        """As the service takes it."""
        return Default(self.scope, self.scope_key, self.field, self.value)


class DefaultsBody(BaseModel):
    """Defaults to set; others stay."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "defaults": [
                        {"scope": "tenant", "field": "aspect:Marke", "value": "Markenlos"},
                        {"scope": "category", "scope_key": "15687", "field": "condition", "value": "new"},
                    ]
                }
            ]
        }
    )

    defaults: list[DefaultBody] = Field(max_length=500)
