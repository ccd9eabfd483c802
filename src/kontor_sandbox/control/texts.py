"""What the control page says, in English, German and French."""

from __future__ import annotations

TEXTS: dict[str, tuple[str, str, str]] = {
    "intro": (
        "Plays the channels that Kontor speaks to. Nothing here is real: buy, cancel and break what you like.",
        "Spielt die Kanäle, mit denen Kontor spricht. Nichts hier ist echt: kaufen, stornieren und stören Sie nach Belieben.",
        "Joue les canaux auxquels Kontor parle. Rien n'est réel ici : achetez, annulez et perturbez à volonté.",
    ),
    "specs_on": (
        "Requests are checked against the marketplace's OpenAPI files.",
        "Anfragen werden gegen die OpenAPI-Dateien des Marktplatzes geprüft.",
        "Les requêtes sont vérifiées avec les fichiers OpenAPI de la place de marché.",
    ),
    "specs_off": (
        "No OpenAPI files are there: requests are not checked against them.",
        "Es sind keine OpenAPI-Dateien da: Anfragen werden nicht dagegen geprüft.",
        "Aucun fichier OpenAPI : les requêtes ne sont pas vérifiées.",
    ),
    "listings": ("Listings", "Angebote", "Annonces"),
    "no_listings": ("Nothing is for sale yet.", "Noch wird nichts angeboten.", "Rien n'est encore en vente."),
    "more_listings": (
        "{count} more are not shown; search by title or SKU.",
        "{count} weitere werden nicht gezeigt; suchen Sie nach Titel oder SKU.",
        "{count} autres ne sont pas affichées ; cherchez par titre ou SKU.",
    ),
    "search": ("Title or SKU", "Titel oder SKU", "Titre ou SKU"),
    "find": ("Search", "Suchen", "Chercher"),
    "buy": ("Buy", "Kaufen", "Acheter"),
    "basket_add": ("Into the basket", "In den Korb", "Au panier"),
    "basket": ("Basket", "Warenkorb", "Panier"),
    "basket_buy": ("Buy the basket", "Warenkorb kaufen", "Acheter le panier"),
    "basket_empty": ("Empty", "Leer", "Vide"),
    "unpaid": ("do not pay yet", "noch nicht bezahlen", "ne pas encore payer"),
    "left": ("{count} left", "noch {count}", "{count} restants"),
    "sold": ("{count} sold", "{count} verkauft", "{count} vendus"),
    "quantity": ("Quantity", "Menge", "Quantité"),
    "variation": ("Variation", "Variante", "Variante"),
    "ended": ("Ended", "Beendet", "Terminées"),
    "orders": ("Orders", "Bestellungen", "Commandes"),
    "no_orders": ("Nobody has bought anything.", "Noch hat niemand gekauft.", "Personne n'a rien acheté."),
    "order": ("Order", "Bestellung", "Commande"),
    "buyer": ("Buyer", "Käufer", "Acheteur"),
    "lines": ("Lines", "Positionen", "Lignes"),
    "state": ("State", "Stand", "État"),
    "pay": ("Pay", "Bezahlen", "Payer"),
    "request_cancel": ("Buyer asks to cancel", "Käufer will stornieren", "L'acheteur veut annuler"),
    "cancel": ("Cancel", "Stornieren", "Annuler"),
    "faults": ("Faults", "Störungen", "Pannes"),
    "armed": ("armed", "scharf", "armées"),
    "met": ("met", "eingetreten", "survenues"),
    "arm": ("Arm", "Scharf stellen", "Armer"),
    "operation": (
        "Operation, such as PUT /sell/*",
        "Vorgang, etwa PUT /sell/*",
        "Opération, p. ex. PUT /sell/*",
    ),
    "disarm": ("Disarm all", "Alle entschärfen", "Tout désarmer"),
    "plan": ("Arm all by a seed", "Alle nach Startwert", "Tout armer selon une graine"),
    "accounts": ("Accounts and applications", "Konten und Anwendungen", "Comptes et applications"),
    "policies": ("{count} policies", "{count} Rahmenbedingungen", "{count} conditions"),
    "locations": ("{count} locations", "{count} Standorte", "{count} lieux"),
    "items": ("{count} items", "{count} Artikel", "{count} articles"),
    "revoke": ("Take consent back", "Zustimmung zurücknehmen", "Retirer l'autorisation"),
    "deliveries": ("Notifications", "Benachrichtigungen", "Notifications"),
    "no_deliveries": ("None was sent.", "Es wurde keine gesendet.", "Aucune n'a été envoyée."),
    "requests": ("Requests", "Anfragen", "Requêtes"),
    "no_requests": ("None came yet.", "Noch kam keine.", "Aucune n'est encore arrivée."),
    "reset": ("Forget everything", "Alles vergessen", "Tout oublier"),
    "sure": ("Forget everything?", "Wirklich alles vergessen?", "Vraiment tout oublier ?"),
    "settings": ("Settings", "Einstellungen", "Réglages"),
    "latency": ("Latency in ms", "Latenz in ms", "Latence en ms"),
    "save": ("Save", "Speichern", "Enregistrer"),
    "played_listing": (
        "This listing is played by the Kontor sandbox. Nothing here is really for sale.",
        "Dieses Angebot spielt die Kontor-Sandbox. Hier wird nichts wirklich verkauft.",
        "Cette annonce est jouée par le bac à sable Kontor. Rien n'est réellement en vente.",
    ),
    "no_such_listing": (
        "There is no such listing",
        "Dieses Angebot gibt es nicht",
        "Cette annonce n'existe pas",
    ),
    "listing_ended": (
        "This listing has ended.",
        "Dieses Angebot ist beendet.",
        "Cette annonce est terminée.",
    ),
    "condition": ("Condition", "Zustand", "État"),
    "aspects": ("Item specifics", "Artikelmerkmale", "Caractéristiques"),
    "description": ("Description", "Beschreibung", "Description"),
    "picture": ("Picture {number}", "Bild {number}", "Image {number}"),
    "is24_intro": (
        "ImmobilienScout24, played. Nothing here is real: ask, take consent back and break what you like.",
        "ImmobilienScout24, gespielt. Nichts hier ist echt: fragen Sie an, nehmen Sie Zustimmungen zurück und stören Sie nach Belieben.",
        "ImmobilienScout24, joué. Rien n'est réel ici : contactez, retirez les autorisations et perturbez à volonté.",
    ),
    "is24_operation": (
        "Operation, such as PUT /restapi/*",
        "Vorgang, etwa PUT /restapi/*",
        "Opération, p. ex. PUT /restapi/*",
    ),
    "objects": ("Objects", "Objekte", "Biens"),
    "no_objects": ("There are no objects yet.", "Noch gibt es keine Objekte.", "Il n'y a encore aucun bien."),
    "more_objects": (
        "{count} older ones are not shown.",
        "{count} ältere werden nicht gezeigt.",
        "{count} plus anciens ne sont pas affichés.",
    ),
    "no_such_object": ("There is no such object", "Dieses Objekt gibt es nicht", "Ce bien n'existe pas"),
    "played_object": (
        "This object is played by the Kontor sandbox. Nothing here is really on offer.",
        "Dieses Objekt spielt die Kontor-Sandbox. Hier wird nichts wirklich angeboten.",
        "Ce bien est joué par le bac à sable Kontor. Rien n'est réellement proposé.",
    ),
    "live": ("live", "online", "en ligne"),
    "not_live": ("not live", "nicht online", "hors ligne"),
    "message": ("Message", "Nachricht", "Message"),
    "ask": ("Enquire", "Anfragen", "Contacter"),
    "enquiries": ("Enquiries", "Anfragen von Interessenten", "Demandes de contact"),
    "no_enquiries": ("Nobody has asked.", "Noch hat niemand angefragt.", "Personne n'a encore demandé."),
    "mail": ("Mail", "E-Mail", "E-mail"),
    "tokens": ("{count} valid tokens", "{count} gültige Token", "{count} jetons valides"),
    "bought": ("Bought: order {order}", "Gekauft: Bestellung {order}", "Acheté : commande {order}"),
}
CONDITIONS: dict[str, tuple[str, str, str]] = {
    "NEW": ("New", "Neu", "Neuf"),
    "LIKE_NEW": ("Like new", "Neuwertig", "Comme neuf"),
    "NEW_OTHER": ("New, other", "Neu, sonstige", "Neuf, autre"),
    "NEW_WITH_DEFECTS": ("New with defects", "Neu mit Fehlern", "Neuf avec défauts"),
    "USED_EXCELLENT": ("Used", "Gebraucht", "Occasion"),
    "USED_VERY_GOOD": ("Used, very good", "Gebraucht, sehr gut", "Occasion, très bon état"),
    "USED_GOOD": ("Used, good", "Gebraucht, gut", "Occasion, bon état"),
    "USED_ACCEPTABLE": ("Used, acceptable", "Gebraucht, akzeptabel", "Occasion, état correct"),
    "FOR_PARTS_OR_NOT_WORKING": ("For parts", "Als Ersatzteil / defekt", "Pour pièces"),
}
_LANGUAGES = ("en", "de", "fr")


def language_of(accepted: str) -> str:
    """The first language of an Accept-Language header that the page speaks; German where it names none."""
    for part in accepted.split(","):
        if (language := part.strip()[:2].lower()) in _LANGUAGES:
            return language
    return "de"


def texts(language: str) -> dict[str, str]:
    """All texts in one language."""
    return {name: variants[_LANGUAGES.index(language)] for name, variants in TEXTS.items()}


def conditions(language: str) -> dict[str, str]:
    """The words of eBay's conditions in one language."""
    return {name: variants[_LANGUAGES.index(language)] for name, variants in CONDITIONS.items()}
