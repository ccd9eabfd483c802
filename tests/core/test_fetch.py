"""Pictures and feeds come from anywhere, but never from inside our own network."""

from __future__ import annotations

import ipaddress
import socket
import threading
from collections.abc import Iterator, Sequence
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kontor.core import fetch as fetching
from kontor.core import guarded
from kontor.core.config import settings
from kontor.core.fetch import fetch
from kontor.core.guarded import Network, is_public

PNG = b"\x89PNG\r\n\x1a\n" + b"x" * 100


class Web(BaseHTTPRequestHandler):
    """A small open web: one path per behaviour; remembers the Host header that it was asked with."""

    hosts: list[str] = []

    def do_GET(self) -> None:
        self.hosts.append(self.headers["Host"])
        path = urlsplit(self.path).path
        if path == "/gateway":
            asked = parse_qs(urlsplit(self.path).query)["url"][0]
            return self.answer(200, asked.encode(), "image/png")
        if path.startswith("/to/"):
            return self.answer(302, b"", "text/html", location=self.path.removeprefix("/to/"))
        if path == "/loop":
            return self.answer(302, b"", "text/html", location="/loop")
        if path.startswith("/status/"):
            return self.answer(int(path.rsplit("/", 1)[1]), b"no", "text/plain")
        if path == "/page":
            return self.answer(200, b"<html>", "text/html; charset=utf-8")
        if path == "/endless":
            return self.drip(b"x" * 65536, pause=0)
        if path == "/drip":
            return self.drip(b"x", pause=0.05)
        return self.answer(200, PNG, "image/png")

    def answer(self, status: int, body: bytes, kind: str, location: str = "") -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        if location:
            self.send_header("Location", location)
        self.end_headers()
        self.wfile.write(body)

    def drip(self, chunk: bytes, pause: float) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "image/png")
        self.end_headers()
        stopped = threading.Event()
        try:
            while not stopped.wait(pause):
                self.wfile.write(chunk)
        except OSError:
            pass

    def log_message(self, format: str, *arguments: object) -> None:
        """Silent."""


@pytest.fixture(scope="module")
def web() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Web)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def only_this_machine(address: str) -> bool:
    return address == "127.0.0.1"


HERE = Network(ports=None, may_reach=only_this_machine, total_seconds=5)


def test_a_picture_arrives_whole(web: str) -> None:
    found = fetch(f"{web}/a.png#part", max_bytes=1000, network=HERE)
    assert (found.content, found.content_type, found.final_url) == (PNG, "image/png", f"{web}/a.png")


def test_a_redirect_is_followed_and_told(web: str) -> None:
    assert fetch(f"{web}/to//a.png", max_bytes=1000, network=HERE).final_url == f"{web}/a.png"


def test_the_name_is_resolved_once_and_kept_for_the_server(web: str) -> None:
    port, asked = urlsplit(web).port, []

    def rebinding(host: str, port: int) -> Sequence[str]:
        asked.append(host)
        return ["127.0.0.1"] if len(asked) == 1 else ["10.0.0.1"]

    network = Network(ports=None, may_reach=only_this_machine, resolve=rebinding)
    assert fetch(f"http://pictures.example:{port}/a.png", max_bytes=1000, network=network).content == PNG
    assert asked == ["pictures.example"]
    assert Web.hosts[-1] == f"pictures.example:{port}"


@pytest.mark.parametrize(
    "address",
    [
        "http://127.0.0.1/", "http://10.1.2.3/a.png", "http://172.16.0.1/", "http://192.168.1.1/",
        "http://169.254.169.254/latest/meta-data/", "http://100.64.0.1/", "http://0.0.0.0/", "http://224.0.0.1/",
        "http://255.255.255.255/", "http://[::1]/", "http://[::]/", "http://[fe80::1]/", "http://[fc00::1]/",
        "http://[ff02::1]/", "http://[::ffff:127.0.0.1]/", "http://[::ffff:7f00:1]/", "http://[64:ff9b::7f00:1]/",
        "http://[2002:7f00:1::]/", "http://localhost/",
    ],
)  # fmt: skip
def test_inner_networks_are_out_of_reach(address: str) -> None:
    with pytest.raises(guarded.PrivateAddress) as caught:
        fetch(address, max_bytes=1000)
    assert not caught.value.may_pass


