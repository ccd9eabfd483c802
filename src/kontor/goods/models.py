"""Goods: the product behind a listing, its variants, the stock ledger, brands and the merchant's defaults."""

from __future__ import annotations

from django.db import models

from kontor.core.tenancy import TenantModel


class Brand(TenantModel):
    """A brand and, by EU product safety law (GPSR), who made its goods and who answers for them inside the EU."""

    key = models.CharField(max_length=120)  # the name folded: "adidas" and "Adidas" are one brand
    name = models.CharField(max_length=120)
    manufacturer = models.JSONField(default=dict)
    responsible = models.JSONField(default=dict)
    updated_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["tenant_id", "key"], name="one_brand_per_name")]


class Product(TenantModel):
    """The goods side of a listing. Its id is the listing's."""

    brand = models.ForeignKey(
        Brand, models.DO_NOTHING, db_constraint=False, db_index=False, null=True, related_name="+"
    )
    brand_name = models.CharField(max_length=120, default="", blank=True)
    mpn = models.CharField(max_length=100, default="", blank=True)
    condition = models.CharField(max_length=30, default="", blank=True)
    category_hint = models.CharField(max_length=300, default="", blank=True)
    category = models.JSONField(default=dict)  # {marketplace: {"id", "name", "path", "by"}}
    aspects = models.JSONField(default=dict)  # {name: [values]}
    option_names = models.JSONField(default=list)

    class Meta:
        indexes = [models.Index(fields=["tenant_id", "brand"], name="products_of_brand")]


class VariantState(models.TextChoices):
    """`shelved`: its listing is archived; `removed`: it is no longer part of the product. Both give the SKU free."""

    ACTIVE = "active"
    SHELVED = "shelved"
    REMOVED = "removed"


class Variant(TenantModel):
    """One thing that can be bought. `quantity` is the sum of its ledger."""

    product = models.ForeignKey(
        Product, models.DO_NOTHING, db_constraint=False, db_index=False, related_name="variants"
    )
    sku = models.CharField(max_length=100)
    gtin = models.CharField(max_length=14, default="", blank=True)
    price_minor = models.BigIntegerField(null=True)
    currency = models.CharField(max_length=3, default="", blank=True)
    weight_g = models.PositiveIntegerField(null=True)
    options = models.JSONField(default=dict)  # {option name: value}
    mpn = models.CharField(
        max_length=100, default="", blank=True
    )  # its own, where it differs from the product's
    aspects = models.JSONField(default=dict)  # {name: [values]}: those in which it differs from the product
    position = models.PositiveSmallIntegerField(default=0)
    state = models.CharField(max_length=8, choices=VariantState.choices, default=VariantState.ACTIVE)
    quantity = models.IntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["tenant_id", "sku"], condition=models.Q(state="active"), name="one_sku_in_use"
            )
        ]
        indexes = [
            models.Index(fields=["tenant_id", "product", "position"], name="variants_of_product"),
            models.Index(fields=["tenant_id", "gtin"], condition=~models.Q(gtin=""), name="variants_by_gtin"),
        ]


class StockEntry(TenantModel):
    """One movement of stock; a cause moves a variant once."""

    variant = models.ForeignKey(
        Variant, models.DO_NOTHING, db_constraint=False, db_index=False, related_name="+"
    )
    delta = models.IntegerField()
    balance = models.IntegerField()  # the quantity after it
    cause_kind = models.CharField(max_length=20)  # "count", "import", "order_line", "return" ...
    cause_id = models.CharField(max_length=100)
    cause = models.JSONField(default=dict)
    note = models.CharField(max_length=200, default="", blank=True)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["tenant_id", "variant", "cause_kind", "cause_id"], name="one_movement_per_cause"
            )
        ]
        indexes = [models.Index(fields=["tenant_id", "cause_kind", "cause_id"], name="movements_of_cause")]


class Scope(models.TextChoices):
    """How far a default reaches; the narrower one wins: category, then brand, then tenant."""

    TENANT = "tenant"
    BRAND = "brand"
    CATEGORY = "category"


class MerchantDefault(TenantModel):
    """What the merchant says where a product says nothing: `aspect:Marke` = "Markenlos", `condition` = "new"."""

    scope = models.CharField(max_length=8, choices=Scope.choices)
    scope_key = models.CharField(max_length=120, default="", blank=True)
    field = models.CharField(max_length=120)
    value = models.CharField(max_length=200)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["tenant_id", "scope", "scope_key", "field"], name="one_default_per_field"
            )
        ]
