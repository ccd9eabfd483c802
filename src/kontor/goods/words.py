"""What shops call the same thing: names of attributes, and their commonest values, in English, German and French.

Small on purpose: colours, sizes, materials, departments and a few answers. A word that is not here is left as it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

from kontor.catalog.text import fold

_NAMES: Final = {
    "brand": "Brand, Marke, Marque, Hersteller, Manufacturer, Fabricant, Vendor, Label",
    "mpn": "MPN, Herstellernummer, Manufacturer Part Number, Numéro de pièce fabricant, Teilenummer, Modellnummer",
    "gtin": "GTIN, EAN, UPC, ISBN, Barcode, Strichcode, Code-barres",
    "color": "Color, Colour, Farbe, Couleur, Farben, Farbton, Colors, Colours, Coloris, Hauptfarbe, Main Colour",
    "size": "Size, Größe, Groesse, Taille, Sizes, Größen, Konfektionsgröße, Schuhgröße, EU-Schuhgröße, Shoe Size, "
            "EU Shoe Size, Pointure, Pointure UE, Ringgröße, Ring Size, Kleidergröße, Dress Size",
    "material": "Material, Matière, Materialien, Materials, Matériau, Stoff, Fabric, Tissu, Gewebe, Materialart",
    "department": "Department, Abteilung, Département, Gender, Geschlecht, Genre, Zielgruppe, Sexe",
    "style": "Style, Stil",
    "pattern": "Pattern, Muster, Motif, Motiv, Design",
    "type": "Type, Produktart, Art, Typ, Artikeltyp, Product Type, Type de produit, Uhrentyp, Produkt, Product, Produit",
    "model": "Model, Modell, Modèle, Modellbezeichnung, Model Name",
    "storage": "Storage, Storage Capacity, Speicherkapazität, Speicher, Capacité de stockage, Speichergröße, Capacity",
    "memory": "RAM, RAM Size, Arbeitsspeicher, Mémoire vive, Memory",
    "length": "Length, Länge, Longueur",
    "width": "Width, Breite, Largeur, Item Width",
    "height": "Height, Höhe, Hauteur, Item Height",
    "depth": "Depth, Tiefe, Profondeur, Item Depth",
    "weight": "Weight, Gewicht, Poids, Item Weight, Artikelgewicht",
    "volume": "Volume, Volumen, Inhalt, Füllmenge, Contenance, Fassungsvermögen, Kapazität",
    "origin": "Country of Origin, Herkunftsland, Pays d'origine, Herstellungsland, Country/Region of Manufacture, "
              "Herstellungsland und -region, Made in, Ursprungsland, Pays de fabrication",
    "season": "Season, Saison, Jahreszeit",
    "occasion": "Occasion, Anlass",
    "closure": "Closure, Verschluss, Fermeture",
    "sleeve": "Sleeve Length, Ärmellänge, Longueur des manches, Ärmel",
    "care": "Garment Care, Pflege, Entretien, Pflegehinweise, Care, Care Instructions",
    "features": "Features, Besonderheiten, Caractéristiques, Merkmale",
    "room": "Room, Raum, Pièce, Zimmer",
    "metal": "Metal, Metall, Métal",
    "finish": "Finish, Oberfläche, Finition",
    "author": "Author, Autor, Auteur, Autorin",
    "language": "Language, Sprache, Langue",
    "platform": "Platform, Plattform, Plateforme",
    "scent": "Scent, Duft, Parfum, Duftrichtung, Fragrance",
    "shape": "Shape, Form, Forme",
    "flavour": "Flavour, Flavor, Geschmack, Geschmacksrichtung, Goût, Saveur",
}  # fmt: skip

_VALUES: Final = """
Black = Schwarz = Noir = Nero = Tiefschwarz = Onyx = Jet Black
White = Weiß = Blanc = Weiss = Schneeweiß = Off White = Offwhite = Ivory
Grey = Grau = Gris = Gray = Anthrazit = Anthracite = Graphit = Graphite = Schiefer = Slate = Charcoal = Nebel = Heather Grey
Red = Rot = Rouge = Bordeaux = Burgundy = Weinrot = Ziegel = Crimson = Maroon = Scarlet
Blue = Blau = Bleu = Marine = Navy = Navy Blue = Marineblau = Türkis = Turquoise = Royal = Petrol = Teal = Aqua = Indigo
Green = Grün = Vert = Oliv = Olive = Khaki = Mint = Seegras = Salbei = Sage = Lime = Emerald
Yellow = Gelb = Jaune = Senf = Mustard = Moutarde
Orange = Apricot = Abricot
Pink = Rosa = Rose = Rosé = Fuchsia = Magenta
Purple = Lila = Violet = Violett = Lavendel = Lavender = Mauve
Brown = Braun = Marron = Cognac = Tan = Camel = Chocolate = Haselnuss = Walnut
Beige = Sand = Creme = Cream = Crème = Natur = Natural = Naturel = Ecru = Taupe
Gold = Or = Golden = Messingfarben
Silver = Silber = Argent = Silbern
Multicoloured = Mehrfarbig = Multicolore = Multicolor = Multicolored = Multi = Bunt = Multi-Color = Multi-Coloured
Clear = Transparent = Klar = Incolore
One Size = Einheitsgröße = Taille unique = OS = Onesize = One-Size = OSFA
XS = Extra Small = X-Small
S = Small = Klein = Petit
M = Medium = Mittel = Moyen
L = Large = Groß = Grand
XL = Extra Large = X-Large
XXL = 2XL = XX-Large
3XL = XXXL = 3X-Large
Cotton = Baumwolle = Coton
Polyester = Polyester = Polyester
Wool = Wolle = Laine = Schurwolle
Leather = Leder = Cuir = Echtleder
Wood = Holz = Bois = Oak = Eiche = Massivholz
Metal = Metall = Métal = Steel = Stahl = Aluminium = Aluminum
Glass = Glas = Verre
Plastic = Kunststoff = Plastique = Plastik
Ceramic = Keramik = Céramique = Porcelain = Porzellan = Steingut = Stoneware
Linen = Leinen = Lin
Synthetic = Synthetik = Synthétique
Textile = Textil = Stoff
Suede = Wildleder = Daim
Rubber = Gummi = Caoutchouc
Stainless Steel = Edelstahl = Acier inoxydable
Brass = Messing = Laiton
Women = Damen = Femme = Womens = Women's = Ladies = Female = Frauen = Femmes
Men = Herren = Homme = Mens = Men's = Male = Männer = Hommes
Unisex Adults = Unisex Erwachsene = Unisexe adulte = Unisex = Adults = Erwachsene = Adult = Unisexe
Unisex Kids = Unisex Kinder = Unisexe enfant = Kids = Kinder = Children = Enfant = Enfants
Boys = Jungen = Garçon = Boy = Garçons
Girls = Mädchen = Fille = Girl = Filles
Unisex Baby & Toddler = Unisex Baby & Kleinkind = Unisexe bébé et tout-petit = Baby = Toddler = Infant = Bébé
Yes = Ja = Oui = True
No = Nein = Non = False
Unbranded = Markenlos = Sans marque = No Brand = Ohne Marke = Unbranded/Generic
Does not apply = Nicht zutreffend = Non applicable = N/A = Does Not Apply
Other = Sonstige = Autre = Andere
Unknown = Unbekannt = Inconnu
Summer = Sommer = Été
Winter = Winter = Hiver
Spring = Frühling = Printemps
Autumn = Herbst = Automne = Fall
Solid = Ohne Muster = Uni = Einfarbig
Striped = Gestreift = Rayé = Stripes = Streifen
Checked = Kariert = Carreaux
Floral = Blumen = Fleurs
Germany = Deutschland = Allemagne
France = Frankreich = France
Italy = Italien = Italie
China = China = Chine
Sweden = Schweden = Suède
Living Room = Wohnzimmer = Salon
Bedroom = Schlafzimmer = Chambre
Kitchen = Küche = Cuisine
Dining Room = Esszimmer = Salle à manger
Bathroom = Badezimmer = Salle de bain
Office = Büro = Bureau
Hallway = Flur = Entrée
Outdoor = Außenbereich = Extérieur
"""
COLOURS: Final = frozenset(
    map(fold, "Black White Grey Red Blue Green Yellow Orange Pink Purple Brown Beige Gold Silver".split())  # noqa: SIM905
)
_SPLIT: Final = re.compile(r"\s*[/|,&+>;]\s*|\s+-\s+|\s+und\s+|\s+and\s+|\s+et\s+")


def _concepts() -> Iterator[tuple[str, str]]:
    for concept, names in _NAMES.items():
        for name in names.split(","):
            yield fold(name), concept


def _meanings() -> Iterator[tuple[str, str]]:
    for row in _VALUES.strip().splitlines():
        words = [fold(word) for word in row.split(" = ")]
        for word in words:
            yield word, words[0]


_CONCEPT: Final = dict(reversed(list(_concepts())))
_MEANING: Final = dict(reversed(list(_meanings())))


def concept(name: str) -> str:
    """What an attribute's name means, whatever the language; the folded name itself where it is not known."""
    folded = fold(name)
    return _CONCEPT.get(folded, folded)


