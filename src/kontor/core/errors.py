"""The root of every error that a person may see.

An error carries a stable `code` (clients translate and branch by it), an HTTP `status`, an English sentence that says what
to do, and `params` that the sentence was made from. `kontor.core.http.problems` turns it into an RFC 9457 problem document.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from typing import Any, ClassVar


@dataclasses.dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong, at one place: what a form, a row or a listing shows.

    `field` is a dotted path in the merchant's words (`variants.0.price`), empty where the whole is meant.
    `fix` names an action the interface can offer (`defaults.aspect:Marke`), where there is one.
    """

    code: str
    message: str
    field: str = ""
    params: Mapping[str, Any] = dataclasses.field(default_factory=dict)
    fix: str = ""
    severity: str = "error"  # or "warning": shown, but stops nothing

    def as_dict(self) -> dict[str, Any]:
        """JSON for columns and answers; `Problem(**row)` reads it back."""
        return {
            "code": self.code,
            "message": self.message,
            "field": self.field,
            "params": dict(self.params),
            "fix": self.fix,
            "severity": self.severity,
        }


class KontorError(Exception):
    """Base of all errors that are answered to a person."""

    code: ClassVar[str] = "internal"
    status: ClassVar[int] = 500
    title: ClassVar[str] = "Something went wrong"

    def __init__(self, detail: str = "", *, problems: tuple[Problem, ...] = (), **params: Any) -> None:
        super().__init__(detail or self.title)
        self.detail = detail or self.title
        self.problems = problems
        self.params = params


class NotFound(KontorError):
    """No such thing, or it is another tenant's: the two are never told apart."""

    code, status, title = "not_found", 404, "There is no such thing here"


class Forbidden(KontorError):
    """The person is known, but may not do this; `params["needs"]` names the scope or role that may."""

    code, status, title = "forbidden", 403, "Your role may not do this"


class Unauthenticated(KontorError):
    """No valid credential."""

    code, status, title = "unauthenticated", 401, "Please log in"


class Invalid(KontorError):
    """The request reads well but its content can't be taken; `problems` says where."""

    code, status, title = "invalid", 422, "Some values can't be taken"


class Conflict(KontorError):
    """The thing is in a state that doesn't allow this."""

    code, status, title = "conflict", 409, "This does not fit the present state"


class StaleEdit(KontorError):
    """`If-Match` named an older revision; `params` carries `yours` and `theirs`."""

    code, status, title = "stale_edit", 412, "Somebody changed this since you read it"
