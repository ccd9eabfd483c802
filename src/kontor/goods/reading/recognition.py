"""Proposing what each column means: by the shop's form, by its name, and by what stands in it."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from kontor.core.tabular import Record
from kontor.goods.reading.cells.conditions import CONDITION_WORDS, plain_words
from kontor.goods.reading.cells.currencies import find_currency
from kontor.goods.reading.cells.gtins import looks_like_gtin
from kontor.goods.reading.cells.pictures import looks_like_pictures
from kontor.goods.reading.cells.prices import CENTS, is_price_list, looks_like_price_list
from kontor.goods.reading.fields import ASPECT_PREFIX, IGNORED, REPEATABLE, Field, FileForm
from kontor.goods.reading.headings import PREFIX, Heading, parse
from kontor.goods.reading.mapping import Column, Mapping, Reason, fingerprint
from kontor.goods.reading.vocabulary import (
    ASPECT_WORDS,
    FIELD_WORDS,
    FORM_WORDS,
    LIKELY,
    SURE,
    UNNEEDED_WORDS,
)

_SHOWN_SAMPLES = 3
_SAMPLE_LENGTH = 120
_JUDGED_LENGTH = 2_000
_HEADING_LENGTH = 120
_OPTION_NAMES = re.compile(
    r"(?:option|variante) ?(\d+) name|(?:attribute|attribut) (\d+) (?:name|nom)|nom de l attribut (\d+)|"
    r"eigenschaft (\d+) name|variation (\d+) name|variationsname (\d+)"
)
_OPTION_VALUES = re.compile(
    r"(?:option|variante) ?(\d+) (?:value|wert)|(?:attribute|attribut) (\d+) (?:value s|wert e|value|wert|valeur s)|"
    r"valeur s de l attribut (\d+)|eigenschaft (\d+) wert|variation (\d+) value|variationswertname (\d+)"
)
_KONTOR = re.compile(r"kontor error(?: column)?")
_NUMBER = re.compile(r"[^\d\w]*(?:[A-Za-z]{1,3}[ .]?)?[-+]?\d[\d.,'’\s]*[^\d]{0,8}")
_WHOLE = re.compile(r"[-+]?\d[\d.,]*")

# Below so few cells the name decides alone; above, cells of which hardly any fit outvote it.
_ENOUGH = 20
_HARDLY = 0.2


def recognise(heading: Sequence[str], records: Sequence[Record]) -> Mapping:
    """Propose a mapping from a heading and the first records (`Table.sample`); a person may change all of it.

    Single targets go to the best column; what is left of a known characteristic becomes an aspect under the file's own
    name; what nobody knows is not imported.
    """
    headings = [parse(name[:_HEADING_LENGTH]) for name in heading]
    form = _form({found.full for found in headings})
    samples = [
        [text for record in records if (text := record.cells[i][:_JUDGED_LENGTH].strip())]
        for i in range(len(heading))
    ]
    wishes: list[tuple[float, int, int, str, Reason]] = []
    for index, parsed in enumerate(headings):
        for confidence, target, reason in _candidates(parsed, form, samples[index]):
            wishes.append((confidence, len(samples[index]), -index, target, reason))
    granted = _grant(wishes)
    columns = [
        _column(i, heading[i], headings[i], samples[i], form, granted.get(i), wishes)
        for i in range(len(heading))
    ]
    return Mapping(form=form, fingerprint=fingerprint(heading), columns=tuple(columns))


def _form(names: set[str]) -> FileForm:
    if names & {"handle", "url handle"} and names & {"option1 value", "variant price"}:
        return FileForm.SHOPIFY
    if "variation 1 values" in names:
        return FileForm.ETSY
    if {"handle id", "field type"} <= names:
        return FileForm.WIX
    if names & {"configurable variations", "additional attributes"}:
        return FileForm.MAGENTO
    if names & {"relationship details", "beziehungsdetails"}:
        return FileForm.EBAY
    if "variant id" in names and "sku" in names and names & {"prices", "product type"}:
        return FileForm.COMMERCETOOLS
    if names & {"product number", "ordernumber"} and names & {"parent id", "parent number", "mainnumber"}:
        return FileForm.SHOPWARE
    has_attributes = any(match and not match[1] for match in map(_OPTION_VALUES.fullmatch, names))
    if names & {"type", "typ"} and ("regular price" in names or has_attributes):
        return FileForm.WOOCOMMERCE
    return FileForm.PLAIN


def _candidates(parsed: Heading, form: FileForm, samples: Sequence[str]) -> list[tuple[float, str, Reason]]:
    """What this column may be, every possibility with how likely it is."""
    if _KONTOR.fullmatch(parsed.full):
        return []
    words = FORM_WORDS[form]
    if parsed.full in words:
        target = words[parsed.full]
        return [(SURE, str(target), "form")] if target else []
    for pattern, kind in ((_OPTION_NAMES, "name"), (_OPTION_VALUES, "value")):
        if match := pattern.fullmatch(parsed.full):
            number = next(group for group in match.groups() if group)
            return [(SURE, f"option{number}_{kind}", "heading")]
    if parsed.full in UNNEEDED_WORDS:
        return []
    found = [*_by_name(parsed, samples), *_by_values(samples)]
    return sorted(found, reverse=True)


def _by_name(parsed: Heading, samples: Sequence[str]) -> list[tuple[float, str, Reason]]:
    found: list[tuple[float, str, Reason]] = []
    for words, factor in ((parsed.full, 1.0), (parsed.bare, 0.98), (parsed.core, 0.95)):
        for field, weight in FIELD_WORDS.get(words, ()):
            if _contradicts(field, samples):
                continue
            reason: Reason = "net_price" if field is Field.PRICE and parsed.is_net else "heading"
            found.append(
                (round(weight * factor * (0.6 if reason == "net_price" else 1), 2), field.value, reason)
            )
        if found:
            break
    return found


def _by_values(samples: Sequence[str]) -> list[tuple[float, str, Reason]]:
    found: list[tuple[float, str, Reason]] = []
    if len(samples) >= 5 and _share(samples, looks_like_gtin) >= 0.6:
        found.append((0.7, Field.GTIN.value, "values"))
    if len(samples) >= 3 and _share(samples, looks_like_pictures) >= 0.8:
        found.append((0.4, Field.IMAGE_URLS.value, "values"))
    return found


def _contradicts(field: Field, samples: Sequence[str]) -> bool:
    # A shop's number of a category says nothing, and PrestaShop's “État” says whether an article is switched on.
    if field is Field.CATEGORY_HINT and samples and all(text.isdigit() for text in samples):
        return True
    if field is Field.CONDITION and samples and set(samples) <= {"0", "1"}:
        return True
    if len(samples) < _ENOUGH:
        return False
    fits = {
        Field.PRICE: lambda text: _NUMBER.fullmatch(text) is not None or looks_like_price_list(text),
        Field.QUANTITY: lambda text: _WHOLE.fullmatch(text) is not None,
        Field.WEIGHT_G: lambda text: _NUMBER.fullmatch(text) is not None,
        Field.CURRENCY: lambda text: find_currency(text) is not None,
        Field.CONDITION: lambda text: plain_words(text) in CONDITION_WORDS,
        Field.IMAGE_URLS: lambda text: "/" in text or "." in text,
        Field.GTIN: lambda text: any(character.isdigit() for character in text),
    }.get(field)
    return fits is not None and _share(samples, fits) < _HARDLY


def _share(samples: Sequence[str], fits: Callable[[str], bool]) -> float:
    return sum(fits(text) for text in samples) / len(samples)


def _grant(wishes: list[tuple[float, int, int, str, Reason]]) -> dict[int, tuple[str, float, Reason]]:
    """Give each column its best wish that no better column has: confidence first, then how many cells are filled."""
    granted: dict[int, tuple[str, float, Reason]] = {}
    taken: set[str] = set()
    for confidence, _filled, negative_index, target, reason in sorted(wishes, reverse=True):
        index = -negative_index
        if index in granted or (target in taken and target not in REPEATABLE):
            continue
        # What only looks like pictures steps back where a column says that it holds them.
        if reason == "values" and target in taken:
            continue
        granted[index] = (target, confidence, reason)
        taken.add(target)
    return granted


def _column(
    index: int,
    name: str,
    parsed: Heading,
    samples: Sequence[str],
    form: FileForm,
    granted: tuple[str, float, Reason] | None,
    wishes: list[tuple[float, int, int, str, Reason]],
) -> Column:
    shown = tuple(text[:_SAMPLE_LENGTH] for text in dict.fromkeys(samples))[:_SHOWN_SAMPLES]
    unit = currency = ""
    if granted:
        target, confidence, reason = granted
        if target == Field.WEIGHT_G:
            unit = parsed.weight_unit or ("g" if "grams" in parsed.full.split() else "")
        elif target == Field.PRICE:
            currency = parsed.currency
            unit = CENTS if _is_price_list(samples, form) else ""
    else:
        target, confidence, reason = _left_over(index, name, parsed, form, wishes)
        if target.startswith(ASPECT_PREFIX):
            unit = parsed.length_unit
    return Column(
        index=index,
        name=name,
        target=target,
        unit=unit,
        currency=currency,
        confidence=confidence,
        reason=reason,
        samples=shown,
    )


def _is_price_list(samples: Sequence[str], form: FileForm) -> bool:
    # Elsewhere “EUR 1250” is a price like any other.
    enough = 0 if form is FileForm.COMMERCETOOLS and all(map(is_price_list, samples)) else 0.6
    return bool(samples) and _share(samples, looks_like_price_list) >= enough


def _left_over(
    index: int,
    name: str,
    parsed: Heading,
    form: FileForm,
    wishes: list[tuple[float, int, int, str, Reason]],
) -> tuple[str, float, Reason]:
    if FORM_WORDS[form].get(parsed.full) == IGNORED:
        return IGNORED, 0.0, "known_unneeded"
    if parsed.full in ASPECT_WORDS or parsed.core in ASPECT_WORDS or parsed.is_specific:
        return ASPECT_PREFIX + _aspect_name(name[:_HEADING_LENGTH]), LIKELY, "heading"
    if any(-negative_index == index for _, _, negative_index, _, _ in wishes):
        return IGNORED, 0.0, "another_column"
    if parsed.full in UNNEEDED_WORDS or parsed.core in UNNEEDED_WORDS:
        return IGNORED, 0.0, "known_unneeded"
    if any(word in FIELD_WORDS for word in (parsed.full, parsed.bare, parsed.core)):
        return IGNORED, 0.0, "values_contradict"
    return IGNORED, 0.0, "unknown"


def _aspect_name(name: str) -> str:
    """As the file calls it, without the unit in brackets, the shop's prefix and Amazon's “_name”."""
    bare = (
        re.sub(r"\s*[(\[][^)\]]*[)\]]\s*$", "", PREFIX.sub("", name))
        .removeprefix("Google Shopping / ")
        .replace("_", " ")
        .removesuffix(" name")
        .strip()
    )
    return bare[:1].upper() + bare[1:]