@pytest.mark.parametrize(
    "address",
    [
        "", "a.png", "ftp://example.com/a.png", "file:///etc/passwd", "gopher://example.com", "http://",
        "http://user:secret@example.com/", "http://example.com:22/", "http://example.com:5432/",
        "http://2130706433/", "http://0177.0.0.1/", "http://0x7f.1/", "http://0x7f000001/", "http://127.1/",
        "http://017700000001./", "https://exa mple.com/", "http://[::1/",
    ],
)  # fmt: skip
def test_what_is_no_web_address_is_refused_without_a_look(address: str) -> None:
    def never(host: str, port: int) -> Sequence[str]:
        raise AssertionError("the name server was asked")

    with pytest.raises(guarded.BadAddress) as caught:
        fetch(address, max_bytes=1000, network=Network(resolve=never))
    assert "secret" not in str(caught.value.params)


@pytest.mark.parametrize(
    "answers", [["192.168.0.5"], ["93.184.216.34", "127.0.0.1"], ["::ffff:10.0.0.1"], []]
)
def test_a_public_name_for_a_private_address_is_refused(answers: list[str]) -> None:
    with pytest.raises(guarded.PrivateAddress):
        fetch("http://innocent.example/", max_bytes=9, network=Network(resolve=lambda host, port: answers))


def test_a_redirect_into_a_private_network_is_refused(web: str) -> None:
    for inner in ("http://127.0.0.2/", "http://inner.example/", "http://[::1]/"):
        network = Network(
            ports=None,
            may_reach=only_this_machine,
            resolve=lambda host, port: ["10.0.0.7" if "inner" in host else host],
        )
        with pytest.raises(guarded.PrivateAddress):
            fetch(f"{web}/to/{inner}", max_bytes=1000, network=network)
    with pytest.raises(guarded.BadAddress):
        fetch(f"{web}/to/file:///etc/passwd", max_bytes=1000, network=HERE)


def test_redirects_end(web: str) -> None:
    with pytest.raises(fetching.TooManyRedirects):
        fetch(f"{web}/loop", max_bytes=1000, network=HERE)


def test_size_is_capped_whether_declared_or_not(web: str) -> None:
    for path in ("/a.png", "/endless"):
        with pytest.raises(fetching.TooLarge):
            fetch(web + path, max_bytes=50, network=HERE)


def test_a_server_that_drips_is_given_up_on(web: str) -> None:
    with pytest.raises(fetching.TooSlow) as caught:
        fetch(f"{web}/drip", max_bytes=10**9, network=Network(None, only_this_machine, total_seconds=0.4))
    assert caught.value.may_pass


def test_a_page_is_no_picture(web: str) -> None:
    with pytest.raises(fetching.WrongType) as caught:
        fetch(f"{web}/page", max_bytes=1000, network=HERE)
    assert caught.value.params["content_type"] == "text/html"
    assert fetch(f"{web}/page", max_bytes=1000, accept=("text/*",), network=HERE).content == b"<html>"


@pytest.mark.parametrize(
    ("status", "code", "may_pass"),
    [
        (404, "fetch.not_found", False),
        (410, "fetch.not_found", False),
        (403, "fetch.refused", False),
        (429, "fetch.unreachable", True),
        (503, "fetch.unreachable", True),
    ],
)
def test_each_failure_says_whether_to_try_again(web: str, status: int, code: str, may_pass: bool) -> None:
    with pytest.raises(guarded.FetchError) as caught:
        fetch(f"{web}/status/{status}", max_bytes=1000, network=HERE)
    assert (caught.value.code, caught.value.may_pass) == (code, may_pass)


def test_nobody_there() -> None:
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        port = closed.getsockname()[1]
    with pytest.raises(fetching.Unreachable):
        fetch(f"http://127.0.0.1:{port}/", max_bytes=1000, network=HERE)
    with pytest.raises(guarded.UnknownHost):
        fetch("http://nowhere.invalid/", max_bytes=1000)


def test_the_demo_gateway_stands_for_the_open_web(web: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KONTOR_FETCH_GATEWAY", f"{web}/gateway")
    settings.cache_clear()
    try:
        assert (
            fetch("https://shop.example/a b.png", max_bytes=99).content == b"https://shop.example/a%20b.png"
        )
        with pytest.raises(guarded.PrivateAddress):
            fetch("http://192.168.0.1/a.png", max_bytes=99)
    finally:
        monkeypatch.undo()
        settings.cache_clear()


@given(st.ip_addresses(v=4))
def test_an_ipv6_wrapping_is_judged_like_the_ipv4_inside(address: ipaddress.IPv4Address) -> None:
    number = int(address)
    forms = [0xFFFF << 32 | number, 0x64FF9B << 96 | number, 0x2002 << 112 | number << 80]
    assert {is_public(str(ipaddress.IPv6Address(form))) for form in forms} == {is_public(str(address))}
    if not address.is_global:
        assert not is_public(str(address))
