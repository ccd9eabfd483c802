"""The two kinds of message. What we send knows no unknown field; what we read ignores unknown ones and lacks none."""

from __future__ import annotations

from typing import Any, TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError, model_validator

from kontor.channels.contract.errors import Unreadable
from kontor.channels.contract.transport import Answer


class Sent(BaseModel):
    """A request body. Field names are eBay's own, so that the specification can be read beside it."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)

    def body(self) -> dict[str, Any]:
        """JSON; what is None is left out, and so is erased by eBay's full replace."""
        return self.model_dump(mode="json", exclude_none=True)


class Received(BaseModel):
    """An answer. Every field is optional, enums are strings: eBay adds values and leaves fields out."""

    model_config = ConfigDict(extra="ignore", frozen=True, coerce_numbers_to_str=True)

    @model_validator(mode="before")
    @classmethod
    def _without_nulls(cls, document: Any) -> Any:
        if isinstance(document, dict):
            return {name: value for name, value in document.items() if value is not None}
        return document


Model = TypeVar("Model", bound=Received)


def read(model: type[Model], answer: Answer) -> Model:
    """The answer's body as `model`. Raises Unreadable, never guesses."""
    document = answer.json()
    try:
        return model.model_validate(document)
    except ValidationError as error:
        where = ".".join(str(part) for part in error.errors()[0]["loc"])
        raise Unreadable(
            f"eBay's answer does not have the expected form at {where or 'its root'}",
            maybe_applied=True,
            where=where,
        ) from error


class Amount(Received):
    """Money as eBay tells it: the value is a string."""

    value: str = "0"
    currency: str = ""


class SentAmount(Sent):
    """Money as eBay takes it."""

    value: str
    currency: str


class ErrorParameter(Received):
    """One named detail of an error."""

    name: str = ""
    value: str = ""


class ErrorRow(Received):
    """One error or warning, in an envelope, a bulk row or beside a success."""

    errorId: int = 0
    domain: str = ""
    category: str = ""
    message: str = ""
    longMessage: str = ""
    parameters: tuple[ErrorParameter, ...] = ()

    def parameter(self, *names: str) -> str:
        """The first of these parameters that has a value, else empty. Names are compared without case."""
        wanted = [name.casefold() for name in names]
        for parameter in self.parameters:
            if parameter.name.casefold() in wanted and parameter.value:
                return parameter.value
        return ""
