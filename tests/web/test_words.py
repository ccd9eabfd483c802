"""Whatever stable code or kind of job the product can say, the web UI has words for it in every language."""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet
from functools import cache
from pathlib import Path
from typing import Any, Final

import pytest

from kontor.audit.requests import QUIET
from kontor.channels.ebay.connector.policies import POLICIES
from kontor.channels.ebay.error_table import MEANINGS, Kind
from kontor.channels.ebay.mapping import live
from kontor.channels.ebay.preflight.account import REQUIRED
from kontor.channels.ebay.preflight.content import FIELDS
from kontor.jobs.registry import HANDLERS
from kontor.properties.law.packs import PACKS

ROOT: Final = Path(__file__).parents[2]
SOURCE: Final = ROOT / "src" / "kontor"
WORDS: Final = ROOT / "web" / "src" / "shared"
SETTINGS: Final = ROOT / "web" / "src" / "features" / "settings" / "locales"
LANGUAGES: Final = ("de", "en", "fr")

#: Who takes a code, and as which argument: the problem itself, and what the modules call their own short ways to one.
MAKERS: Final = {
    "Problem": 0, "BadCell": 0, "note": 0, "problem": 0, "refused_for": 2,
    "_of": 1, "_problem": 0, "_refuse": 0, "_resume": 0, "_warning": 0,
}  # fmt: skip
#: Modules whose short way means something else: it is asked below.
TABLES: Final = {"channels/ebay/error_table.py", "channels/ebay/preflight/safety.py"}
#: Codes that are put together, and what they can become. A new one fails the test until it is told here.
FAMILIES: Final[Mapping[str, tuple[str, ...]]] = {
    "{kind}.unreadable": ("price", "quantity", "weight"),
    "{kind}.scientific": ("price", "quantity", "weight"),
    "{kind}.ambiguous": ("price", "quantity", "weight"),
    "goods.{name}.too_long": (
        "title", "description", "reference", "brand", "mpn", "condition", "category_hint", "option", "sku",
    ),
    "goods.{name}.too_many": ("variants", "aspects", "option_names", "pictures"),
    "properties.missing.{name}": (
        "kind", "marketing", "postal_code", "city", "cold_rent", "lease", "purchase_price", "ground_rent",
        "service_charge", "heating_included", "deposit", "hausgeld", "area", "plot_area", "rooms", "coordinate",
        "energy_state", "commission", "title", "description", "picture",
    ),
    "properties.contradiction.{name}": ("warm_rent", "floor", "bedrooms", "living_area", "commission"),
    "ebay.{field}.missing": ("carrier", "tracking"),
    "ebay.{code}.missing": tuple(code for code, _ in REQUIRED.values()),
    "{channel}.{self.ours}.missing": tuple(f"ebay.{row.ours}.missing" for row in FIELDS if row.required),
    "{channel}.{self.ours}.too_long": tuple(f"ebay.{row.ours}.too_long" for row in FIELDS if row.max_length),
    "ebay.safety.{role}.{what}": (
        *(f"ebay.safety.{who}.{what}" for who in ("manufacturer", "responsible")
          for what in ("company_name", "address", "contact", "too_long")),
        "ebay.safety.manufacturer.missing", "ebay.safety.responsible.outside_eu",
    ),
    "ebay.{meaning.code}": (
        "ebay.warning", "ebay.refused",
        *(f"ebay.{each.code}" for each in MEANINGS.values() if each.kind in (Kind.REJECTED, Kind.GONE)),
    ),
    "immoscout24.{meaning}": (
        "refused", "schema", "energy.class_not_valid", "energy.values_without_certificate", "energy.hot_water_not_valid",
        "energy.carrier_not_valid", "energy.value_out_of_range", "building.year_not_valid",
    ),
    "invalid.{row['type']}": (
        "missing", "string_too_short", "string_too_long", "too_short", "too_long",
        "greater_than", "greater_than_equal", "less_than", "less_than_equal", "value",
    ),
}  # fmt: skip


def modules() -> Iterator[tuple[str, ast.Module]]:
    for file in sorted(SOURCE.rglob("*.py")):
        if "migrations" not in file.parts and "demo" not in file.parts:
            yield file.relative_to(SOURCE).as_posix(), ast.parse(file.read_text())


