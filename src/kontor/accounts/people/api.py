"""The routes about people, by whose they are."""

from kontor.accounts.people.mailbox_api import pictures
from kontor.accounts.people.mailbox_api import routes as mailbox
from kontor.accounts.people.me_api import routes as me
from kontor.accounts.people.people_api import business
from kontor.accounts.people.people_api import routes as people

__all__ = ["business", "mailbox", "me", "people", "pictures"]
