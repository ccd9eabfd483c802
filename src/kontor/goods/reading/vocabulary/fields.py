"""What the fields of goods are called. Three tiers a field: sure, likely, and last resort."""

from __future__ import annotations

from kontor.goods.reading.fields import Field

SURE, LIKELY, LAST = 1.0, 0.85, 0.5

_TIERS: dict[Field, tuple[str, str, str]] = {
    Field.SKU: (
        "sku|artikelnummer|artikelnr|artikel nr|art nr|artnr|seller sku|item sku|merchant sku|variant sku|haendler sku|handler sku",
        "bestellnummer|bestellnr|bestell nr|reference|ref|reference article|code article|item number|item no|product code|"
        "produktnummer|produkt nr|produktnr|artikelcode|article number|stock keeping unit|custom label sku|materialnummer|materialnr|material number|etiquette personnalisee|lagernummer|custom label|"
        "bestandseinheit sku|bestandseinheit|reference interne|code produit|product number|ordernumber|order number|artikel nummer|external id sku|offer id|varianten sku|sku artikelnummer|numero d article",
        "item id|article id|product id|id|code|nummer|number|nr|artikel id|produkt id|model number",
    ),
    Field.PARENT_SKU: (
        "parent sku|vaterartikel|vater artikelnummer|vaterartikelnummer|eltern sku|parent|sku parent|ubergeordnet|"
        "ubergeordneter artikel|elternartikel|hauptartikelnummer|hauptartikel|item group id|ugs parent|parente|ubergeordnete sku|identifizierungsspalte vaterartikel",
        "parent id|parent item|vater sku|vater|eltern|eltern artikelnummer|stammartikel|gruppen sku|group sku|"
        "reference parent|article parent|mainnumber|main number|parent number|parent product number|variantengruppe|variant group|group id|gruppen id|modele parent|produit parent|base id|identifikationsnummer vaterartikel|master sku|parent code",
        "style code|modellnummer gruppe|produktreferenz",
    ),
    Field.TITLE: (
        "title|titel|bezeichnung|artikelbezeichnung|artikelname|produktname|produkttitel|designation|item title|titre|"
        "product name|item name|intitule|angebotstitel|angebotsname|bez|artikelbez|nom de l article|titre du produit|libelle|product title|nom produit|nom du produit|artikeltitel",
        "name|nom|produktbezeichnung|listing title|artikel|produkt|produit|article|item|product",
        "generic name|kurzbezeichnung|kurztext|materialkurztext",
    ),
    Field.DESCRIPTION_HTML: (
        "description html|description|beschreibung|artikelbeschreibung|produktbeschreibung|body html|langtext|"
        "description longue|item description|product description|langbeschreibung|long description|description produit|description long|texte|description detaillee",
        "descriptif|text|html|beschreibung html|details|angebotsbeschreibung",
        "short description|kurzbeschreibung|description courte|resume",
    ),
    Field.BRAND: (
        "brand|marke|marque|brands|marke hersteller|brand manufacturer|product brand|brand name|markenname|marken|vendor",
        "hersteller|manufacturer|fabricant|manufacturer name|herstellername|fabrikant",
        "label|supplier|designer",
    ),
    Field.GTIN: (
        "gtin|ean|ean13|ean 13|ean code|barcode|upc|isbn|gtin ean|ean gtin|gtin13|code ean|variant barcode|ean upc|"
        "code barres|gtin upc ean or isbn|gtin upc ean oder isbn|strichcode|ean nummer|external id ean|europaische artikelnummer",
        "upc ean|gencod|code barre|ean nr|external product id|isbn13|isbn 13|ean8",
        "code",
    ),
    Field.MPN: (
        "mpn|herstellernummer|hersteller artikelnummer|herstellerartikelnummer|manufacturer part number|part number|"
        "reference fabricant|herstellerteilenummer|hersteller nr|google shopping mpn|teilenummer",
        "modelno|model no|part no|modellnummer|article number manufacturer|hersteller nummer|numero de piece",
        "",
    ),
    Field.PRICE: (
        "price|preis|prix|verkaufspreis|vk|vk preis|variant price|regular price|regularer preis|selling price|unit price|"
        "einzelpreis|prix de vente|tarif|tarif regulier|startpreis|start price|sofortkaufpreis|sofort kaufen preis|prix public|"
        "ladenpreis|bruttopreis|standard price|prix unitaire|endpreis|shop price|listing price|stuckpreis|standardpreis|std vk brutto|price tax included",
        "verkaufspreis 1|preis 1|price gross|prices ek|price ek|preis brutto|vk brutto|prices|amount|betrag|montant|buy it now price|sale price|angebotspreis|retail price",
        "nettopreis|cost price|listenpreis",
    ),
    Field.CURRENCY: (
        "currency|wahrung|waehrung|devise|monnaie|currency code|wahrungscode|price currency",
        "",
        "",
    ),
    Field.QUANTITY: (
        "quantity|menge|bestand|lagerbestand|stock|qty|quantite|stock quantity|variant inventory qty|inventory|lager|"
        "inventory quantity|available quantity|verfugbare menge|verfugbar|anzahl|stuckzahl|stueckzahl|verfugbarer bestand|"
        "quantite disponible|quantite en stock|lagermenge|instock|in stock quantity|stock qty|stock level|lager menge|bestandsmenge|lagerbest|stock actuel|stock disponible|stock on hand|available|lagerbestand gesamt",
        "on hand|bestand gesamt|vorrat|stk|stuck|stueck|auf lager|en stock|inventaire|warenbestand",
        "",
    ),
    Field.WEIGHT_G: (
        "weight|weight g|gewicht|poids|artikelgewicht|variant grams|shipping weight|versandgewicht|item weight|poids net|"
        "gewicht brutto|bruttogewicht|weight value|package weight|grams|weight value grams",
        "shipweight|nettogewicht|net weight|produktgewicht|masse",
        "",
    ),
    Field.CONDITION: (
        "condition|zustand|etat|artikelzustand|item condition|google shopping condition|condition id|condition type|item condition type|etat du produit",
        "state|qualitat|zustandsbeschreibung",
        "",
    ),
    Field.CATEGORY_HINT: (
        "category hint|category path|categories x y z|categories|kategoriepfad|breadcrumbs|breadcrumb|chemin de categorie|product category",
        "category|kategorie|kategorien|categorie|warengruppe|produktkategorie|google product category|"
        "product type|artikelgruppe|produktgruppe|rubrique|rubrik|google shopping google product category|category name",
        "sortiment|famille|kategorie ebene|feed product type|item type|productgroup|abteilung",
    ),
    Field.IMAGE_URLS: (
        "image urls|image url|image urls x y z|haupt bild url|images|image|bild|bilder|bild url|bilder url|image src|photo|photos|main image url|image link|"
        "bildurl|bild link|bildlink|url image|images url|picture|pictures|picture url|foto|fotos|bildadresse|product image url|"
        "lien image|additional image link|other image url|base image|additional images|hauptbild|weitere bilder|"
        "image principale|url de l image|galerie|url photo|pic url|pics|bildpfad|bilddatei|bild datei|image path|image file|image name|image filename|chemin image|url des images|liens images|image main|cover media url|media url|bilder urls|bild urls|photo url|img|img url|item photo url",
        "zusatzbild|zusatzbilder|images supplementaires|gallery|produktbild|produktbilder",
        "",
    ),
}
FIELD_WORDS: dict[str, list[tuple[Field, float]]] = {}
for _field, _tiers in _TIERS.items():
    for _words, _weight in zip(_tiers, (SURE, LIKELY, LAST), strict=True):
        for _word in filter(None, _words.split("|")):
            FIELD_WORDS.setdefault(_word, []).append((_field, _weight))
