"""Refusals and confirmations: statuses and codes as recorded and described."""

from __future__ import annotations

from kontor_sandbox.is24.nodes import Node


class Refusal(Exception):
    """A call that is refused; one problem at a time, as ImmobilienScout24 has it."""

    def __init__(self, status: int, code: str, text: str, *, flat: bool = False) -> None:
        super().__init__(text)
        self.status, self.code, self.text = status, code, text
        self.flat = flat
        """Reports answer without the envelope of messages."""


def schema_problem(text: str) -> Refusal:
    """What the schema's validator found."""
    return Refusal(
        412,
        "ERROR_COMMON_SCHEMA_VALIDATION_FAILED",
        f"The request is not schema valid. [MESSAGE: {text}]",
    )


def invalid(text: str) -> Refusal:
    """A rule beyond the schema."""
    return Refusal(
        412, "ERROR_RESOURCE_VALIDATION", f"Error while validating input for the resource. [MESSAGE: {text}]"
    )


def field_invalid(field: str, value: str, rule: str) -> Refusal:
    """A rule about one field, in the form `field : value : RULE`."""
    return invalid(f"{field} : {value} : {rule}")


def not_found() -> Refusal:
    """A resource of the path that is not there."""
    return Refusal(404, "ERROR_RESOURCE_NOT_FOUND", "Resource was not found.")


def reference_not_found() -> Refusal:
    """A resource that a publish call names and that is not there."""
    return Refusal(404, "ERROR_COMMON_RESOURCE_NOT_FOUND", "Resource was not found.")


def conflict(detail: str = "") -> Refusal:
    """A conflict, with or without saying which."""
    text = "The operation for your request causes a conflict."
    return Refusal(409, "ERROR_COMMON_REQUEST_CONFLICT", f"{text} [MESSAGE: {detail}]" if detail else text)


def unauthorised(detail: str) -> Refusal:
    """No valid signature, or no token where one is needed."""
    return Refusal(
        401,
        "ERROR_COMMON_AUTHENTICATION_REQUIRED",
        f"Authentication is required for the requested operation. [ERROR MESSAGE: {detail}]",
    )


def messages(code: str, text: str, identifier: str = "") -> Node:
    """The envelope of confirmations and errors."""
    root = Node("common:messages")
    message = root.add("message")
    message.add("messageCode", code)
    message.add("message", text)
    if identifier:
        message.add("id", identifier)
    return root
