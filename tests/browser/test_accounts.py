"""People: a business is set up, somebody is asked in by mail, reads along, and finds out plainly what they may not."""

from __future__ import annotations

import re
import uuid
from collections.abc import Callable
from typing import Final

import pyotp
import pytest
from playwright.sync_api import Locator, Page, expect
from tests.browser import chromium
from tests.browser.conftest import Window
from tests.browser.shop import LogIn, Town, new_office
from tests.browser.test_pages import OVERFLOW, UNTRANSLATED, serious, settle

from kontor.demo.once.http import wait_until

pytestmark = pytest.mark.xdist_group("browser")

PASSWORD: Final = "Leinen-und-Laternen-4711"
SETTINGS: Final = (
    "", "/profile", "/preferences", "/notifications", "/security", "/people", "/business", "/api-keys",
    "/webhooks", "/audit", "/mails", "/privacy",
)  # fmt: skip
DOORS: Final = (
    "/login", "/register", "/forgotten-password", "/reset-password?token=no-such-token",
    "/verify-email?token=no-such-token", "/confirm-email?token=no-such-token", "/invitation?token=no-such-token",
)  # fmt: skip


def someone(name: str) -> str:
    return f"{name}-{uuid.uuid4().hex[:8]}@example.com"


def mail_link(page: Page, to: str, path: str) -> str:
    """The link of the newest mail to somebody, as the demo's page of mails shows it: its path and token."""

    def find() -> str:
        listed = page.request.get("/demo/mails").text()
        rows = re.findall(r'href="(/demo/mails/[0-9a-f-]+)/text".*?<small>(.*?)</small>', listed, re.DOTALL)
        for address, about in rows:
            if to in about:
                found = re.search(rf"{path}\?token=\S+", page.request.get(f"{address}/text").text())
                if found:
                    return found[0]
        return ""

    wait_until(f"a mail to {to}", lambda: bool(find()), seconds=60)
    return find()


