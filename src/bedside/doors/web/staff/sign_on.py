"""Signing on with the hospital's own provider (OpenID Connect), whose word is checked.

The library that speaks the protocol trusts what comes straight from the provider. We check the
signature, the issuer, the audience, the times and the nonce all the same: a provider that was
changed, mixed up or impersonated by a proxy must not open a patient's record.
"""

import logging
import secrets
from collections.abc import Mapping
from typing import Any

import jwt
from allauth.socialaccount.helpers import render_authentication_error
from allauth.socialaccount.models import SocialLogin, SocialToken
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView
from allauth.socialaccount.providers.openid_connect.provider import OpenIDConnectProvider
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.http import Http404, HttpRequest, HttpResponse
from requests import RequestException
from typing_extensions import override

PROVIDER = "hospital"
ALGORITHMS = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "EdDSA"]
NEEDED = ["iss", "sub", "aud", "exp", "iat"]
CLOCKS_DIFFER = 60  # seconds by which two honest clocks may differ
KEPT = ("sub", "email", "email_verified")  # of all that a provider tells, what is remembered
# An answer that is no answer of this protocol breaks while it is read, in one of these ways.
MALFORMED = (AttributeError, IndexError, KeyError, TypeError, ValueError)
LOG = logging.getLogger("bedside.sign-on")
Claims = dict[str, Any]


class HospitalSignOn(OpenIDConnectOAuth2Adapter):  # type: ignore[misc]  # allauth ships no types
    """Talks to the provider, and checks what it says."""

    nonce = ""

    @property
    def openid_config(self) -> Claims:
        """Read where the provider does what; it must name itself as the hospital names it."""
        try:
            said: Claims = super().openid_config
            issuer = said["issuer"]
        except (RequestException, *MALFORMED) as error:
            raise OAuth2Error("the provider did not answer") from error
        if issuer != self.get_provider().app.settings["server_url"]:
            raise OAuth2Error("the provider names another issuer")
        return said

    @override
    def complete_login(
        self, request: HttpRequest, app: Any, token: SocialToken, **told: Any
    ) -> SocialLogin:
        """Take who somebody is from a checked token; what it lacks, from the provider's page."""
        claims = self._check(str(told["response"]["id_token"]), app.client_id)
        if "email" not in claims:
            more: Claims = self._fetch_user_info(token.token)
            if more.get("sub") != claims["sub"]:
                raise OAuth2Error("two answers about two people")
            claims = more | claims
        kept = {name: claims[name] for name in KEPT if name in claims}
        return self.get_provider().sociallogin_from_response(request, {"id_token": kept})

    def _check(self, token: str, client_id: str) -> Claims:
        config = self.openid_config
        try:
            key = _find_key(token, self._fetch(config["jwks_uri"]))
            claims: Claims = jwt.decode(
                token,
                key=key,
                algorithms=ALGORITHMS,
                issuer=config["issuer"],
                audience=client_id,
                leeway=CLOCKS_DIFFER,
                options={"require": NEEDED},
            )
        except jwt.PyJWTError as error:
            raise OAuth2Error("the token does not hold") from error
        if claims.get("azp", client_id) != client_id:
            raise OAuth2Error("the token is for another program")
        if not self.nonce or claims.get("nonce") != self.nonce:
            raise OAuth2Error("the token answers another question")
        return claims

    def _fetch(self, address: str) -> Claims:
        from allauth.socialaccount.adapter import get_adapter

        with get_adapter().get_requests_session() as asked:
            answer = asked.get(address)
            answer.raise_for_status()
        said: Claims = answer.json()
        return said


class HospitalProvider(OpenIDConnectProvider):  # type: ignore[misc]  # allauth ships no types
    """The provider of the hospital; who asks cannot add to what it is asked."""

    oauth2_adapter_class = HospitalSignOn

    @override
    def get_auth_params_from_request(self, request: HttpRequest, action: str) -> Claims:
        """Ask what we ask, whatever stands in the address."""
        del request, action
        params: Claims = self.get_auth_params()
        return params

    @override
    def get_scope_from_request(self, request: HttpRequest) -> list[str]:
        """Ask for what we need, whatever stands in the address."""
        del request
        scope: list[str] = self.get_scope()
        return scope

    @override
    def redirect(
        self,
        request: HttpRequest,
        process: str,
        next_url: str | None = None,
        data: object = None,
        **told: Any,
    ) -> HttpResponse:
        """Send somebody to the provider with a question that only they can bring the answer to."""
        nonce = secrets.token_urlsafe(24)
        params = dict(told.pop("auth_params", None) or self.get_auth_params()) | {"nonce": nonce}
        try:
            answer: HttpResponse = super().redirect(
                request, "login", next_url, data, auth_params=params, nonce=nonce, **told
            )
        except (OAuth2Error, RequestException, *MALFORMED) as error:
            return _refuse(request, self, error)
        return answer


class Callback(OAuth2CallbackView):  # type: ignore[misc]  # allauth ships no types
    """Where somebody comes back to from the provider; each question is answered once."""

    @override
    def _get_state(self, request: HttpRequest, provider: HospitalProvider) -> Any:
        state, refused = super()._get_state(request, provider)
        self.adapter.nonce = (state or {}).get("nonce", "")
        return state, refused

    def dispatch(self, request: HttpRequest, *parts: object, **named: object) -> HttpResponse:
        """Answer, or say that signing on did not work."""
        try:
            answer: HttpResponse = super().dispatch(request, *parts, **named)
        except (OAuth2Error, RequestException, *MALFORMED) as error:
            return _refuse(request, self.adapter.get_provider(), error)
        return answer


def come_back(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Take somebody back from the provider."""
    if not _has_provider(provider_id):
        raise Http404
    answer: HttpResponse = Callback.adapter_view(HospitalSignOn(request, provider_id))(request)
    return answer


def find_address_of(remembered: Mapping[str, Any]) -> str:
    """Find the address that the provider has verified; none if it did not."""
    claims = remembered.get("id_token", {})
    return str(claims.get("email", "")) if claims.get("email_verified") is True else ""


def _find_key(token: str, keys: Claims) -> jwt.PyJWK:
    """Find the provider's public key with which this token was signed."""
    wanted = jwt.get_unverified_header(token).get("kid")
    known = [key for key in jwt.PyJWKSet.from_dict(keys).keys if key.public_key_use != "enc"]
    named = [key for key in known if key.key_id == wanted] if wanted else known
    if len(named) != 1:
        raise OAuth2Error("the token is signed with no key of the provider")
    return named[0]


def _has_provider(provider_id: str) -> bool:
    from django.conf import settings

    return bool(settings.SOCIALACCOUNT_PROVIDERS) and provider_id == PROVIDER


def _refuse(request: HttpRequest, provider: HospitalProvider, error: Exception) -> HttpResponse:
    LOG.warning("signing on was refused: %s", type(error).__name__)
    answer: HttpResponse = render_authentication_error(request, provider, exception=error)
    return answer
