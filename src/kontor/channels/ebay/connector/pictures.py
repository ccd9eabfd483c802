"""Pictures go to eBay's picture service as files, once each; listings then name eBay's own addresses."""

from __future__ import annotations

from collections.abc import Iterable

from kontor.channels.contract.errors import ChannelError, Rejected, Unreadable
from kontor.channels.contract.journal import Journal, Json
from kontor.channels.contract.transport import File, Transport
from kontor.channels.contract.values import GoodsOut, Picture
from kontor.channels.ebay.connector.calls import MEDIA
from kontor.channels.ebay.mapping.goods import PICTURES_PER_LISTING, PICTURES_PER_VARIANT, listing_pictures
from kontor.channels.ebay.wire.base import read
from kontor.channels.ebay.wire.media import Image
from kontor.core.errors import Problem

#: eBay drops pictures that no listing uses after about 30 days.
REMEMBERED_DAYS = 25
_ENDINGS = {"image/jpeg": "jpg", "image/png": "png", "image/webp": "webp", "image/gif": "gif"}


def upload_all(http: Transport, run: Journal, listing: GoodsOut) -> dict[str, str]:
    """Addresses by hash of every picture that the listing's messages name. Raises Rejected for a refused one."""
    return {picture.sha256: _address(http, run, picture) for picture in _needed(listing)}


def _needed(listing: GoodsOut) -> Iterable[Picture]:
    by_hash = {picture.sha256: picture for each in listing.variants for picture in each.pictures}
    by_hash |= {picture.sha256: picture for picture in listing.pictures}
    named = list(listing_pictures(listing))
    limit = PICTURES_PER_VARIANT if listing.is_group else PICTURES_PER_LISTING
    for variant in listing.variants:
        named.extend(picture.sha256 for picture in (variant.pictures or listing.pictures)[:limit])
    return [by_hash[sha256] for sha256 in dict.fromkeys(named)]


def _address(http: Transport, run: Journal, picture: Picture) -> str:
    # Asked again after a lost answer it makes a second copy, which eBay drops by itself.
    memo = run.remembered(f"picture:{picture.sha256}", lambda: _upload(http, picture), days=REMEMBERED_DAYS)
    return str(memo["url"])


def _upload(http: Transport, picture: Picture) -> Json:
    name = f"{picture.sha256[:16]}.{_ENDINGS.get(picture.content_type, 'jpg')}"
    try:
        answer = http.request(
            "POST",
            f"{MEDIA}/image/create_image_from_file",
            host="apim",
            resource="media",
            file=File("image", name, picture.read(), picture.content_type),
        )
    except Rejected as error:
        raise _naming(error, picture) from error
    image = read(Image, answer)
    if not image.imageUrl:
        raise Unreadable("eBay took a picture and did not say where it is", maybe_applied=True)
    return {"url": image.imageUrl, "expires": image.expirationDate}


def _naming(error: ChannelError, picture: Picture) -> Rejected:
    """The same refusal, saying which picture is meant."""
    problems = tuple(
        Problem(each.code, each.message, "image_urls", {**each.params, "picture": picture.sha256}, "media")
        for each in error.problems
    )
    return Rejected(error.detail, channel_code=error.channel_code, problems=problems)