def register(page: Page, email: str, company: str) -> None:
    page.goto("/login")
    page.get_by_role("link", name="Betrieb anlegen").click()
    page.get_by_label("Name des Betriebs").fill(company)
    page.get_by_label("Vorname").fill("Jule")
    page.get_by_label("Nachname").fill("Harms")
    page.get_by_label("E-Mail").fill(email)
    page.get_by_label("Kennwort", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Anlegen und beginnen").click()
    expect(page.get_by_role("heading", name="Heute", level=1)).to_be_attached()


def invite(page: Page, email: str, role: str) -> None:
    page.goto("/settings/people")
    page.get_by_role("button", name="Person einladen").click()
    drawer = page.get_by_role("dialog")
    drawer.get_by_label("E-Mail der Person").fill(email)
    drawer.get_by_label(role, exact=True).check()
    drawer.get_by_role("button", name="Einladung schicken").click()
    expect(page.get_by_text(f"Die Einladung an {email} ist unterwegs")).to_be_visible()


def accept(page: Page, link: str) -> None:
    page.goto(link)
    page.get_by_label("Vorname").fill("Ole")
    page.get_by_label("Nachname").fill("Boje")
    page.get_by_label("Neues Kennwort").fill(PASSWORD)
    page.get_by_role("button", name="Annehmen und beginnen").click()
    expect(page.get_by_role("heading", name="Heute", level=1)).to_be_attached()


def test_a_second_person_reads_along_and_is_told_plainly_what_they_may_not(window: Window) -> None:
    jule, ole = window(), window()
    ole_at = someone("ole")
    company = f"Harms & Boje {uuid.uuid4().hex[:6]}"
    register(jule, someone("jule"), company)
    tour = jule.get_by_role("region", name="Verbinden Sie einen Kanal")
    expect(tour).to_be_visible()
    tour.get_by_role("button", name="Überspringen").click()
    expect(tour).to_have_count(0)
    jule.reload()
    expect(jule.get_by_role("button", name="Hinweise")).to_be_visible()
    expect(tour).to_have_count(0)  # remembered

    invite(jule, ole_at, "Mitglied")
    expect(jule.get_by_role("region", name="Offene Einladungen").get_by_text(ole_at)).to_be_visible()
    accept(ole, mail_link(ole, ole_at, "/invitation"))
    expect(ole.get_by_role("button", name=company)).to_be_visible()
    people = jule.get_by_role("region", name="Im Betrieb")
    expect(people.get_by_text("Ole Boje")).to_be_visible()  # by the socket: nobody loaded anew

    ole.goto("/listings/new")
    role_of_ole(jule).click()
    jule.get_by_role("option", name="Nur lesen").click()
    expect(role_of_ole(jule)).to_have_value("Nur lesen")
    expect(ole.get_by_text("Ihre Rolle sieht alles und ändert nichts")).to_be_visible()
    refuse_a_write(ole)

    ole.goto("/settings/people")
    expect(ole.get_by_text("Einladen und Rollen vergeben dürfen Verwaltung und Inhaber")).to_be_visible()
    expect(ole.get_by_role("button", name="Person einladen")).to_have_count(0)


def role_of_ole(page: Page) -> Locator:
    return page.get_by_role("combobox", name="Rolle von Ole Boje")


def refuse_a_write(page: Page) -> None:
    """A form that was open when the role changed: the server refuses, and the page says who may."""
    page.get_by_label("Titel").fill("Windlicht aus Messing")
    page.get_by_label("Artikelnummer").fill("WL-1")
    page.get_by_role("button", name="Angebot anlegen").click()
    refusal = page.get_by_role("alert")
    expect(refusal).to_contain_text("Ihre Rolle darf das nicht")
    expect(refusal).to_contain_text("Mitglied, Verwaltung oder Inhaber")


def test_the_last_owner_cannot_go_and_hands_over_first(window: Window) -> None:
    jule, ole = window(), window()
    ole_at = someone("ole")
    register(jule, someone("jule"), "Harms Handel")
    invite(jule, ole_at, "Verwaltung")
    accept(ole, mail_link(ole, ole_at, "/invitation"))
    jule.goto("/settings/profile")
    jule.get_by_role("button", name="Betrieb verlassen").click()
    dialog = jule.get_by_role("dialog")
    dialog.get_by_role("button", name="Betrieb verlassen").click()
    expect(dialog.get_by_role("alert")).to_contain_text("Übergeben Sie es zuerst")

    jule.goto("/settings/people")
    jule.get_by_role("button", name="Mehr zu Ole Boje").click()
    jule.get_by_role("menuitem", name="Geschäft übergeben").click()
    dialog = jule.get_by_role("dialog")
    dialog.get_by_label("Jetziges Kennwort").fill("Etwas-ganz-anderes")
    dialog.get_by_role("button", name="An Ole Boje übergeben").click()
    expect(dialog.get_by_text("Das ist nicht Ihr jetziges Kennwort")).to_be_visible()
    dialog.get_by_label("Jetziges Kennwort").fill(PASSWORD)
    dialog.get_by_role("button", name="An Ole Boje übergeben").click()
    expect(jule.get_by_text("Wer Inhaber ist, entscheiden nur Inhaber.")).to_be_visible()
    ole.goto("/settings/people")
    expect(role_of_ole(ole)).to_have_value("Inhaber")


def test_a_forgotten_password_is_replaced_by_mail(window: Window, town: Town) -> None:
    log_in = new_office(town.tree, "Vergessen & Söhne")
    page = window()
    page.goto("/login")
    page.get_by_role("link", name="Kennwort vergessen").click()
    page.get_by_label("E-Mail").fill(log_in.email)
    page.get_by_role("button", name="Link schicken").click()
    expect(page.get_by_role("status")).to_contain_text(log_in.email)
    page.goto(mail_link(page, log_in.email, "/reset-password"))
    page.get_by_label("Neues Kennwort").fill("kurz")
    page.get_by_role("button", name="Kennwort setzen").click()
    expect(page.get_by_text("Das ist zu kurz")).to_be_visible()
    page.get_by_label("Neues Kennwort").fill(PASSWORD)
    page.get_by_role("button", name="Kennwort setzen").click()
    page.get_by_role("link", name="Zur Anmeldung").click()
    log_in_by_form(page, LogIn(log_in.email, PASSWORD))
    expect(page.get_by_role("heading", name="Heute", level=1)).to_be_attached()


def log_in_by_form(page: Page, log_in: LogIn) -> None:
    page.goto("/login")
    page.get_by_label("E-Mail").fill(log_in.email)
    page.get_by_label("Kennwort", exact=True).fill(log_in.password)
    page.get_by_role("button", name="Anmelden").click()


def prove(page: Page, log_in: LogIn) -> None:
    """The password once more, where Kontor asks for it."""
    dialog = page.get_by_role("dialog", name="Sind Sie es?")
    dialog.get_by_label("Ihr Kennwort").fill(log_in.password)
    dialog.get_by_role("button", name="Bestätigen").click()


def test_an_app_becomes_the_second_factor_and_is_asked_for(window: Window, town: Town) -> None:
    log_in = new_office(town.tree, "Zweimal & Co")
    page = window(log_in)
    page.goto("/settings/security")
    page.get_by_role("button", name="App einrichten").click()
    expect(page.get_by_alt_text("QR-Code für die App")).to_be_visible()
    secret = re.sub(r"\s", "", page.get_by_text(re.compile(r"^(?:[A-Z2-7]{4} ?){4,}$")).inner_text())
    page.get_by_label("Code, den die App jetzt zeigt").fill("000000")
    page.get_by_role("button", name="Code prüfen und einschalten").click()
    expect(page.get_by_text("Das ist nicht der Code, den die App gerade zeigt")).to_be_visible()
    page.get_by_label("Code, den die App jetzt zeigt").fill(pyotp.TOTP(secret).now())
    page.get_by_role("button", name="Code prüfen und einschalten").click()
    codes = page.get_by_role("region", name="Ihre Wiederherstellungscodes")
    expect(codes.get_by_role("listitem")).to_have_count(10)
    with page.expect_download() as file:
        codes.get_by_role("button", name="Als Datei sichern").click()
    first = codes.get_by_role("listitem").first.inner_text()
    assert first in file.value.path().read_text()
    codes.get_by_role("button", name="Ich habe sie gesichert").click()
    expect(page.get_by_text("10 Codes übrig")).to_be_visible()

    other = window()
    log_in_by_form(other, log_in)
    expect(other.get_by_role("heading", name="Zweiter Schritt")).to_be_visible()
    other.get_by_role("button", name="Wiederherstellungscode nehmen").click()
    other.get_by_label("Wiederherstellungscode").fill(first)
    other.get_by_role("button", name="Bestätigen").click()
    expect(other.get_by_role("heading", name="Heute", level=1)).to_be_attached()

    page.reload()
    expect(page.get_by_text("9 Codes übrig")).to_be_visible()
    page.get_by_role("listitem").filter(has_text="mit Wiederherstellungscode").get_by_role("button").click()
    expect(page.get_by_role("listitem").filter(has_text="mit Wiederherstellungscode")).to_have_count(0)
    other.goto("/listings")
    expect(other.get_by_role("heading", name="Anmelden", level=1)).to_be_visible()


def virtual_authenticator(page: Page) -> None:
    """A passkey device that says yes."""
    devtools = page.context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True,
        "isUserVerified": True, "automaticPresenceSimulation": True,
    }  # fmt: skip
    devtools.send("WebAuthn.addVirtualAuthenticator", {"options": options})


