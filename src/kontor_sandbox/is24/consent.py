"""`confirm_access`: the page on which an estate agent lets an application in, in German, English or French."""

from __future__ import annotations

import html
import secrets
import sqlite3
from urllib.parse import parse_qs, urlencode

from kontor_sandbox.exchange import Answer, Request
from kontor_sandbox.is24.accounts import account_named, all_accounts
from kontor_sandbox.store import Row, find
from kontor_sandbox.world import World, stamp

_TEXTS = {
    "de": ("Zugriff erlauben", "möchte Ihre Immobilien, Kontakte und Auswertungen verwalten.", "Als welcher Anbieter?",
           "Zustimmen", "Ablehnen", "Diese Seite spielt die Kontor-Sandbox. Es geht um kein echtes Konto.",
           "Diese Anfrage gilt nicht mehr. Bitte beginnen Sie in Ihrer Anwendung von vorn."),
    "en": ("Grant access", "would like to manage your properties, contacts and reports.", "As which agent?",
           "Agree", "Decline", "This page is played by the Kontor sandbox. No real account is involved.",
           "This request is no longer valid. Please begin again in your application."),
    "fr": ("Autoriser l'accès", "souhaite gérer vos biens, contacts et rapports.", "Avec quel compte ?",
           "Accepter", "Refuser", "Cette page est jouée par le bac à sable Kontor. Aucun compte réel n'est concerné.",
           "Cette demande n'est plus valable. Veuillez recommencer dans votre application."),
}  # fmt: skip
_STYLE = """:root { color-scheme: light dark; --line: #cfc8b8; --accent: #0f5c5a }
* { box-sizing: border-box } body { margin: 0; min-height: 100vh; display: grid; place-items: center; padding: 1.5rem;
  font: 1rem/1.5 system-ui, sans-serif } main { width: min(30rem, 100%); border: 1px solid var(--line);
  border-radius: 14px; padding: 2rem } h1 { font-size: 1.35rem; margin: 0 0 .75rem } fieldset { border: 0; padding: 0;
  display: grid; gap: .5rem } label { display: flex; gap: .7rem; border: 1px solid var(--line); border-radius: 10px;
  padding: .7rem .9rem } button { padding: .7rem 1.2rem; border-radius: 10px; border: 1px solid var(--line);
  background: none; color: inherit; font: inherit } button[value=agree] { background: var(--accent); color: #fff }
p.buttons { display: flex; gap: .75rem } footer { font-size: .85rem; opacity: .8 }"""
_MEDIA_TYPE = "text/html; charset=utf-8"


def answer(world: World, request: Request) -> Answer:
    """GET shows the page; POST with `decision` and `account` is the click."""
    if request.method not in ("GET", "POST"):
        return Answer(405, headers={"allow": "GET, POST"})
    token = parse_qs(request.query_string).get("oauth_token", [""])[-1]
    language = _language(request.headers.get("accept-language", ""))
    with world.store.transaction() as db:
        waiting = _waiting(world, db, token)
        if waiting is None:
            return Answer(400, _refused(language), media_type=_MEDIA_TYPE)
        if request.method == "GET":
            return Answer(200, _page(db, language, waiting, request.query_string), media_type=_MEDIA_TYPE)
        form = {
            name: values[-1] for name, values in parse_qs(request.body.decode("utf-8", "replace")).items()
        }
        try:
            location = decide(
                world, db, token, form.get("account", ""), agrees=form.get("decision") == "agree"
            )
        except LookupError:
            return Answer(400, _refused(language), media_type=_MEDIA_TYPE)
    return Answer(302, headers={"location": location})


def decide(world: World, db: sqlite3.Connection, token: str, username: str, *, agrees: bool) -> str:
    """The address that the browser is sent back to after the click.

    Raises LookupError when the token or the account does not exist.
    """
    waiting = _waiting(world, db, token)
    if waiting is None:
        raise LookupError("There is no request token of this name that waits for consent.")
    joint = "&" if "?" in waiting["callback"] else "?"
    if not agrees:
        db.execute("UPDATE is24_request_token SET used = 1 WHERE token = ?", (token,))
        return f"{waiting['callback']}{joint}{urlencode({'state': 'rejected', 'oauth_token': token})}"
    verifier = secrets.token_hex(4)
    db.execute(
        "UPDATE is24_request_token SET account_id = ?, verifier = ? WHERE token = ?",
        (account_named(db, username)["account_id"], verifier, token),
    )
    told = {"state": "authorized", "oauth_token": token, "oauth_verifier": verifier}
    return f"{waiting['callback']}{joint}{urlencode(told)}"


def _waiting(world: World, db: sqlite3.Connection, token: str) -> Row | None:
    return find(
        db,
        "SELECT is24_request_token.*, title FROM is24_request_token JOIN is24_application USING (consumer_key)"
        " WHERE token = ? AND account_id IS NULL AND used = 0 AND expires_at >= ?",
        *(token, stamp(world.now())),
    )


def _language(accepted: str) -> str:
    for part in accepted.split(","):
        if (language := part.strip()[:2].lower()) in _TEXTS:
            return language
    return "de"


def _refused(language: str) -> str:
    return f'<!DOCTYPE html><html lang="{language}"><meta charset=utf-8><p>{_TEXTS[language][6]}</p></html>'


def _page(db: sqlite3.Connection, language: str, waiting: Row, query: str) -> str:
    title, wants, which, agree, decline, played, _ = _TEXTS[language]
    accounts = "".join(
        f'<label><input type="radio" name="account" value="{row["username"]}"{" checked" if number == 0 else ""}>'
        f"{html.escape(row['title'])} ({row['username']})</label>"
        for number, row in enumerate(all_accounts(db))
    )
    return (
        f'<!DOCTYPE html><html lang="{language}"><head><meta charset="utf-8"><title>{title}</title>'
        f'<meta name="viewport" content="width=device-width, initial-scale=1"><style>{_STYLE}</style></head><body>'
        f"<main><h1>{title}</h1><p><b>{html.escape(waiting['title'])}</b> {wants}</p>"
        f'<form method="post" action="?{html.escape(query)}"><fieldset><legend>{which}</legend>{accounts}</fieldset>'
        f'<p class="buttons"><button name="decision" value="decline">{decline}</button>'
        f'<button name="decision" value="agree">{agree}</button></p></form><footer>{played}</footer></main></body></html>'
    )
