"""Known characteristics of goods; any other column becomes one where a person says so."""

from __future__ import annotations

_WORDS = (
    "color|colour|farbe|couleur|coloris|grundfarbe|size|grosse|groesse|taille|pointure|shoe size|"
    "schuhgrosse|konfektionsgrosse|material|materiau|matiere|obermaterial|stoff|pattern|muster|motif|"
    "gender|geschlecht|genre|sexe|zielgruppe|style|stil|season|saison|length|lange|longueur|width|breite|"
    "largeur|height|hohe|hauteur|depth|tiefe|profondeur|diameter|durchmesser|diametre|dimensions|"
    "abmessungen|masse l x b x h|model|modell|modele|department|age group|altersgruppe|tranche d age|"
    "country of origin|herkunftsland|ursprungsland|pays d origine|country of manufacture|"
    "herstellungsland|capacity|kapazitat|fassungsvermogen|capacite|volume|volumen|inhalt|contenance|"
    "power|leistung|puissance|voltage|spannung|tension|energy efficiency class|energieeffizienzklasse|"
    "classe energetique|fit|passform|coupe|sleeve length|armellange|flavour|flavor|geschmack|saveur|duft|"
    "parfum|scale|massstab|author|autor|auteur|publisher|verlag|editeur|language|sprache|langue|format|"
    "einband|platform|plattform|features|eigenschaften|anzahl teile|scent|thema|theme|shape|form|forme|"
    "finish|collection|kollektion|google shopping gender|google shopping age group|packaging|activity|"
    "strap bags|style bags|features bags|climate|gender target|common size|storage capacity|screen size|"
    "bildschirmgrosse|produktart|type de produit|compatible brand|"
    "color name|colour name|size name|material type|color map|farbname|couleur principale|nom couleur|"
    "target gender|item shape|style name|pattern name|flavor name|scent name"
)
ASPECT_WORDS = frozenset(_WORDS.split("|"))