def test_a_passkey_opens_the_door(window: Window, town: Town) -> None:
    log_in = new_office(town.tree, "Schlüssel & Bund")
    home = town.tree.web_url.replace("127.0.0.1", "localhost")  # a passkey is bound to a name
    page = window()
    virtual_authenticator(page)
    page.goto(f"{home}/login")
    page.get_by_label("E-Mail").fill(log_in.email)
    page.get_by_label("Kennwort", exact=True).fill(log_in.password)
    page.get_by_role("button", name="Anmelden").click()
    expect(page.get_by_role("heading", name="Heute", level=1)).to_be_attached()
    page.goto(f"{home}/settings/security")
    page.get_by_label("Name des Geräts").fill("Laptop im Laden")
    page.get_by_role("button", name="Passkey anlegen").click()
    page.get_by_role("button", name="Ich habe sie gesichert").click()
    expect(page.get_by_text("Laptop im Laden")).to_be_visible()
    page.get_by_role("button", name="Überall abmelden").click()
    expect(page.get_by_role("heading", name="Anmelden", level=1)).to_be_visible()
    page.get_by_label("E-Mail").fill(log_in.email)
    page.get_by_label("Kennwort", exact=True).fill(log_in.password)
    page.get_by_role("button", name="Anmelden").click()
    page.get_by_role("button", name="Mit Passkey bestätigen").click()
    expect(page.get_by_role("heading", name="Sicherheit", level=1)).to_be_visible()  # on to where I was