@cache
def told() -> tuple[frozenset[str], frozenset[str]]:
    """Codes as they stand in the source, and the forms of those that are put together."""
    plain, forms = set[str](), set[str]()
    for name, module in modules():
        for node in ast.walk(module):
            for said in _said(node, name):
                match said:
                    case ast.Constant(value=str(code)):
                        plain.add(code)
                    case ast.IfExp(body=ast.Constant(value=str(one)), orelse=ast.Constant(value=str(other))):
                        plain |= {one, other}
                    case ast.JoinedStr():
                        forms.add(ast.unparse(said).removeprefix("f").strip("'\""))
    return frozenset(plain), frozenset(forms)


def _said(node: ast.AST, module: str) -> Iterator[ast.expr]:
    match node:
        case ast.Assign(
            targets=[ast.Tuple(elts=[ast.Name(id="code"), *_])], value=ast.Tuple(elts=[said, *_])
        ):
            yield said
        case ast.Assign(targets=[ast.Name(id="code")], value=ast.Constant() as said):
            yield said
        case ast.AnnAssign(target=ast.Name(id="code"), value=ast.Constant() as said):
            yield said
        case ast.Call(func=ast.Name(id=maker) | ast.Attribute(attr=maker), args=args) if maker in MAKERS:
            if len(args) > MAKERS[maker] and (maker == "Problem" or module not in TABLES):
                yield args[MAKERS[maker]]
        case ast.Call(
            func=ast.Name(id="HeadingUnreadable"), keywords=[*_, ast.keyword(arg="reason", value=said)]
        ):
            yield said


def put_together() -> set[str]:
    """What the forms can become."""
    return {
        each if each.startswith("ebay.") else form.split("{")[0] + each + form.split("}")[-1]
        for form, members in FAMILIES.items()
        for each in members
    }


def reasons() -> set[str]:
    """Why a channel shows something otherwise."""
    module = ast.parse(Path(live.__file__).read_text())
    returned = (node.value for node in ast.walk(module) if isinstance(node, ast.Return))
    texts = (value.value for value in returned if isinstance(value, ast.Constant))
    return {text for text in texts if isinstance(text, str) and text.startswith("ebay.")}


@cache
def words(name: str, language: str) -> dict[str, Any]:
    read: dict[str, Any] = json.loads((WORDS / name / "locales" / f"{language}.json").read_text())
    return read


def find(words: Any, path: str) -> Any:
    for part in path.split("."):
        words = words.get(part) if isinstance(words, dict) else None
    return words


def without_words(codes: AbstractSet[str], language: str) -> list[str]:
    problems = words("problems", language)
    return sorted(code for code in codes if not isinstance(find(problems, f"{code}.title"), str))


@pytest.mark.parametrize("language", LANGUAGES)
class TestWords:
    def test_every_code_has_words(self, language: str) -> None:
        plain, _ = told()
        assert len(plain) > 150
        laws = {rule.code for rule in PACKS}
        assert without_words(plain | put_together() | reasons() | laws, language) == []

    def test_what_an_account_lacks_has_words(self, language: str) -> None:
        whats = {each.what for each in MEANINGS.values() if each.what} | {kind.code for kind in POLICIES}
        assert without_words({f"setup.{what}" for what in whats}, language) == []

    def test_every_kind_of_job_has_words(self, language: str) -> None:
        known = words("", language)["jobKind"]
        asked = {kind: kind.replace(".", "_") for kind in HANDLERS}
        assert len(asked) > 10
        assert [kind for kind, key in asked.items() if key not in known and f"{key}_other" not in known] == []


def test_every_code_that_is_put_together_is_known_here() -> None:
    _, forms = told()
    assert forms - set(FAMILIES) == set()


def operations() -> set[str]:
    """What a request that changes something is called in the audit log."""
    document = json.loads((ROOT / "web" / "openapi.json").read_text())
    return {
        operation["operationId"].split("_api_v1_")[0]
        for methods in document["paths"].values()
        for method, operation in methods.items()
        if method != "get" and operation["x-scope"] != "public"
    } - QUIET


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_operation_has_words_in_the_audit_log(language: str) -> None:
    """Its own, or a verb and a thing to put together: no name from the source stands on the page."""
    words = json.loads((SETTINGS / f"{language}.json").read_text())
    own, verbs, nouns = words["did"], words["didGeneric"]["verb"], words["didGeneric"]["noun"]

    def has_words(name: str) -> bool:
        verb, _, noun = name.partition("_")
        singular = re.sub("s$", "", re.sub("ies$", "y", noun))
        return name in own or (verb in verbs and (noun in nouns or singular in nouns))

    assert sorted(name for name in operations() if not has_words(name)) == []
