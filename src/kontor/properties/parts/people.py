"""Who stands for a property, whose it is, and under which numbers others know it."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from pydantic import Field

from kontor.properties.values import Line, Section, Text


class Contact(Section):
    """A person or an office: whom prospects write to, or whose property it is."""

    reference: Line = ""
    salutation: Line = ""
    title: Line = ""
    first_name: Line = ""
    last_name: Line = ""
    company: Line = ""
    position: Line = ""
    email: Line = ""
    email_direct: Line = ""
    email_feedback: Line = Field("", description="Where portals send what prospects ask.")
    phone: Line = ""
    phone_direct: Line = ""
    mobile: Line = ""
    fax: Line = ""
    url: Line = ""
    street: Line = ""
    house_number: Line = ""
    postal_code: Line = ""
    city: Line = ""
    country: Annotated[str, Field(pattern=r"^([A-Z]{2})?$", description="ISO 3166-1 alpha-2.")] = ""
    shows_address: bool | None = None
    note: Text = ""

    @property
    def name(self) -> str:
        """First and last name, else the company."""
        return f"{self.first_name} {self.last_name}".strip() or self.company


class Grouping(Section):
    """A project and the unit in it, as agents number them."""

    project: Line = ""
    unit: Line = ""
    group_number: Line = ""
    is_master: bool | None = Field(None, description="Stands for the whole project.")


class Identifiers(Section):
    """Under what others know it. The agent's own number for the public is the property's `reference`."""

    openimmo_obid: Line = Field("", description="The id that OpenImmo knows it by, the same everywhere.")
    internal_number: Line = ""
    origin: Line = Field("", description="The system it came from.")
    as_of: date | None = None
    active_from: date | None = None
    active_until: date | None = None
    may_be_shared: bool | None = None
