"""A client that goes on when the server is killed under it: it waits for the next one and asks again.

Asking again is safe: reads are reads, and every write of the story carries an Idempotency-Key.
"""

from __future__ import annotations

import time
import uuid
from typing import Any

import httpx2

PATIENCE_SECONDS = 60.0


class StoryFailed(RuntimeError):
    """The story can't go on; the message says at which step."""


class ChangedMeanwhile(StoryFailed):
    """The revision is another one by now; after a lost answer, perhaps by the same call."""


class Office:
    """Our API as one person uses it. Logs in again when the token has grown old."""

    def __init__(self, address: str) -> None:
        self.address = address
        self._client = httpx2.Client(base_url=f"{address}/api/v1", timeout=60)
        self._credentials: dict[str, str] = {}

    def register(self, email: str, password: str, company: str) -> None:
        """A new company with its first person."""
        self._credentials = {"email": email, "password": password}
        person = {"first_name": "Jule", "last_name": "Brandt", "company": company}
        self._enter(self._send("POST", "/auth/register", json={**self._credentials, **person}))

    def get(self, path: str, **params: Any) -> Any:
        """The parsed answer of a read."""
        return self.call("GET", path, params=params)

    def post(self, path: str, body: Any = None, **options: Any) -> Any:
        """The parsed answer of an action."""
        return self.call("POST", path, json=body, **options)

    def put(self, path: str, body: Any) -> Any:
        """The parsed answer of a replacement of whatever is there."""
        return self.call("PUT", path, json=body, headers={"If-Match": "*"})

    def patch(self, path: str, body: Any, **headers: str) -> Any:
        """The parsed answer of a change."""
        return self.call("PATCH", path, json=body, headers=headers)

    def pages(self, path: str, **params: Any) -> list[Any]:
        """All items of a list."""
        items: list[Any] = []
        cursor: str | None = None
        while True:
            page = self.get(path, **params, limit=200, **({"cursor": cursor} if cursor else {}))
            items += page["items"]
            cursor = page["next_cursor"]
            if not cursor:
                return items

    def call(self, method: str, path: str, **options: Any) -> Any:
        """One call. Raises StoryFailed with the problem document where it is refused."""
        answer = self._send(method, path, **options)
        if answer.status_code == 401 and self._credentials:
            self._enter(self._send("POST", "/auth/login", json=self._credentials))
            answer = self._send(method, path, **options)
        if answer.status_code == 412:
            raise ChangedMeanwhile(f"{method} {path}: {answer.text[:300]}")
        if answer.is_error:
            raise StoryFailed(f"{method} {path} answered {answer.status_code}: {answer.text[:800]}")
        return answer.json() if answer.content else None

    def visit(self, address: str) -> httpx2.Response:
        """Follows an address as the browser does, with this person's cookies."""
        return self._client.get(address, follow_redirects=False)

    def _enter(self, answer: httpx2.Response) -> None:
        if answer.is_error:
            raise StoryFailed(f"could not log in: {answer.status_code} {answer.text[:300]}")
        self._client.headers["Authorization"] = f"Bearer {answer.json()['access_token']}"

    def _send(self, method: str, path: str, **options: Any) -> httpx2.Response:
        headers = dict(options.pop("headers", None) or {})
        if method == "POST":
            headers["Idempotency-Key"] = str(uuid.uuid4())
        deadline = time.monotonic() + PATIENCE_SECONDS
        while True:
            try:
                answer = self._client.request(method, path, headers=headers, **options)
            except httpx2.TransportError as error:
                if time.monotonic() > deadline:
                    raise StoryFailed(f"{method} {path}: nobody answers ({error})") from error
            else:
                is_passing = answer.status_code in (500, 502, 503) or "idempotency.in_flight" in answer.text
                if not is_passing or time.monotonic() > deadline:
                    return answer
            time.sleep(0.2)


class Street:
    """The sandbox's control side: buyers, faults, and the truth."""

    def __init__(self, address: str) -> None:
        self._client = httpx2.Client(base_url=f"{address}/_sandbox/api", timeout=60)

    def call(self, method: str, path: str, **body: Any) -> Any:
        """One call of the control API. Raises SoldOut for 409."""
        answer = self._client.request(method, path, json=body or None)
        if answer.status_code == 409:
            raise SoldOut(answer.text)
        if answer.is_error:
            raise StoryFailed(f"sandbox {method} {path} answered {answer.status_code}: {answer.text[:300]}")
        return answer.json()

    def seller(self) -> dict[str, Any]:
        """All that eBay knows of the seller who has listings."""
        sellers = self.call("GET", "/truth")["ebay"]["sellers"]
        return dict(max(sellers.values(), key=lambda row: len(row["items"]) + len(row["policies"])))


class SoldOut(Exception):
    """Somebody else was faster."""


def wait_until(what: str, is_so: Any, seconds: float, every: float = 0.1) -> Any:
    """Asks until the answer is truthy, and returns it. Raises StoryFailed after `seconds`."""
    deadline = time.monotonic() + seconds
    while not (found := is_so()):
        if time.monotonic() > deadline:
            raise StoryFailed(f"waited {seconds:.0f} s in vain for {what}")
        time.sleep(every)
    return found
