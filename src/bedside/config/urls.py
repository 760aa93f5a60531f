"""Which door answers which address."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import URLPattern, include, path, re_path

from bedside.doors.web.problems import show_not_found
from bedside.doors.web.staff.sign_on import come_back

# Nobody signs up, changes addresses or asks for a link by mail here; our own page lists sessions.
CLOSED = (
    r"signup|email|confirm-email|password/reset/$|password/reset/done"
    r"|login/code|inactive|3rdparty|social|sessions"
)


def _find_accounts() -> list[URLPattern]:
    return [
        re_path(rf"^accounts/(?:{CLOSED})", show_not_found),
        # Ours stands before the library's: it checks the provider's word.
        path("accounts/oidc/<slug:provider_id>/login/callback/", come_back),
        path("accounts/", include("allauth.urls")),  # type: ignore[list-item]  # a resolver
    ]


urlpatterns = [
    # Signing in, in the language of the address; before our pages, which end under /es/ too.
    *i18n_patterns(*_find_accounts(), prefix_default_language=False),
    path("", include("bedside.doors.web.urls")),
]
handler400 = "bedside.doors.web.problems.show_not_understood"
handler404 = "bedside.doors.web.problems.show_not_found"
handler500 = "bedside.doors.web.problems.show_our_fault"
handler429 = "bedside.doors.web.staff.adapters.show_too_often"
