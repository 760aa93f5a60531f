"""Mail to a server that wants a closed way and a password; and addresses that name no server."""

import ssl
from datetime import timedelta
from ipaddress import ip_address
from pathlib import Path

import pytest
from aiosmtpd.smtp import AuthResult, LoginPassword
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from django.core.mail import EmailMessage
from pytest_django import Settings

from bedside.config.mail import MailServer, NoMailServer, read_mail_server
from paging_stage import receive_mail
from record_cast import NIGHT

SECRET = b"of a test"
BACKEND = "django.core.mail.backends.smtp.EmailBackend"


@pytest.fixture
def closed(tmp_path: Path) -> ssl.SSLContext:
    """Make a certificate for this machine that the test's own trust vouches for."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "mail")])
    here = x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))])
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(NIGHT - timedelta(days=365))
        .not_valid_after(NIGHT + timedelta(days=3650))
        .add_extension(here, critical=False)
        .sign(key, hashes.SHA256())
    )
    both = tmp_path / "mail.pem"
    both.write_bytes(
        made.public_bytes(serialization.Encoding.PEM)
        + key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(both)
    return context


def check(*said: object) -> AuthResult:
    """Let in whoever knows the password."""
    login = said[-1]
    assert isinstance(login, LoginPassword)
    return AuthResult(success=(login.login, login.password) == (b"bedside", SECRET))


def send(settings: Settings, server: MailServer) -> None:
    """Send a mail as the house is set."""
    settings.EMAIL_BACKEND = BACKEND
    settings.EMAIL_HOST, settings.EMAIL_PORT = server.host, server.port
    settings.EMAIL_HOST_USER, settings.EMAIL_HOST_PASSWORD = server.user, server.password
    settings.EMAIL_USE_SSL, settings.EMAIL_USE_TLS = server.is_closed, server.starts_closed
    EmailMessage("s", "b", "from@hospital.example", ["to@hospital.example"]).send()


def test_a_password_goes_only_over_a_way_that_was_closed_and_vouched_for(
    settings: Settings,
    closed: ssl.SSLContext,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    wants = {"tls_context": closed, "require_starttls": True, "authenticator": check}
    with receive_mail(auth_required=True, **wants) as (box, port):
        server = read_mail_server(f"smtp+starttls://bedside:of%20a%20test@127.0.0.1:{port}")
        with pytest.raises(ssl.SSLError):
            send(settings, server)  # nobody vouches for its certificate
        assert not box.got

        monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "mail.pem"))
        send(settings, server)

    assert [envelope.rcpt_tos for envelope in box.got] == [["to@hospital.example"]]
    assert "of a test" not in repr(server)


@pytest.mark.parametrize(
    "text",
    [
        "mail.example:25",
        "smtp://mail.example",
        "smtp://mail.example:70000",
        "smtp://:25",
        "http://mail.example:25",
        "smtps://user@mail.example:465",
        "smtps://user:a b@mail.example:465",
        "smtp://user:word@mail.example:25",
    ],
)
def test_what_names_no_server_or_shows_a_password_is_refused(text: str) -> None:
    with pytest.raises(NoMailServer) as refused:
        read_mail_server(text)

    assert "smtp" in str(refused.value)
    assert "word" not in str(refused.value).replace("password", "")


def test_an_ordinary_server_and_none_are_read() -> None:
    assert read_mail_server("") == MailServer()
    assert read_mail_server("smtp://mail.example:25") == MailServer(host="mail.example", port=25)
    named = read_mail_server("smtps://a%40b:c@mail.example:465")
    assert (named.user, named.is_closed) == ("a@b", True)
