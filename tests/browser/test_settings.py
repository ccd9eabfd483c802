"""The settings of a business at work: keys, webhooks, the log, data to take along, mails that prove, people who go."""

from __future__ import annotations

import csv
import io
import re
import threading
import zipfile
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Final

import pytest
from playwright.sync_api import Page, expect
from standardwebhooks.webhooks import Webhook
from tests.browser.conftest import Window
from tests.browser.shop import LogIn, SignedIn, Town, new_office
from tests.browser.test_accounts import PASSWORD, accept, invite, log_in_by_form, mail_link, pick, someone
from tests.browser.test_pages import serious, settle

from kontor.demo.once.http import wait_until

pytestmark = pytest.mark.xdist_group("browser")

RAW: Final = re.compile(r"\b[a-z]+_[a-z_]+\b")  # a name from the source


def both_themes(page: Page) -> None:
    """Axe has nothing serious against the page as it stands, light and dark."""
    settle(page)
    for scheme in ("dark", "light"):
        page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
        expect(page.locator("html")).to_have_attribute("data-mantine-color-scheme", scheme)
        assert not serious(page), scheme


@pytest.fixture(scope="module")
def office(town: Town) -> LogIn:
    """A business for those stories that leave nothing behind which another would trip over."""
    return new_office(town.tree, "Ahoi & Partner")


def test_a_person_of_two_businesses_goes_from_one_to_the_other(window: Window, town: Town) -> None:
    mine, theirs = new_office(town.tree, "Meine Waren"), new_office(town.tree, "Fremde Waren")
    boss = SignedIn(town.tree.web_url, theirs)
    boss.post("/people/invitations", {"email": mine.email, "role": "member"})
    page = window()
    page.goto(mail_link(page, mine.email, "/invitation"))
    page.get_by_label("Kennwort", exact=True).fill(mine.password)
    page.get_by_role("button", name="Annehmen und beginnen").click()
    page.get_by_role("button", name="Fremde Waren").click()
    with page.expect_navigation():  # nothing of the one stays for the other
        page.get_by_role("menuitem", name="Meine Waren").click()
    expect(page.get_by_role("button", name="Meine Waren")).to_be_visible()
    page.reload()  # stays there
    page.get_by_role("button", name="Meine Waren").click()
    expect(page.get_by_role("menuitem", name="Fremde Waren")).to_be_visible()


def test_a_further_business_is_founded_with_the_password_that_one_has(window: Window, town: Town) -> None:
    log_in = new_office(town.tree, "Erster Laden")
    page = window()
    page.goto("/register")
    for label, words in (("Name des Betriebs", "Zweiter Laden"), ("Vorname", "Jule"), ("Nachname", "Harms")):
        page.get_by_label(label).fill(words)
    page.get_by_label("E-Mail").fill(log_in.email)
    page.get_by_label("Kennwort", exact=True).fill("ein ganz anderes Kennwort")
    page.get_by_role("button", name="Anlegen und beginnen").click()
    expect(page.get_by_role("alert")).to_contain_text("E-Mail oder Kennwort stimmt nicht")
    expect(page.get_by_text("Gibt es zu dieser Adresse schon ein Konto")).to_be_visible()
    page.get_by_label("Kennwort", exact=True).fill(log_in.password)
    page.get_by_role("button", name="Anlegen und beginnen").click()
    page.get_by_role("button", name="Zweiter Laden").click()
    expect(page.get_by_role("menuitem", name="Erster Laden")).to_be_visible()


def test_an_api_key_is_shown_once_works_and_is_revoked(window: Window, office: LogIn) -> None:
    page = window(office)
    page.goto("/settings/api-keys")
    expect(page.get_by_text("Noch gibt es keinen Schlüssel")).to_be_visible()
    page.get_by_label("Wofür").fill("Warenwirtschaft")
    page.get_by_role("button", name="Schlüssel machen").click()
    shown = page.get_by_role("region", name="Der neue Schlüssel")
    secret = shown.get_by_role("status").inner_text()
    both_themes(page)

    def answers(method: str = "GET") -> int:
        headers = {"Authorization": f"Bearer {secret}", "If-Match": "*"}
        body = {"defaults": []} if method == "PUT" else None
        where = "/api/v1/defaults"
        return page.request.fetch(where, method=method, headers=headers, data=body).status

    assert (answers(), answers("PUT")) == (200, 403)  # it may read, and that is all it was given
    shown.get_by_role("button", name="Ich habe ihn gesichert").click()
    page.reload()
    row = page.get_by_role("listitem").filter(has_text="Warenwirtschaft")
    expect(row).to_contain_text("lesen")
    expect(row).not_to_contain_text("noch nie")  # used a moment ago
    assert secret not in page.content()
    row.get_by_role("button", name="Warenwirtschaft widerrufen").click()
    expect(row).to_contain_text("widerrufen")
    wait_until("the key's end", lambda: answers() == 401, seconds=15)