def test_a_business_that_demands_a_second_factor_lets_nobody_on_without(window: Window, town: Town) -> None:
    page = window(new_office(town.tree, "Streng & Partner"))
    page.goto("/settings/business")
    page.get_by_role("switch", name="Zweiten Faktor von allen verlangen").click()
    expect(page.get_by_role("heading", name="Ein zweiter Faktor fehlt noch")).to_be_visible()
    page.get_by_role("button", name="App einrichten").click()
    secret = re.sub(r"\s", "", page.get_by_text(re.compile(r"^(?:[A-Z2-7]{4} ?){4,}$")).inner_text())
    page.get_by_label("Code, den die App jetzt zeigt").fill(pyotp.TOTP(secret).now())
    page.get_by_role("button", name="Code prüfen und einschalten").click()
    page.get_by_role("button", name="Ich habe sie gesichert").click()
    expect(page.get_by_role("button", name="Streng & Partner")).to_be_visible()


def test_what_i_prefer_counts_on_every_device(window: Window, town: Town) -> None:
    log_in = new_office(town.tree, "Vorliebe & Wahl")
    page = window(log_in)
    page.goto("/settings/preferences")
    pick(page.get_by_role("combobox", name="Erste Seite nach der Anmeldung"), "Angebote")
    page.get_by_role("radiogroup", name="Helligkeit").get_by_text("Dunkel").click()
    expect(page.locator("html")).to_have_attribute("data-mantine-color-scheme", "dark")
    expect(page.get_by_role("status").first).to_contain_text("gespeichert")
    other = window()
    log_in_by_form(other, log_in)
    expect(other.get_by_role("heading", name="Angebote", level=1)).to_be_visible()
    expect(other.locator("html")).to_have_attribute("data-mantine-color-scheme", "dark")


def pick(box: Locator, choice: str) -> None:
    box.click()
    box.page.get_by_role("option", name=choice).click()


def test_a_name_and_a_picture_are_kept(window: Window, town: Town) -> None:
    page = window(new_office(town.tree, "Bild & Name"))
    page.goto("/settings/profile")
    page.get_by_label("Vorname").fill("Antje")
    page.get_by_label("Vorname").blur()
    expect(page.get_by_text(re.compile("^gespeichert"))).to_be_visible()
    picture = page.locator("main").screenshot()
    page.locator("input[type=file]").set_input_files(
        {"name": "ich.png", "mimeType": "image/png", "buffer": picture}
    )
    page.get_by_role("button", name="Bild übernehmen").click()
    expect(page.locator("main img[src^='/api/v1/avatars/']")).to_be_visible()
    page.reload()
    expect(page.get_by_label("Vorname")).to_have_value("Antje")


def each(pages: tuple[str, ...], fault: Callable[[str], object]) -> dict[str, object]:
    return {page: found for page in pages if (found := fault(page))}


@pytest.mark.parametrize(("scheme", "language"), [("light", "de-DE"), ("dark", "fr-FR")])
def test_axe_finds_nothing_serious_in_the_settings(
    window: Window, town: Town, scheme: str, language: str
) -> None:
    page, stranger = window(town.demo, scheme=scheme, language=language), window(scheme=scheme)

    def look(at: Page, address: str) -> object:
        at.goto(address)
        settle(at)
        return serious(at)

    assert not each(SETTINGS, lambda name: look(page, f"/settings{name}"))
    assert not each(DOORS, lambda name: look(stranger, name))


def test_a_phone_shows_all_settings_in_words(window: Window, town: Town) -> None:
    page = window(town.demo, size=chromium.PHONE, language="fr-FR")

    def look(name: str) -> object:
        page.goto(f"/settings{name}")
        settle(page)
        bare = UNTRANSLATED.findall(page.locator("body").inner_text())
        return page.evaluate(OVERFLOW) or bare

    assert not each(SETTINGS, look)
