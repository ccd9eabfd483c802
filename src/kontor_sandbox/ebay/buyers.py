"""Invented buyers."""

from __future__ import annotations

from typing import Any
from zlib import crc32

_PEOPLE = (
    ("lesefuchs-77", "Mareike Lindner", "Kastanienallee 14", "Berlin", "10435", "DE", "+49 30 5550117"),
    ("nordlicht.hh", "Ole Petersen", "Große Elbstraße 61", "Hamburg", "22767", "DE", "+49 40 5550149"),
    ("isar_sammler", "Veronika Huber", "Baaderstraße 9", "München", "80469", "DE", "+49 89 5550122"),
    ("pott-und-pixel", "Emre Aydın", "Rüttenscheider Straße 112", "Essen", "45131", "DE", "+49 201 555013"),
    (
        "alpenrose_ibk",
        "Lukas Egger",
        "Maria-Theresien-Straße 38",
        "Innsbruck",
        "6020",
        "AT",
        "+43 512 555018",
    ),
    ("limmatkind", "Selina Frei", "Langstrasse 200", "Zürich", "8005", "CH", "+41 44 5550131"),
    ("quai.des.arts", "Amélie Rousseau", "8 quai de la Fosse", "Nantes", "44000", "FR", "+33 2 55501733"),
    ("le-vieux-port", "Karim Benali", "21 rue Sainte", "Marseille", "13001", "FR", "+33 4 55501781"),
    ("thames.and.co", "Harriet Cole", "77 Bermondsey Street", "London", "SE1 3XF", "GB", "+44 20 5550 1190"),
    ("maple.street.finds", "Daniel Ortiz", "418 Maple Street", "Portland", "97205", "US", "+1 503 555 0142"),
)
USERNAMES = tuple(person[0] for person in _PEOPLE)


def buyer(username: str | None, number: int, country: str) -> dict[str, Any]:
    """A buyer by user name, or the next one; one with an unknown name lives where the marketplace is."""
    person = next((known for known in _PEOPLE if known[0] == username), None)
    if person is None:
        near = [known for known in _PEOPLE if known[5] == country] or list(_PEOPLE)
        person = (username, *near[number % len(near)][1:]) if username else near[number % len(near)]
    name, full_name, street, city, postal_code, home, phone = person
    address = {"addressLine1": street, "city": city, "postalCode": postal_code, "countryCode": home}
    contact = {
        "fullName": full_name,
        "contactAddress": address,
        "primaryPhone": {"phoneNumber": phone},
        "email": f"{crc32(str(name).encode()):08x}@members.sandbox.example",
    }
    return {
        "username": name,
        "taxAddress": {"postalCode": postal_code, "countryCode": home},
        "buyerRegistrationAddress": contact,
    }
