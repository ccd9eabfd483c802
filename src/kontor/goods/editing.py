"""From requests of the API to drafts: the parts of a form laid over the product that is there."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from kontor.catalog.schemas import PicturePlace
from kontor.core.errors import Invalid, NotFound, Problem
from kontor.goods import service
from kontor.goods.schemas import ProductBody, VariantBody, VariantsEdit
from kontor.goods.values import KEEP, PictureInput, ProductInput, ProductView, VariantInput


def create(body: ProductBody) -> ProductView:
    """A new product."""
    return service.save(None, body.new())


def patch(listing_id: UUID, body: ProductBody, expected_revision: int | None) -> ProductView:
    """Changes what the body says and nothing else."""
    view, said = service.get(listing_id), body.model_fields_set
    draft = ProductInput(
        **body.plain(),
        variants=tuple(_known(each, view) for each in body.variants) if "variants" in said else KEEP,
        pictures=_pictures(body.pictures, view) if "pictures" in said else KEEP,
        category=_category(body, view) if "category" in said else KEEP,
    )
    return service.save(listing_id, draft, expected_revision)


def edit_variants(listing_id: UUID, body: VariantsEdit, expected_revision: int | None) -> ProductView:
    """Some variants edited, added or removed; the others stay."""
    view = service.get(listing_id)
    edits = {key: each for each in body.variants if (key := _key(each, view))}
    unknown = [each for each in body.variants if each.id and each.id not in edits]
    if unknown or not set(body.remove) <= {each.id for each in view.variants}:
        raise NotFound
    kept = [each for each in view.variants if each.id not in body.remove]
    variants = [
        edits[each.id].given(each.sku) if each.id in edits else VariantInput(each.sku, each.id)
        for each in kept
    ]
    variants += [each.given("") for each in body.variants if _key(each, view) is None]
    names = KEEP if body.option_names is None else tuple(body.option_names)
    return service.save(
        listing_id, ProductInput(variants=tuple(variants), option_names=names), expected_revision
    )


def place_pictures(
    listing_id: UUID, places: Iterable[PicturePlace], expected_revision: int | None
) -> ProductView:
    """All pictures in their new order."""
    view = service.get(listing_id)
    return service.save(listing_id, ProductInput(pictures=_pictures(places, view)), expected_revision)


def _key(given: VariantBody, view: ProductView) -> UUID | None:
    """The variant that is meant, None for a new one."""
    if given.id:
        return given.id if any(each.id == given.id for each in view.variants) else None
    return next((each.id for each in view.variants if each.sku == given.sku), None)


def _known(given: VariantBody, view: ProductView) -> VariantInput:
    return given.given(next((each.sku for each in view.variants if each.id == given.id), ""))


def _pictures(places: Iterable[PicturePlace], view: ProductView) -> tuple[PictureInput, ...]:
    by_id = {picture.id: picture for picture in view.pictures}
    found = []
    for index, place in enumerate(places):
        known = by_id.get(place.id) if place.id else None
        if place.id and known is None:
            problem = Problem("goods.picture.unknown", "There is no such picture", f"pictures.{index}.id")
            raise Invalid(problems=(problem,))
        spec = known.spec if known else None
        sku = place.variant_sku if place.variant_sku is not None else (spec.variant_sku if spec else "")
        found.append(
            PictureInput(spec.url, spec.media_id, sku)
            if spec
            else PictureInput(place.url, place.media_id, sku)
        )
    return tuple(found)


def _category(body: ProductBody, view: ProductView) -> dict[str, dict[str, object]]:
    merged = {marketplace: dict(choice) for marketplace, choice in view.category.items()}
    for marketplace, choice in body.category.items():
        if choice is None:
            merged.pop(marketplace, None)
        else:
            merged[marketplace] = choice.model_dump()
    return merged
