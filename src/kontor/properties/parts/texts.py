"""What the ad says, and what belongs to it: pictures, documents, links."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from pydantic import Field

from kontor.properties.choices import LinkGroup, PictureGroup
from kontor.properties.values import Line, Section, Text

Language = Annotated[str, Field(pattern=r"^[a-z]{2}$", description="ISO 639-1.")]


class Texts(Section):
    """The ad in one language: plain text, no markup, because portals take none."""

    title: Line = ""
    short: Text = ""
    description: Text = ""
    furnishing: Text = ""
    location: Text = ""
    other: Text = ""


class Picture(Section):
    """A picture by the id of a stored one or by an address to fetch; `file_name` is how it came in a file.

    Exactly one of `media_id` and `url` is set once it is kept: a reader of files may leave both empty.
    """

    title: Line = ""
    group: PictureGroup = PictureGroup.OTHER
    media_id: UUID | None = None
    url: Annotated[str, Field(max_length=2_000)] = ""
    file_name: Line = ""


class Document(Section):
    """A paper that goes with the ad, by its address or the name it had in a file."""

    title: Line = ""
    url: Annotated[str, Field(max_length=2_000)] = ""
    file_name: Line = ""
    content_type: Line = ""


class Link(Section):
    """An address that the ad shows: a tour, a film, a page."""

    url: Annotated[str, Field(max_length=2_000)]
    title: Line = ""
    group: LinkGroup = LinkGroup.PAGE
