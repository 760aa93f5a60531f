"""A hospital's provider for tests: Django OAuth Toolkit, a real one, as a program of its own.

`python oidc_provider.py PORT FOLDER` serves it. Who is signed in at the provider is said by the
header `X-User`: signing in there is not what the tests are about.
"""

import sys
from pathlib import Path
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, make_server

from typing_extensions import override

CLIENT_ID, CLIENT_SECRET = "bedside", "secret of the tests"
KNOWN = {  # who has an account at the provider, and whether their address is verified there
    "nurse": ("nurse@hospital.example", True),
    "unverified": ("nurse@hospital.example", False),
    "stranger": ("stranger@hospital.example", True),
}
BACK = "/accounts/oidc/hospital/login/callback/"


def configure(port: int, folder: Path) -> None:
    """Set up Django for the provider alone."""
    import django
    from cryptography.hazmat.primitives import serialization
    from cryptography.hazmat.primitives.asymmetric import rsa
    from django.conf import settings

    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    pem = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    ).decode()
    settings.configure(
        SECRET_KEY="a key of the tests",  # noqa: S106 - invented
        ALLOWED_HOSTS=["127.0.0.1"],
        ROOT_URLCONF=__name__,
        USE_TZ=True,
        DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
        DATABASES={
            "default": {"ENGINE": "django.db.backends.sqlite3", "NAME": folder / "provider.sqlite"}
        },
        INSTALLED_APPS=[
            "django.contrib.auth",
            "django.contrib.contenttypes",
            "django.contrib.sessions",
            "oauth2_provider",
        ],
        MIDDLEWARE=[
            "django.contrib.sessions.middleware.SessionMiddleware",
            "django.contrib.auth.middleware.AuthenticationMiddleware",
            f"{__name__}.BelieveHeader",
        ],
        TEMPLATES=[{"BACKEND": "django.template.backends.django.DjangoTemplates"}],
        OAUTH2_PROVIDER={
            "OIDC_ENABLED": True,
            "OIDC_RSA_PRIVATE_KEY": pem,
            "OIDC_ISS_ENDPOINT": f"http://127.0.0.1:{port}/o",
            "OAUTH2_VALIDATOR_CLASS": f"{__name__}.find_validator",
            "SCOPES": {"openid": "who", "profile": "name", "email": "address"},
            "PKCE_REQUIRED": True,
        },
    )
    django.setup()


class BelieveHeader:
    """Take who is signed in from a header."""

    def __init__(self, answer: Any) -> None:  # noqa: ANN401 - a middleware
        self.answer = answer

    def __call__(self, request: Any) -> Any:  # noqa: ANN401 - a middleware
        """Answer as that person."""
        from django.contrib.auth import get_user_model

        name = request.headers.get("X-User")
        if name:
            request.user = get_user_model().objects.get(username=name)
        return self.answer(request)


def find_validator(*args: Any, **named: Any) -> Any:  # noqa: ANN401 - the library's own
    """Say of somebody what the provider knows."""
    from oauth2_provider.oauth2_validators import (  # type: ignore[import-untyped]  # ships no types
        OAuth2Validator,
    )

    class Validator(OAuth2Validator):  # type: ignore[misc]  # the library ships no types
        """Adds the address and whether it is verified."""

        oidc_claim_scope = None

        def get_additional_claims(self, request: Any) -> dict[str, object]:  # noqa: ANN401 - same
            """Add them."""
            email, verified = KNOWN[request.user.username]
            return {"email": email, "email_verified": verified, "nationality": "never kept"}

    return Validator(*args, **named)


def fill() -> None:
    """Make tables, people, and the one program that may ask."""
    from django.contrib.auth import get_user_model
    from django.core.management import call_command
    from oauth2_provider.models import Application  # type: ignore[import-untyped]  # the same

    call_command("migrate", verbosity=0)
    for name in KNOWN:
        get_user_model().objects.create(username=name)
    hosts = ("http://testserver", "http://testserver/es")
    Application.objects.create(
        client_id=CLIENT_ID,
        client_secret=CLIENT_SECRET,
        client_type=Application.CLIENT_CONFIDENTIAL,
        authorization_grant_type=Application.GRANT_AUTHORIZATION_CODE,
        redirect_uris=" ".join(f"{host}{BACK}" for host in hosts),
        algorithm=Application.RS256_ALGORITHM,
        skip_authorization=True,
    )


class Quiet(WSGIRequestHandler):
    """Writes no line for each request."""

    @override
    def log_message(self, *_: object) -> None:
        """Say nothing."""


def __getattr__(name: str) -> Any:  # noqa: ANN401 - Django asks the module for its addresses
    if name != "urlpatterns":
        raise AttributeError(name)
    from django.urls import include, path

    return [path("o/", include("oauth2_provider.urls", namespace="oauth2_provider"))]


def main() -> None:
    """Serve until stopped."""
    port, folder = int(sys.argv[1]), Path(sys.argv[2])
    sys.modules["oidc_provider"] = sys.modules["__main__"]
    configure(port, folder)
    fill()
    from django.core.wsgi import get_wsgi_application

    with make_server("127.0.0.1", port, get_wsgi_application(), handler_class=Quiet) as server:
        sys.stdout.write("ready\n")
        sys.stdout.flush()
        server.serve_forever()


if __name__ == "__main__":
    main()
