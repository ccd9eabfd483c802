"""Prints docs/law.md: `python -m kontor.properties.law.table`."""

from __future__ import annotations

from collections.abc import Iterator

from kontor.properties.law.packs import PACKS
from kontor.properties.law.rules import Rule, Sureness

HEAD = """\
# What the law asks of an ad

Kontor judges each property by these rules, every day anew: a rule counts from its first day to its last, and only for
properties in its country. *Blocks* keeps an ad off the portals until it is mended; *reminds* may be answered for by a person,
which the audit log keeps, until what the rule looks at changes. Rules are data ([germany.py](../src/kontor/properties/law/germany.py));
a law that changes ends one row and begins another. This page is printed from them (`python -m kontor.properties.law.table`).

It is no legal advice: *law* says that a rule was read in the law itself, *commentary* that it was read in what lawyers write
of it. What can't be read off a property is not judged: the text form of a contract (BGB § 656a), the imprint with its
authority (GewO § 34c), the notice of withdrawal.

| code | paragraph | country | from | to | what | weight | read in |
| --- | --- | --- | --- | --- | --- | --- | --- |
"""
_WEIGHTS = {"error": "blocks", "warning": "reminds"}
_READ = {Sureness.LAW: "law", Sureness.COMMENTARY: "commentary"}


def printed() -> str:
    """The page."""
    return HEAD + "".join(f"{line}\n" for line in _lines())


def _lines() -> Iterator[str]:
    for rule in PACKS:
        yield f"| {' | '.join(_cells(rule))} |"


def _cells(rule: Rule) -> tuple[str, ...]:
    return (
        f"`{rule.code}`", rule.paragraph, rule.country, rule.since.isoformat(),
        rule.until.isoformat() if rule.until else "", rule.message, _WEIGHTS[rule.severity], _READ[rule.sureness],
    )  # fmt: skip


if __name__ == "__main__":
    print(printed(), end="")
