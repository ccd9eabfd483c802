"""What our own pages of the administration say; all else is said by Django, in the same languages."""

from __future__ import annotations

from django.utils.functional import lazy
from django.utils.translation import get_language

WORDS: dict[str, tuple[str, str, str]] = {  # German, English, French
    "title": ("Kontor: Verwaltung", "Kontor: administration", "Kontor : administration"),
    "choose": ("Betrieb auswählen", "Choose a business", "Choisir une entreprise"),
    "chosen": ("Betrieb", "Business", "Entreprise"),
    "enter": ("Betreten", "Enter", "Entrer"),
    "other": ("Anderer Betrieb", "Another business", "Autre entreprise"),
    "noted": (
        "Jede Seite, die Sie ansehen, steht im Protokoll des Betriebs.",
        "Each page that you look at is noted in the business's audit log.",
        "Chaque page consultée est inscrite au journal de l’entreprise.",
    ),
    "code": ("Einmalcode oder Wiederherstellungscode", "One-time or recovery code", "Code à usage unique ou de secours"),
    "refused": (
        "Adresse, Passwort oder Code stimmen nicht, oder diese Person darf die Verwaltung nicht betreten.",
        "Address, password or code are not right, or this person may not enter the administration.",
        "L’adresse, le mot de passe ou le code est incorrect, ou cette personne n’a pas accès à l’administration.",
    ),
    "too_often": (
        "Zu viele Versuche; bitte warten Sie einen Augenblick.",
        "Too many attempts; wait a moment.",
        "Trop de tentatives ; veuillez patienter un instant.",
    ),
    "cancel": ("Auftrag abbrechen", "Cancel job", "Annuler la tâche"),
    "end": ("Sitzung beenden", "End session", "Terminer la session"),
    "done": ("Erledigt: {count}", "Done: {count}", "Effectué : {count}"),
    "finished": (
        "Schon beendet: {count}", "Had ended already: {count}", "Déjà terminé : {count}",
    ),
}  # fmt: skip
PLACES = {"de": 0, "en": 1, "fr": 2}


def say(name: str, **values: object) -> str:
    """The words in the language of the present request."""
    language = (get_language() or "en").partition("-")[0]
    return WORDS[name][PLACES.get(language, 1)].format_map(values)


later = lazy(say, str)
"""The same, in the language of whoever reads it later."""
