"""What allauth asks us: who may have an account, whom the provider may sign on, how to seal."""

import base64
import io
import secrets
from typing import Any

import segno
from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialLogin
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.functional import lazy
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from typing_extensions import override

from bedside.doors.web import clock
from bedside.doors.web.problems import find_language, show_sentence
from bedside.doors.web.staff.sign_on import HospitalProvider, find_address_of
from bedside.doors.web.words import say
from bedside.record.accounts.models import Person
from bedside.record.accounts.queries import find_person_by_email, find_sites
from bedside.rules.vocabulary.problem import ENGLISH, SPANISH

FORBIDDEN, TOO_MANY, BAD_GATEWAY = 403, 429, 502
NONCE = 12
QUIET = ("account/messages/logged_in.txt", "account/messages/logged_out.txt")


def _say(key: str) -> str:
    return say(key, SPANISH if (get_language() or "").startswith("es") else ENGLISH)


_say_later = lazy(_say, str)


class StaffAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth ships no types
    """Accounts are made by the person who keeps them, never by signing up."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "username_password_mismatch": _say_later("sign_in_mismatch"),
        "too_many_login_attempts": _say_later("sign_in_too_often"),
        "enter_current_password": _say_later("password_not_yours"),
        "incorrect_password": _say_later("password_not_yours"),
        "rate_limited": _say_later("sign_in_too_often"),
    }

    @override
    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Tell that nobody signs up by themselves."""
        del request
        return False

    @override
    def pre_login(self, request: HttpRequest, user: Person, **told: Any) -> HttpResponse | None:
        """Let nobody in who has no role anywhere: they would see nothing and not know why."""
        if not user.is_active or not find_sites(user, at=clock.tell_time()):
            return show_sentence(request, FORBIDDEN, "no_role_here")
        answer: HttpResponse | None = super().pre_login(request, user, **told)
        return answer

    @override
    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """Lead to the start page in the language in which somebody signed in."""
        return "/es/home" if find_language(request) == SPANISH else "/home"

    @override
    def get_logout_redirect_url(self, request: HttpRequest) -> str:
        """Lead to the public page in the same language."""
        return "/es/" if find_language(request) == SPANISH else "/"

    @override
    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        """Lead back to the settings."""
        return "/es/settings" if find_language(request) == SPANISH else "/settings"

    @override
    def add_message(
        self,
        request: HttpRequest,
        level: int,
        message_template: str | None = None,
        *args: Any,
        **told: Any,
    ) -> None:
        """Pass on what somebody needs to hear; that they signed in they see."""
        if message_template not in QUIET:
            super().add_message(request, level, message_template, *args, **told)


class SignOnAdapter(DefaultSocialAccountAdapter):  # type: ignore[misc]  # allauth ships no types
    """The provider says who somebody is; whether they have an account is ours to say."""

    @override
    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        """Tell that an unknown person gets no account by signing on."""
        del request, sociallogin
        return False

    @override
    def get_provider(
        self, request: HttpRequest, provider: str, client_id: str | None = None
    ) -> HospitalProvider:
        """Find the hospital's provider, whose word is checked by us."""
        found = super().get_provider(request, provider, client_id=client_id)
        return HospitalProvider(request, app=found.app)

    @override
    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """Find the account of whom the provider vouches for, by a verified address."""
        if sociallogin.is_existing:
            return
        person = find_person_by_email(find_address_of(sociallogin.account.extra_data))
        if person is None:
            raise ImmediateHttpResponse(show_sentence(request, FORBIDDEN, "no_account_here"))
        sociallogin.connect(request, person)

    @override
    def on_authentication_error(
        self, request: HttpRequest, provider: object, error: object = None, **told: object
    ) -> None:
        """Say that signing on did not work, and by which way one still comes in."""
        del provider, error, told
        raise ImmediateHttpResponse(show_sentence(request, BAD_GATEWAY, "sign_on_failed"))


class SecondStepAdapter(DefaultMFAAdapter):  # type: ignore[misc]  # allauth ships no types
    """Seals the secrets of codes, and draws the picture that an app reads."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": _say_later("code_wrong"),
    }

    @override
    def encrypt(self, text: str) -> str:
        """Seal a secret under the key of the installation."""
        nonce = secrets.token_bytes(NONCE)
        sealed = nonce + _cipher().encrypt(nonce, text.encode(), None)
        return base64.b64encode(sealed).decode()

    @override
    def decrypt(self, encrypted_text: str) -> str:
        """Open a secret; one that this key does not open is worth nothing."""
        sealed = base64.b64decode(encrypted_text)
        try:
            return _cipher().decrypt(sealed[:NONCE], sealed[NONCE:], None).decode()
        except InvalidTag:
            return ""

    @override
    def get_totp_label(self, user: Person) -> str:
        """Name the account in the app by the sign-in name."""
        return user.username

    @override
    def build_totp_svg(self, url: str) -> SafeString:
        """Draw the code as a picture within the page: it stands nowhere else."""
        drawn = io.BytesIO()
        segno.make_qr(url, error="m").save(
            drawn, kind="svg", xmldecl=False, svgns=False, omitsize=True, border=2, light="#fff"
        )
        return mark_safe(drawn.getvalue().decode())  # noqa: S308 - drawn by us from a code


def show_too_often(request: HttpRequest) -> HttpResponse:
    """Answer whoever tries too often."""
    return show_sentence(request, TOO_MANY, "sign_in_too_often")


def _cipher() -> AESGCM:
    return AESGCM(settings.BEDSIDE_MASTER.secret("second-step"))
