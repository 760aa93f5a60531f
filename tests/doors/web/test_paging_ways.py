"""What leaves this house says that somebody is needed and nothing else, and goes nowhere else."""

import hmac
import json
import secrets
import socket
import ssl
import threading
from base64 import urlsafe_b64decode
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.x509.oid import NameOID
from pytest_django import Settings

from bedside.config.rounds import begin_at
from bedside.doors.web.paging import outward, push_message
from bedside.doors.web.paging.deliver import deliver_pages, route_pages
from bedside.doors.web.paging.outward import NotAllowed, Post, Unreachable, send
from bedside.doors.web.paging.senders import SIGNATURE, PostOffice, is_push_host
from bedside.record.accounts.models import Site
from bedside.record.accounts.roles import Role
from bedside.record.paging.channel_operations import record_channel
from bedside.record.paging.models import Delivery, Page
from bedside.record.paging.operations import record_page
from bedside.record.paging.outbound import Outbound
from bedside.record.paging.words import Failure, Way
from paging_stage import Browser, Receiver, receive, receive_mail
from record_cast import NIGHT, SITE, UNIT, Cast, begin, find_master, hire, read_with, stand

KEY = "a key that the gateway has too, long"
ABOUT = "encounter/00000000-0000-4000-8000-000000000412"
# What would tell an onlooker whom or what a page is about.
TELLING = ("412", UNIT, "refus", "charge", "encounter", "custod", "sample", "patient", "nurse")
OUTBOUND = Outbound(
    address="https://bedside.hospital.example",
    mail_from="bedside@hospital.example",
    mail_domains=("hospital.example",),
    push_hosts=("127.0.0.1",),
    private_network=True,
)


def open_office(outbound: Outbound = OUTBOUND, **changed: str) -> PostOffice:
    """Open the office from which pages go out."""
    named = {name: getattr(outbound, name) for name in Outbound.__dataclass_fields__} | changed
    return PostOffice(
        outbound=Outbound(**named),
        sms_key=KEY,
        push_secret=find_master().secret(push_message.PUSH),
        at=NIGHT,
        random=secrets.token_bytes,
    )


def page_by(way: Way, address: str) -> Page:
    """Page the charge nurse, who turned on a way."""
    charge = hire(Role.CHARGE_NURSE, unit=UNIT)
    record_channel(begin(by=charge), stand(charge), way=way, address=address)
    return record_page(begin(), about=ABOUT, to_role="charge_nurse", reason="refused")


def do_round(office: PostOffice, seconds: Iterator[float] | None = None) -> Counter[str]:
    """Route and deliver once."""
    clock = (lambda: 0.0) if seconds is None else partial(next, seconds)
    act = partial(begin_at, SITE, NIGHT)
    route_pages(Site.objects.get(pk=SITE), act, at=NIGHT, find_unit=lambda _: UNIT)
    return deliver_pages(office, read_with(), act, seconds=clock)


def assert_says_nothing(text: str, page: Page) -> None:
    """Check that a message is two short lines and tells nothing."""
    plain = text.replace(str(page.pk), "")
    assert text.split() == (
        f"Bedside: please look / por favor mire {OUTBOUND.address}/notices/{page.pk}".split()
    )
    assert not any(word.lower() in plain.lower() for word in TELLING)


def test_a_mail_says_only_please_look(cast: Cast, settings: Settings) -> None:
    del cast
    with receive_mail() as (box, port):
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST = "127.0.0.1"
        settings.EMAIL_PORT = port
        page = page_by(Way.MAIL, "charge@hospital.example")
        page_by(Way.MAIL, "charge@elsewhere.example")

        counted = do_round(open_office())

    assert counted == {"delivered": 2, "failed": 2}  # each page goes to both, one may not be mailed
    assert {envelope.rcpt_tos[0] for envelope in box.got} == {"charge@hospital.example"}
    first = next(e for e in box.got if str(page.pk).encode() in e.content)
    head, _, body = first.content.decode().partition("\r\n\r\n")
    assert "Subject: Bedside: please look / por favor mire\r\n" in head
    assert_says_nothing(body, page)
    allowed = {"content-type", "mime-version", "content-transfer-encoding", "subject", "from"}
    allowed |= {"to", "date", "message-id", "auto-submitted", "x-peer", "x-mailfrom", "x-rcptto"}
    assert {line.partition(":")[0].lower() for line in head.split("\r\n")} <= allowed