class Listener:
    """A customer's own system, which keeps what it is told."""

    def __init__(self) -> None:
        self.heard: list[tuple[dict[str, str], bytes]] = []
        heard = self.heard

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                heard.append(({name.lower(): value for name, value in self.headers.items()}, body))
                self.send_response(204)
                self.end_headers()

            def log_message(self, *_: object) -> None:
                """Silent."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self._server.server_port}/kontor"
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def close(self) -> None:
        """Nobody is there any more."""
        self._server.shutdown()
        self._server.server_close()


@pytest.fixture
def listener() -> Iterator[Listener]:
    """It runs while the test does."""
    listener = Listener()
    yield listener
    listener.close()


def test_a_webhook_is_tried_seen_in_its_log_and_sent_again(
    window: Window, office: LogIn, listener: Listener
) -> None:
    page = window(office)
    page.goto("/settings/webhooks")
    expect(page.get_by_text("Noch wird niemand benachrichtigt")).to_be_visible()
    page.get_by_label("Adresse", exact=True).fill(listener.url)
    page.get_by_label("Wofür").fill("Lagerprogramm")
    pick(page.get_by_role("combobox", name="Ereignisse"), "order.received")
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Webhook anlegen").click()
    made = page.get_by_role("region", name="Geheimnis der Unterschrift")
    secret = made.get_by_role("status").inner_text()
    made.get_by_role("button", name="Ich habe ihn gesichert").click()

    endpoint = page.get_by_role("region", name="Lagerprogramm")
    endpoint.get_by_role("button", name="Probe senden").click()
    expect(endpoint.get_by_role("listitem")).to_contain_text("angenommen")
    ((headers, body),) = listener.heard
    Webhook(secret).verify(body, headers)  # raises, were it not signed with what was shown

    endpoint.get_by_role("button", name="Ansehen").click()
    expect(endpoint.get_by_text("HTTP 204")).to_be_visible()
    both_themes(page)
    endpoint.get_by_role("button", name="Noch einmal senden").click()
    wait_until("the replay", lambda: len(listener.heard) == 2, seconds=30)
    assert (
        listener.heard[1][0]["webhook-id"] == headers["webhook-id"]
    )  # so that it can be told from a new one
    expect(endpoint.get_by_text("2 Versuche")).to_be_visible()

    listener.close()
    endpoint.get_by_role("button", name="Probe senden").click()
    newest = endpoint.get_by_role("listitem").first
    expect(newest).to_contain_text("nicht angenommen · 1 Versuch")
    newest.get_by_role("button", name="Ansehen").click()
    expect(newest).to_contain_text("Der Server ist nicht zu erreichen")


def test_the_log_says_in_words_who_did_what_and_can_be_taken_along(window: Window, town: Town) -> None:
    log_in = new_office(town.tree, "Protokoll & Siegel")
    office = SignedIn(town.tree.web_url, log_in)
    office.put("/defaults", {"defaults": [{"scope": "tenant", "field": "brand", "value": "Markenlos"}]})
    office.put("/brands", {"name": "Hafenleinen"})
    page = window(log_in)
    page.goto("/settings/business")
    pick(page.get_by_role("combobox", name="Land"), "Österreich")
    expect(page.get_by_role("status").first).to_contain_text("gespeichert")
    page.goto("/settings/audit")
    entries = page.get_by_role("region", name="Wer was getan hat").get_by_role("listitem")
    for words in ("Angemeldet", "Vorgaben geändert", "Marke geändert", "Betrieb geändert"):
        expect(entries.filter(has_text=words).first).to_be_visible()
    expect(entries.filter(has_text="Land: DE → AT")).to_have_count(1)
    assert not RAW.findall(page.get_by_role("main").inner_text())
    both_themes(page)

    pick(page.get_by_role("combobox", name="Art"), "Betrieb")
    expect(entries).to_have_count(1)
    page.reload()  # the filter is in the address
    expect(entries).to_have_count(1)
    with page.expect_download() as file:
        page.get_by_role("button", name="Als CSV").click()
    rows = list(csv.DictReader(io.StringIO(Path(file.value.path()).read_text("utf-8-sig"))))
    assert [row["action"] for row in rows] == ["tenant.changed"]
    page.get_by_label("Name, Sache, Adresse").fill("gibt es nicht")
    expect(page.get_by_text("Dazu steht nichts im Protokoll")).to_be_visible()


def test_my_data_come_as_a_file_and_can_be_thrown_away(window: Window, town: Town) -> None:
    log_in = new_office(town.tree, "Daten & Co")
    page = window(log_in)
    page.goto("/settings/privacy")
    page.get_by_role("button", name="Meine Daten zusammenstellen").click()
    exports = page.get_by_role("region", name="Daten mitnehmen")
    expect(exports.get_by_role("listitem")).to_contain_text("fertig", timeout=60_000)
    both_themes(page)
    with page.expect_download() as file:
        exports.get_by_role("button", name="Herunterladen").click()
    with zipfile.ZipFile(file.value.path()) as packed:
        assert any(log_in.email.encode() in packed.read(name) for name in packed.namelist())
    exports.get_by_role("button", name="Wegwerfen").click()
    expect(exports.get_by_role("listitem")).to_have_count(0)


def test_an_address_is_proven_by_mail_and_changed_by_mail(window: Window, town: Town) -> None:
    log_in = new_office(town.tree, "Post & Siegel")
    page = window(log_in)
    page.goto("/settings/profile")
    expect(page.get_by_text("Diese Adresse ist noch nicht bestätigt")).to_be_visible()
    link = mail_link(page, log_in.email, "/verify-email")
    page.goto(link)
    expect(page.get_by_role("heading", name="Ihre Adresse ist bestätigt")).to_be_visible()
    expect(page.get_by_role("status")).to_contain_text(log_in.email)
    page.get_by_role("link", name="Ins Kontor").click()
    page.goto("/settings/profile")
    expect(page.get_by_role("button", name="Adresse ändern")).to_be_visible()
    expect(page.get_by_text("Diese Adresse ist noch nicht bestätigt")).to_have_count(0)
    page.goto(link)  # once more
    expect(page.get_by_role("alert")).to_contain_text("Dieser Link gilt nicht mehr")
    expect(page.get_by_role("button", name="Erneut laden")).to_have_count(0)

    new = someone("neu")
    page.goto("/settings/profile")
    page.get_by_role("button", name="Adresse ändern").click()
    page.get_by_label("Neue Adresse").fill(new)
    page.get_by_label("Jetziges Kennwort").fill(log_in.password)
    page.get_by_role("button", name="Bestätigung schicken").click()
    expect(page.get_by_text(f"{new} wartet auf die Bestätigung")).to_be_visible()
    stranger = window()  # the mail is read on another device
    stranger.goto(mail_link(stranger, new, "/confirm-email"))
    expect(stranger.get_by_role("heading", name="Ihre neue Adresse gilt")).to_be_visible()
    stranger.get_by_role("link", name="Zur Anmeldung").click()
    log_in_by_form(stranger, LogIn(new, log_in.password))
    expect(stranger.get_by_role("heading", name="Heute", level=1)).to_be_attached()


def test_a_session_elsewhere_is_ended_from_here(window: Window, town: Town) -> None:
    log_in = new_office(town.tree, "Hier & Dort")
    page, elsewhere = window(log_in), window(log_in)
    elsewhere.goto("/today")
    expect(elsewhere.get_by_role("heading", name="Heute", level=1)).to_be_attached()
    page.goto("/settings/security")
    sessions = page.get_by_role("region", name="Wo Sie angemeldet sind")
    end = sessions.get_by_role("button", name=re.compile("^Beenden: Chrome"))
    expect(end).to_have_count(1)  # not the one that looks
    end.click()
    expect(end).to_have_count(0)
    expect(elsewhere.get_by_role("heading", name="Anmelden", level=1)).to_be_visible()  # by itself
    expect(sessions.get_by_text("dieses Gerät")).to_be_visible()


def test_who_is_deactivated_is_out_at_once_and_comes_back_when_asked(window: Window, town: Town) -> None:
    log_in, ole_at = new_office(town.tree, "Kommen & Gehen"), someone("ole")
    jule, ole = window(log_in), window()
    invite(jule, ole_at, "Mitglied")
    accept(ole, mail_link(ole, ole_at, "/invitation"))
    jule.get_by_role("button", name="Mehr zu Ole Boje").click()
    jule.get_by_role("menuitem", name="Deaktivieren").click()
    row = jule.get_by_role("listitem").filter(has_text="Ole Boje")
    expect(row).to_contain_text("deaktiviert")
    both_themes(jule)
    expect(ole.get_by_role("heading", name="Anmelden", level=1)).to_be_visible()
    log_in_by_form(ole, LogIn(ole_at, PASSWORD))
    expect(ole.get_by_role("alert")).to_be_visible()
    jule.get_by_role("button", name="Mehr zu Ole Boje").click()
    jule.get_by_role("menuitem", name="Wieder aktivieren").click()
    expect(row).not_to_contain_text("deaktiviert")
    log_in_by_form(ole, LogIn(ole_at, PASSWORD))
    expect(ole.get_by_role("heading", name="Heute", level=1)).to_be_attached()