def meaning(value: str) -> str:
    """What a value means, whatever the language; the folded value itself where it is not known."""
    folded = fold(value)
    return _MEANING.get(folded, folded)


def match(value: str, allowed: Iterable[str], name: str = "") -> str | None:
    """The allowed value that means the same: letter by letter, without case and accents, or in another language.

    For colours, shades too: "dunkelblau" and "Navy Blue" are blue, "Black/White" is multicoloured.
    """
    choices = list(allowed)
    if value in choices:
        return value
    by_fold = {fold(choice): choice for choice in reversed(choices)}
    if (found := by_fold.get(fold(value))) is not None:
        return found
    by_meaning = {meaning(choice): choice for choice in reversed(choices)}
    if (found := by_meaning.get(meaning(value))) is not None:
        return found
    return by_meaning.get(_shade(value)) if concept(name) == "color" else None


def parts(text: str) -> list[str]:
    """The words and phrases of a hint such as "Women > Clothing"."""
    return [part for part in _SPLIT.split(text.strip()) if part]


def _shade(value: str) -> str:
    """The plain colour of a shade; several different ones are many."""
    found = {base for part in parts(value) if (base := _base(part))}
    return found.pop() if len(found) == 1 else "multicoloured" if found else ""


def _base(part: str) -> str:
    words = fold(part).replace("-", " ").split()
    for word in reversed(words):  # "light blue", "blue heather"
        if (known := meaning(word)) in COLOURS:
            return known
    last = words[-1] if words else ""
    endings = (ending for ending in _MEANING if len(ending) > 2 and last.endswith(ending))
    return next((_MEANING[ending] for ending in endings if _MEANING[ending] in COLOURS), "")