def test_the_gateway_gets_please_look_signed_with_the_moment(cast: Cast) -> None:
    del cast
    with receive(202) as gateway:
        page = page_by(Way.SMS, "+19565550142")

        counted = do_round(open_office(sms_gateway=f"{gateway.address}/send"))

    (got,) = gateway.got
    said = json.loads(got.body)
    assert counted == {"delivered": 1}
    assert (got.path, said["to"], set(said)) == ("/send", "+19565550142", {"text", "to"})
    assert_says_nothing(said["text"], page)
    moment = int(NIGHT.timestamp())
    mac = hmac.new(KEY.encode(), f"{moment}.".encode() + got.body, "sha256").hexdigest()
    assert got.headers[SIGNATURE] == f"t={moment},v1={mac}"


def test_a_push_is_read_by_its_browser_alone_and_says_nothing(cast: Cast) -> None:
    del cast
    with receive() as service:
        browser = Browser(f"{service.address}/push/abc")
        page = page_by(Way.PUSH, browser.subscription())

        counted = do_round(open_office())

    (got,) = service.got
    assert counted == {"delivered": 1}
    assert json.loads(browser.read(got.body)) == {"link": f"/notices/{page.pk}"}
    assert str(page.pk).encode() not in got.body
    assert (got.headers["Content-Encoding"], got.headers["Urgency"]) == ("aes128gcm", "high")
    assert_is_signed(got.headers["Authorization"], service)


def assert_is_signed(authorization: str, service: Receiver) -> None:
    """Check the token as a push service does (RFC 8292)."""
    token, _, key = authorization.removeprefix("vapid t=").partition(", k=")
    said, _, signature = token.rpartition(".")
    point = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), _decode(key))
    raw = _decode(signature)
    der = encode_dss_signature(int.from_bytes(raw[:32]), int.from_bytes(raw[32:]))
    point.verify(der, said.encode(), ec.ECDSA(hashes.SHA256()))
    with pytest.raises(InvalidSignature):
        point.verify(der, f"{said}x".encode(), ec.ECDSA(hashes.SHA256()))
    claims = json.loads(_decode(said.partition(".")[2]))
    assert claims["aud"] == service.address
    assert claims["sub"] == "mailto:bedside@hospital.example"
    assert claims["exp"] <= int((NIGHT + timedelta(hours=24)).timestamp())


def test_the_encryption_is_the_one_of_the_standards_example() -> None:
    """RFC 8291, section 5, with the keys and the salt of its appendix A."""
    point = (
        "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4"
    )
    once = ec.derive_private_key(
        int.from_bytes(_decode("yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw")), ec.SECP256R1()
    )
    to = push_message.Subscription(
        endpoint="", point=_decode(point), auth=_decode("BTBZMqHH6r4Tts7J_aSIgg")
    )
    theirs = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), to.point)

    body = push_message.encrypt_with(
        b"When I grow up, I want to be a watermelon\x02",
        to,
        secret=once.exchange(ec.ECDH(), theirs),
        ours=_decode(push_message.say_public(once)),
        salt=_decode("DGv6ra1nlYgDCS1FRnbzlw"),
    )

    assert body == _decode(
        "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS"
        "6TlzAC8wEqKK6PBru3jl7A_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qu"
        "lcy4a-fN"
    )


@pytest.mark.parametrize(
    ("status", "failure"),
    [(410, Failure.GONE), (404, Failure.GONE), (302, Failure.REFUSED), (500, Failure.REFUSED)],
)
def test_what_a_service_answers_is_kept_and_no_redirect_is_followed(
    cast: Cast, status: int, failure: Failure
) -> None:
    del cast
    with receive(status) as service:
        page_by(Way.PUSH, Browser(f"{service.address}/push").subscription())

        do_round(open_office())

    assert Delivery.objects.get().why == failure
    assert len(service.got) == 1


