"""What allauth asks us: who may have an account, and whom the hospital's provider may sign on."""

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialLogin
from django.http import HttpRequest

from bedside.doors.web.problems import show_sentence
from bedside.record.accounts.queries import find_person_by_email

FORBIDDEN = 403


class StaffAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth ships no types
    """Accounts are made by the person who keeps them, never by signing up."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Tell that nobody signs up by themselves."""
        del request
        return False


class SignOnAdapter(DefaultSocialAccountAdapter):  # type: ignore[misc]  # allauth ships no types
    """The provider says who somebody is; whether they have an account is ours to say."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        """Tell that an unknown person gets no account by signing on."""
        del request, sociallogin
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """Find the account of whom the provider vouches for, by a verified address."""
        if sociallogin.is_existing:
            return
        claims = sociallogin.account.extra_data.get("userinfo", sociallogin.account.extra_data)
        address = claims.get("email", "") if claims.get("email_verified") is True else ""
        person = find_person_by_email(address)
        if person is None:
            raise ImmediateHttpResponse(show_sentence(request, FORBIDDEN, "no_account_here"))
        sociallogin.connect(request, person)
