"""What the consent page says and looks like."""

from __future__ import annotations

import html
from typing import Any

_TEXTS = {
    "en": {
        "title": "Grant access",
        "asks": "<b>{application}</b> would like to act for your seller account.",
        "may": "It asks to",
        "account": "As which seller?",
        "agree": "Agree",
        "decline": "Decline",
        "played": "This page is played by the Kontor sandbox. No real account is involved.",
        "": "use public data",
        "sell.inventory": "manage your inventory and offers",
        "sell.account": "manage your account settings and policies",
        "sell.fulfillment": "read your orders and mark them as shipped",
        "commerce.identity": "see your user name",
        "commerce.notification": "manage notifications",
        "other": "use {name}",
        "readonly": "(reading only)",
    },
    "de": {
        "title": "Zugriff erlauben",
        "asks": "<b>{application}</b> möchte für Ihr Verkäuferkonto handeln.",
        "may": "Erbeten wird",
        "account": "Als welcher Verkäufer?",
        "agree": "Zustimmen",
        "decline": "Ablehnen",
        "played": "Diese Seite spielt die Kontor-Sandbox. Es geht um kein echtes Konto.",
        "": "öffentliche Daten nutzen",
        "sell.inventory": "Bestand und Angebote verwalten",
        "sell.account": "Kontoeinstellungen und Rahmenbedingungen verwalten",
        "sell.fulfillment": "Bestellungen lesen und als versandt kennzeichnen",
        "commerce.identity": "Ihren Nutzernamen sehen",
        "commerce.notification": "Benachrichtigungen verwalten",
        "other": "{name} nutzen",
        "readonly": "(nur lesen)",
    },
    "fr": {
        "title": "Autoriser l'accès",
        "asks": "<b>{application}</b> souhaite agir pour votre compte vendeur.",
        "may": "L'application demande à",
        "account": "Avec quel compte vendeur ?",
        "agree": "Accepter",
        "decline": "Refuser",
        "played": "Cette page est jouée par le bac à sable Kontor. Aucun compte réel n'est concerné.",
        "": "utiliser des données publiques",
        "sell.inventory": "gérer votre stock et vos offres",
        "sell.account": "gérer vos réglages et conditions de vente",
        "sell.fulfillment": "lire vos commandes et les marquer comme expédiées",
        "commerce.identity": "voir votre nom d'utilisateur",
        "commerce.notification": "gérer les notifications",
        "other": "utiliser {name}",
        "readonly": "(lecture seule)",
    },
}

_STYLE = """
:root { color-scheme: light dark; --ink: #1d2433; --soft: #5d6678; --paper: #f4f1ea; --card: #fff; --line: #ddd7ca;
  --accent: #0f5c5a; }
@media (prefers-color-scheme: dark) { :root { --ink: #ece8df; --soft: #a5adbb; --paper: #171a20; --card: #20242c;
  --line: #343a45; --accent: #5fc0b6; } }
* { box-sizing: border-box } body { margin: 0; min-height: 100vh; display: grid; place-items: center; padding: 1.5rem;
  background: var(--paper); color: var(--ink); font: 1rem/1.5 system-ui, sans-serif }
main { width: min(30rem, 100%); background: var(--card); border: 1px solid var(--line); border-radius: 14px;
  padding: 2rem } h1 { font-size: 1.35rem; margin: 0 0 .75rem } h2 { font-size: .95rem; margin: 1.4rem 0 .4rem }
ul { margin: 0; padding-left: 1.1rem } fieldset { border: 0; padding: 0; margin: 1.4rem 0 0; display: grid; gap: .5rem }
legend { font-weight: 600; font-size: .95rem; margin: 0 0 .4rem; padding: 0 }
label { display: flex; gap: .7rem; align-items: center; border: 1px solid var(--line); border-radius: 10px;
  padding: .7rem .9rem; cursor: pointer } label:has(:checked) { border-color: var(--accent) }
label small { display: block; color: var(--soft) } input { accent-color: var(--accent) }
.buttons { display: flex; gap: .75rem; margin-top: 1.6rem } button { flex: 1; padding: .75rem; border-radius: 10px;
  border: 1px solid var(--line); background: none; color: inherit; font: inherit; cursor: pointer }
button[value=agree] { background: var(--accent); border-color: var(--accent); color: var(--card); font-weight: 600 }
footer { margin-top: 1.4rem; color: var(--soft); font-size: .85rem }
"""


def _permission(language: str, scope: str) -> str:
    texts = _TEXTS[language]
    name = scope.partition("/api_scope")[2].lstrip("/")
    family = name.removesuffix(".readonly").removesuffix(".subscription")
    text = texts.get(family) or texts["other"].format(name=html.escape(family))
    return f"{text} {texts['readonly']}" if name.endswith(".readonly") and family.startswith("sell") else text


def render(
    language: str, application: str, sellers: list[dict[str, Any]], scopes: list[str], query: str
) -> str:
    """The page; its form posts back to the same address."""
    texts = _TEXTS[language]
    permissions = "".join(
        f"<li>{text}</li>" for text in dict.fromkeys(_permission(language, s) for s in scopes)
    )
    accounts = "".join(
        f'<label><input type="radio" name="account" value="{seller["username"]}"{" checked" if first else ""}>'
        f"<span>{html.escape(seller['title'])}<small>{seller['username']} · {seller['registrationMarketplaceId']}"
        "</small></span></label>"
        for first, seller in zip([True] + [False] * len(sellers), sellers, strict=False)
    )
    return (
        f'<!DOCTYPE html><html lang="{language}"><head><meta charset="utf-8"><title>{texts["title"]}</title>'
        f'<meta name="viewport" content="width=device-width, initial-scale=1"><style>{_STYLE}</style></head><body>'
        f"<main><h1>{texts['title']}</h1><p>{texts['asks'].format(application=html.escape(application))}</p>"
        f"<h2>{texts['may']}</h2><ul>{permissions}</ul>"
        f'<form method="post" action="?{html.escape(query)}"><fieldset><legend>{texts["account"]}</legend>{accounts}'
        f'</fieldset><div class="buttons"><button name="decision" value="decline">{texts["decline"]}</button>'
        f'<button name="decision" value="agree">{texts["agree"]}</button></div></form>'
        f"<footer>{texts['played']}</footer></main></body></html>"
    )
