"""The demo: a small shop that never was, its goods drawn and written by us, and the story that a run plays with it.

`fill()` makes the shop; `once` plays the story without a person.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kontor.demo.log_in import LogIn

__all__ = ["fill"]


def fill() -> LogIn:
    """Makes the demo's business with its goods where it is not there yet, and says how to log in.

    After `django.setup()`, with the database up. Takes some seconds the first time, and nothing the next.
    """
    from kontor.demo import filling  # loads Django's models, so not before its setup

    return filling.fill()
