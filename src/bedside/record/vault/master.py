"""The one key of an installation, from which the keys of its sites are derived.

It lies in a file of mode 0600 beside the database, or comes from the hospital's secret store.
"""

import hmac
from pathlib import Path
from typing import final

from bedside.trust.ledger.leaf import Lane
from bedside.trust.sealing.key_file import load_key_file, write_key_file
from bedside.trust.sealing.secret import Hidden, Random
from bedside.trust.sealing.site_key import SiteKey, make_site_key, read_site_key
from bedside.trust.sealing.wrap import KeyName

MASTER = KeyName(holder="master")
HOLDERS = {
    Lane.OPERATIONAL: KeyName(holder="role/care"),
    Lane.SAFETY: KeyName(holder="role/safety"),
    Lane.LEGAL: KeyName(holder="role/counsel"),
}


@final
class Master(Hidden):
    """Derives what a site needs: keys for its rows, for stand-ins, for look-ups, for sessions."""

    __slots__ = ("_key",)

    def __init__(self, key: SiteKey) -> None:
        self._key = key

    def care_key(self, site: str) -> SiteKey:
        """Derive the key that opens the operational rows of a site."""
        return self.lane_key(site, Lane.OPERATIONAL)

    def lane_key(self, site: str, lane: Lane) -> SiteKey:
        """Derive the key that opens the rows of a lane of a site, and those of no other lane."""
        return self._key.derive(HOLDERS[lane], site=site)

    def stand_in_key(self, site: str, lane: Lane = Lane.OPERATIONAL) -> bytes:
        """Derive the key of the pseudonyms in the ledger of a lane."""
        return self._derive(site, _name("stand-in", lane))

    def lookup_key(self, site: str) -> bytes:
        """Derive the pepper under which a reference can be found again and not read."""
        return self._derive(site, "lookup")

    def log_seed(self, site: str, lane: Lane = Lane.OPERATIONAL) -> bytes:
        """Derive the seed of the Ed25519 key that signs the heads of a lane's log."""
        return self._derive(site, _name("log", lane))

    def secret(self, purpose: str) -> bytes:
        """Derive a secret of the installation itself, such as Django's or the database's."""
        return self._derive("installation", purpose)

    def _derive(self, site: str, purpose: str) -> bytes:
        named = f"bedside {purpose} 1\n{site}".encode()
        return hmac.digest(self._key.write().encode(), named, "sha256")


def _name(purpose: str, lane: Lane) -> str:
    return purpose if lane is Lane.OPERATIONAL else f"{purpose} of {lane}"


def load_master(text: str, file: Path, *, random: Random) -> Master:
    """Take the key from a secret, else from its file, else for this process only.

    A key that nobody keeps opens nothing tomorrow; whoever begins a record calls `make_key_file`
    first.
    """
    if text:
        return Master(read_site_key(text, where="BEDSIDE_KEY"))
    if file.exists():
        return Master(load_key_file(file))
    return Master(make_site_key(MASTER, random=random))


def make_key_file(text: str, file: Path, *, random: Random) -> None:
    """Make the file of the key at the first start, unless the key comes from a secret."""
    if text or file.exists():
        return
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    write_key_file(file, make_site_key(MASTER, random=random))
