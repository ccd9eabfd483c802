"""Bases of what is sent to the API."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel, ConfigDict, model_validator


class Wish(BaseModel):
    """Base of what is sent: an unknown field is a mistake worth telling."""

    model_config = ConfigDict(extra="forbid")


class Edit(Wish):
    """Base of what changes only the fields that it names; null is none of the values."""

    @model_validator(mode="before")
    @classmethod
    def _no_null(cls, data: Any) -> Any:
        if isinstance(data, dict) and None in data.values():
            raise ValueError("leave a field out instead of sending null")
        return data

    def named(self) -> dict[str, Any]:
        """The fields that were sent."""
        return self.model_dump(exclude_unset=True)