@pytest.mark.parametrize(
    "to",
    [
        "http://bedside.example/",  # plain http to the world
        "https://127.0.0.1/",
        "https://localhost/",
        "https://10.0.0.7/",
        "https://192.168.1.1/",
        "https://169.254.169.254/latest/meta-data",
        "https://[::1]/",
        "https://[::ffff:10.0.0.7]/",
        "https://[fe80::1]/",
        "https://0.0.0.0/",
        "https://100.64.0.1/",
        "https://2130706433/",  # 127.0.0.1 as one number
        "https://0x7f.1/",
        "https://user:secret@8.8.8.8/",
        "ftp://8.8.8.8/",
        "file:///etc/passwd",
        "https://8.8.8.8:notaport/",
        "//8.8.8.8/",
        "",
    ],
)
def test_nothing_leaves_for_a_private_address_or_in_the_clear(to: str) -> None:
    with pytest.raises(NotAllowed):
        send(Post(to=to, body=b""))


@pytest.mark.parametrize("to", ["http://8.8.8.8/", "https://169.254.169.254/", "http://0.0.0.0/"])
def test_a_gateway_inside_the_house_opens_no_other_door(to: str) -> None:
    with pytest.raises(NotAllowed):
        send(Post(to=to, body=b"", private_network=True))


def test_a_name_with_one_private_address_leads_nowhere(monkeypatch: pytest.MonkeyPatch) -> None:
    answers = [(2, 1, 6, "", ("8.8.8.8", 443)), (2, 1, 6, "", ("10.0.0.7", 443))]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: answers)

    with pytest.raises(NotAllowed):
        send(Post(to="https://gateway.example/", body=b""))


@pytest.mark.parametrize(
    ("endpoint", "is_named"),
    [
        ("https://push.example/x", True),
        ("https://eu.push.example/x", True),
        ("https://push.example.evil.example/x", False),
        ("https://evilpush.example/x", False),
        ("https://[bad/x", False),
        ("", False),
    ],
)
def test_only_push_services_that_the_hospital_named(endpoint: str, is_named: bool) -> None:  # noqa: FBT001 - what is expected
    assert is_push_host(endpoint, Outbound(push_hosts=("push.example",))) is is_named


@pytest.mark.parametrize("said", [b"", b"220 mail.example ESMTP\r\n", b"HTTP/1.1 2"])
def test_whoever_answers_slowly_or_as_something_else_holds_no_round(
    said: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(outward, "SECONDS", 0.2)
    with socket.create_server(("127.0.0.1", 0)) as server:
        held: list[socket.socket] = []

        def answer() -> None:
            taken, _ = server.accept()
            held.append(taken)
            taken.sendall(said)

        thread = threading.Thread(target=answer)
        thread.start()
        to = f"http://127.0.0.1:{server.getsockname()[1]}/"

        with pytest.raises(Unreachable):
            send(Post(to=to, body=b"{}", private_network=True))

        thread.join()
        held[0].close()


def test_a_round_ends_in_time_and_leaves_a_dead_way_alone(cast: Cast) -> None:
    del cast
    nobody = Browser("http://127.0.0.1:9/push")
    for _ in range(2):
        page_by(Way.PUSH, nobody.subscription())

    late = do_round(open_office(), iter([0.0, 31.0]))
    first = do_round(open_office())

    assert late == {}
    assert first["failed"] == 2  # of four: after two silences the rest waits for the next round
    assert Delivery.objects.filter(tries=0).count() == 2


def test_a_gateway_with_a_certificate_of_the_house_is_believed_and_another_is_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    certificate = make_certificate(tmp_path)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    with socket.create_server(("127.0.0.1", 0)) as plain:
        port = plain.getsockname()[1]
        thread = threading.Thread(target=_answer_twice, args=(plain, context))
        thread.start()
        post = Post(to=f"https://127.0.0.1:{port}/", body=b"{}", private_network=True)

        with pytest.raises(Unreachable):
            send(post)
        monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
        assert send(post) == 204

        thread.join()


def _answer_twice(plain: socket.socket, context: ssl.SSLContext) -> None:
    for _ in range(2):
        taken, _ = plain.accept()
        try:
            with context.wrap_socket(taken, server_side=True) as secure:
                secure.recv(4096)
                secure.sendall(b"HTTP/1.1 204 No Content\r\n\r\n")
        except OSError:
            continue


def make_certificate(folder: Path) -> Path:
    """Make a certificate for this machine that nobody else vouches for."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    from ipaddress import ip_address

    here = x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(here, critical=False)
        .sign(key, hashes.SHA256())
    )
    file = folder / "gateway.pem"
    file.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
        + made.public_bytes(serialization.Encoding.PEM)
    )
    return file


def _decode(text: str) -> bytes:
    return urlsafe_b64decode(text + "=" * (-len(text) % 4))
