"""The consent page that a person clicks through, in German, English or French."""

from __future__ import annotations

import html
import sqlite3
from urllib.parse import parse_qs, quote

from kontor_sandbox.ebay import oauth
from kontor_sandbox.ebay.consent_page import render
from kontor_sandbox.ebay.sellers import all_sellers
from kontor_sandbox.exchange import Answer, Request
from kontor_sandbox.store import find
from kontor_sandbox.world import World


def answer(world: World, request: Request) -> Answer:
    """GET shows the page; POST with ``decision`` and ``account`` is the click."""
    if request.method not in ("GET", "POST"):
        return Answer(405, headers={"allow": "GET, POST"})
    asked = {name: values[-1] for name, values in parse_qs(request.query_string).items()}
    language = _language(request, asked)
    with world.store.transaction() as db:
        application = oauth.application_of(db, asked.get("client_id", ""), asked.get("redirect_uri", ""))
        scopes = oauth.granted_scopes(asked.get("scope", ""))
        if application is None or scopes is None or asked.get("response_type") != "code":
            problem = (
                "unauthorized_client"
                if application is None
                else "invalid_scope"
                if scopes is None
                else "invalid_request"
            )
            return Answer(400, _error_page(problem), media_type="text/html; charset=utf-8")
        if request.method == "GET":
            page = render(
                language, application["title"], all_sellers(db), scopes.split(), request.query_string
            )
            return Answer(200, page, media_type="text/html; charset=utf-8")
        form = {name: values[-1] for name, values in parse_qs(request.body.decode()).items()}
        location = decide(world, db, asked, form.get("account", ""), agrees=form.get("decision") == "agree")
    return Answer(302, headers={"location": location})


def decide(world: World, db: sqlite3.Connection, asked: dict[str, str], account: str, *, agrees: bool) -> str:
    """The address that the browser is sent back to after the click.

    Raises LookupError when the application or the account does not exist.
    """
    with_state = f"state={quote(asked['state'], safe='')}&" if "state" in asked else ""
    application = oauth.application_of(db, asked.get("client_id", ""), asked.get("redirect_uri", ""))
    scopes = oauth.granted_scopes(asked.get("scope", ""))
    if application is None or scopes is None:
        raise LookupError("No application has this client id, RuName and scope.")
    if not agrees:
        back = application["declined_url"] or application["accepted_url"]
        return f"{back}{_joint(back)}{with_state}error=access_denied&error_description=the+seller+declined"
    chosen = find(db, "SELECT seller_id FROM ebay_seller WHERE username = ?", account)
    if chosen is None:
        raise LookupError(f"There is no played account {account!r}.")
    code = oauth.new_code(world, db, application, chosen["seller_id"], scopes)
    back = application["accepted_url"]
    expires_in = round(world.setting("code_seconds"))
    return f"{back}{_joint(back)}{with_state}code={quote(code, safe='')}&expires_in={expires_in}"


def _joint(address: str) -> str:
    return "&" if "?" in address else "?"


def _language(request: Request, asked: dict[str, str]) -> str:
    preferred = asked.get("locale") or request.headers.get("accept-language", "en")
    for part in preferred.split(","):
        if (language := part.strip()[:2].lower()) in ("de", "en", "fr"):
            return language
    return "en"


def _error_page(problem: str) -> str:
    return f"<!DOCTYPE html><meta charset=utf-8><title>{problem}</title><h1>{html.escape(problem)}</h1>"
