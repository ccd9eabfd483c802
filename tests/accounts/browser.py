"""A person at a browser of their own: cookie jar, access token, and the steps of logging in."""

from __future__ import annotations

from typing import Any

from httpx2 import Response
from starlette.testclient import TestClient

BASE_URL, ORIGIN = "http://127.0.0.1:8000", "http://localhost:8000"
PASSWORD = "drei Segel im Wind"
MARTINA = {
    "email": "martina@thomsen.example",
    "password": PASSWORD,
    "first_name": "Martina",
    "last_name": "Thomsen",
    "company": "Thomsen Trödel & Technik",
}
Json = dict[str, Any]


class Browser:
    """One browser. `said` is the body of the last answer that had one."""

    def __init__(self, client: TestClient, device: str = "Firefox") -> None:
        self.client, self.token, self.said = client, "", {}
        self.client.headers["User-Agent"] = device

    def send(self, method: str, path: str, body: Json | None = None) -> Response:
        """One request with whatever credential there is."""
        headers = {"Authorization": f"Bearer {self.token}"} if self.token else {}
        wanted = {"json": {} if body is None else body} if method in ("POST", "PATCH") else {}
        answer = self.client.request(method, f"/api/v1{path}", headers=headers, **wanted)
        self.said: Json = answer.json() if answer.content else {}
        return answer

    def get(self, path: str) -> Json:
        """Reads, and expects to be let in."""
        answer = self.send("GET", path)
        assert answer.status_code == 200, answer.text
        return self.said

    def post(self, path: str, body: Json | None = None, *, expect: int = 200) -> Json:
        """Acts, and expects this status."""
        answer = self.send("POST", path, body)
        assert answer.status_code == expect, answer.text
        return self.said

    def delete(self, path: str, *, expect: int = 204) -> Json:
        """Removes, and expects this status."""
        answer = self.send("DELETE", path)
        assert answer.status_code == expect, answer.text
        return self.said

    def register(self, **changed: str) -> Browser:
        """A new business and its owner, logged in."""
        self.token = self.post("/auth/register", {**MARTINA, **changed}, expect=201)["access_token"]
        return self

    def login(self, password: str = PASSWORD, email: str = MARTINA["email"], **more: str) -> Response:
        """The first step; logged in where it is the only one."""
        self.token = ""
        answer = self.send("POST", "/auth/login", {"email": email, "password": password, **more})
        self.token = self.said.get("access_token", "")
        return answer

    def second_step(self, method: str, **given: Any) -> Response:
        """The second step of the log-in that was begun last."""
        challenge = getattr(self, "challenge", "") or self.said["params"]["challenge"]
        answer = self.send(
            "POST", "/auth/login/second-factor", {"challenge": challenge, "method": method, **given}
        )
        self.token = self.said.get("access_token", "")
        return answer

    def refresh(self) -> Response:
        """New tokens by the cookie."""
        answer = self.send("POST", "/auth/refresh")
        self.token = self.said.get("access_token", self.token)
        return answer

    @property
    def code(self) -> str:
        """The code of the last refusal."""
        return str(self.said.get("code", ""))

    @property
    def problems(self) -> set[tuple[str, str]]:
        """(field, code) of what the last refusal says is wrong."""
        return {(row["field"], row["code"]) for row in self.said.get("problems", ())}
