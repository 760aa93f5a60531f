"""The provider that signs people on at the hospital, from its file, as allauth wants to be told."""

import sys
import tomllib
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

KEYS = {"name", "issuer", "client_id", "secret"}
SCHEMES = ("https", "http")  # plain only on this machine
HERE = ("127.0.0.1", "localhost", "::1")


def find_providers(file: Path | None) -> dict[str, Any]:
    """Find the provider; nothing if the hospital has none."""
    if file is None:
        return {}
    said = _read(file)
    app = {
        "provider_id": "hospital",
        "name": said["name"],
        "client_id": said["client_id"],
        "secret": said["secret"],
        "settings": {"server_url": said["issuer"], "token_auth_method": "client_secret_basic"},
    }
    return {"openid_connect": {"APPS": [app], "OAUTH_PKCE_ENABLED": True}}


def find_origins(file: Path | None) -> list[str]:
    """Find where a browser may be led to sign on: the issuer, and what the file adds."""
    if file is None:
        return []
    said = _read(file)
    parts = urlsplit(str(said["issuer"]))
    return [f"{parts.scheme}://{parts.netloc}", *map(str, said.get("also_at", []))]


def _read(file: Path) -> dict[str, Any]:
    try:
        said = tomllib.loads(file.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        sys.exit(f"BEDSIDE_SIGN_ON: {file.name} cannot be read ({error}); write it as TOML.")
    if missing := sorted(KEYS - said.keys()):
        sys.exit(f"BEDSIDE_SIGN_ON: {file.name} lacks {', '.join(missing)}; add it.")
    parts = urlsplit(str(said["issuer"]))
    if parts.scheme not in SCHEMES or (parts.scheme == "http" and parts.hostname not in HERE):
        sys.exit(f"BEDSIDE_SIGN_ON: the issuer in {file.name} must begin with https://.")
    return said
