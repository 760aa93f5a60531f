"""The provider that signs people on at the hospital, from its file, as allauth wants to be told."""

import sys
import tomllib
from pathlib import Path
from typing import Any

KEYS = {"name", "issuer", "client_id", "secret"}


def find_providers(file: Path | None) -> dict[str, Any]:
    """Find the provider; nothing if the hospital has none."""
    if file is None:
        return {}
    try:
        said = tomllib.loads(file.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        sys.exit(f"BEDSIDE_SIGN_ON: {file.name} cannot be read ({error}); write it as TOML.")
    if missing := sorted(KEYS - said.keys()):
        sys.exit(f"BEDSIDE_SIGN_ON: {file.name} lacks {', '.join(missing)}; add it.")
    app = {
        "provider_id": "hospital",
        "name": said["name"],
        "client_id": said["client_id"],
        "secret": said["secret"],
        "settings": {"server_url": said["issuer"], "token_auth_method": "client_secret_basic"},
    }
    return {"openid_connect": {"APPS": [app], "OAUTH_PKCE_ENABLED": True}}
