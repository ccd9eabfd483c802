"""A mail server that speaks as much IMAP as reading takes, over TLS with a certificate of its own."""

from __future__ import annotations

import base64
import datetime
import ipaddress
import re
import socketserver
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

USER, PASSWORD = "anfragen@büro.example", 'pass "wort" \\ ß'


class MailServer:
    """One mailbox. `commands` are those that came; `sizes` lie about a mail where they name it."""

    def __init__(self) -> None:
        self.validity, self.mails = 7, dict[int, bytes]()
        self.commands: list[str] = []
        self.sizes: dict[int, int] = {}
        self.port = 0
        self.certificate = b""
        self.drops_after = 10_000  # commands

    def add(self, raw: bytes) -> int:
        """A mail that comes in; its UID."""
        uid = max(self.mails, default=0) + 1
        self.mails[uid] = raw
        return uid

    def trusting(self) -> ssl.SSLContext:
        """TLS that believes this server's certificate."""
        return ssl.create_default_context(cadata=self.certificate.decode())


class Talk(socketserver.StreamRequestHandler):
    """One connection."""

    server: Listener

    def say(self, text: str | bytes) -> None:
        self.wfile.write((text.encode() if isinstance(text, str) else text) + b"\r\n")

    def handle(self) -> None:
        self.say("* OK ready")
        mailbox = self.server.mailbox
        while line := self.rfile.readline():
            tag, _, rest = line.decode().strip().partition(" ")
            mailbox.commands.append(rest)
            if len(mailbox.commands) > mailbox.drops_after:
                return
            word = rest.split(" ", 1)[0].upper()
            if word == "LOGOUT":
                return
            done = getattr(self, f"do_{word.lower()}", lambda _: "BAD unknown")(rest)
            self.say(f"{tag} {done}")

    def do_capability(self, _: str) -> str:
        self.say("* CAPABILITY IMAP4rev1 AUTH=PLAIN")
        return "OK done"

    def do_authenticate(self, _: str) -> str:
        self.say("+ ")
        words = base64.b64decode(self.rfile.readline()).decode().split("\0")
        return "OK in" if words[1:] == [USER, PASSWORD] else "NO [AUTHENTICATIONFAILED] no"

    def do_examine(self, rest: str) -> str:
        if "INBOX" not in rest:
            return "NO no such folder"
        self.say(f"* {len(self.server.mailbox.mails)} EXISTS")
        self.say(f"* OK [UIDVALIDITY {self.server.mailbox.validity}] it is")
        return "OK [READ-ONLY] open"

    def do_uid(self, rest: str) -> str:
        mailbox = self.server.mailbox
        if "SEARCH" in rest:
            found = sorted(mailbox.mails)
            if after := re.search(r"UID (\d+):\*", rest):
                found = [uid for uid in found if uid >= int(after[1])] or found[-1:]
            self.say(f"* SEARCH {' '.join(map(str, found))}")
            return "OK done"
        asked = re.match(r"UID FETCH (\d+) \((.*)\)", rest)
        assert asked
        uid = int(asked[1])
        raw = mailbox.mails.get(uid)
        if raw is not None and "SIZE" in asked[2]:
            self.say(f"* 1 FETCH (UID {uid} RFC822.SIZE {max(mailbox.sizes.get(uid, 0), len(raw))})")
        elif raw is not None:
            announced = max(len(raw), -mailbox.sizes.get(uid, 0))
            self.say(f"* 1 FETCH (UID {uid} BODY[] {{{announced}}}".encode())
            self.wfile.write(raw)
            self.say(")")
        return "OK done"


class Listener(socketserver.ThreadingTCPServer):
    """Accepts, and wraps in TLS."""

    daemon_threads = True
    allow_reuse_address = True

    def __init__(self, mailbox: MailServer, context: ssl.SSLContext) -> None:
        super().__init__(("127.0.0.1", 0), Talk)
        self.mailbox, self._context = mailbox, context

    def finish_request(self, request: object, client_address: object) -> None:
        try:
            wrapped = self._context.wrap_socket(request, server_side=True)  # type: ignore[arg-type]
        except OSError:  # who does not believe the certificate hangs up
            return
        with wrapped:
            super().finish_request(wrapped, client_address)


@contextmanager
def running(folder: Path) -> Iterator[MailServer]:
    """A server on a free port."""
    mailbox = MailServer()
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(_certificate(folder))
    with Listener(mailbox, context) as listener:
        mailbox.port = listener.server_address[1]
        mailbox.certificate = (folder / "public.pem").read_bytes()
        thread = threading.Thread(target=listener.serve_forever, daemon=True)
        thread.start()
        yield mailbox
        listener.shutdown()


def _certificate(folder: Path) -> Path:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "mail.example")])
    today = datetime.datetime.now(datetime.UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(today - datetime.timedelta(days=1))
        .not_valid_after(today + datetime.timedelta(days=1))
        .add_extension(
            x509.SubjectAlternativeName(
                [x509.DNSName("mail.example"), x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]
            ),
            critical=False,
        )
        .sign(key, hashes.SHA256())
    )
    public = made.public_bytes(serialization.Encoding.PEM)
    (folder / "public.pem").write_bytes(public)
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    path = folder / "server.pem"
    path.write_bytes(private + public)
    return path
