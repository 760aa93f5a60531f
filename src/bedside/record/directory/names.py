"""How a name is found again: evened out, then hidden under the key of the site."""

import hmac
import unicodedata

from bedside.record.vault.master import Master

PURPOSE = b"directory name\n"


def find_name(master: Master, site: str, name: str) -> bytes:
    """Find under what a name is found again; accents, capitals and order do not count."""
    return hmac.digest(master.lookup_key(site), PURPOSE + even_out(name).encode(), "sha256")


def even_out(name: str) -> str:
    """Even out a name: its words without accents and signs, in the order of the alphabet."""
    plain = "".join(
        letter if letter.isalnum() else "" if unicodedata.combining(letter) else " "
        for letter in unicodedata.normalize("NFKD", name.casefold())
    )
    return " ".join(sorted(plain.split()))
