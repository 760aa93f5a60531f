"""A notice to a browser: encrypted for it alone (RFC 8291), signed as from us (RFC 8292).

The push service in between learns neither the words nor the link; it learns that a notice was sent.
"""

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from urllib.parse import urlsplit

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from bedside.trust.sealing.secret import Random

PUSH: Final = "web push"  # the purpose under which the key is derived
CURVE: Final = ec.SECP256R1()
ORDER: Final = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
RECORD: Final = 4096
PADDED: Final = 256  # every notice is of one length, so that its length says nothing
KEY, NONCE, SALT, AUTH, POINT = 16, 12, 16, 16, 65
TTL: Final = 600  # seconds for which a push service keeps it for a device that sleeps
GOOD_FOR: Final = timedelta(hours=12)
END: Final = b"\x02"  # the delimiter of the last record


@dataclass(frozen=True, slots=True, kw_only=True)
class Subscription:
    """What a browser gave: where notices for it go, and its keys."""

    endpoint: str
    point: bytes
    auth: bytes


class NotASubscription(ValueError):  # noqa: N818 - says so
    """What a page sent is no subscription of a browser."""


def read_subscription(sent: str) -> Subscription:
    """Read a subscription as a browser writes it, or refuse."""
    try:
        said = json.loads(sent)
        subscription = Subscription(
            endpoint=str(said["endpoint"]),
            point=_decode(said["keys"]["p256dh"]),
            auth=_decode(said["keys"]["auth"]),
        )
        ec.EllipticCurvePublicKey.from_encoded_point(CURVE, subscription.point)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise NotASubscription from error
    if len(subscription.auth) != AUTH or len(subscription.point) != POINT:
        raise NotASubscription
    return subscription


def find_sender(secret: bytes) -> ec.EllipticCurvePrivateKey:
    """Derive the key by which push services know this Bedside, always the same."""
    return ec.derive_private_key(int.from_bytes(secret) % (ORDER - 1) + 1, CURVE)


def say_public(sender: ec.EllipticCurvePrivateKey) -> str:
    """Write the public half as a browser wants it when it subscribes."""
    return _encode(_point(sender.public_key()))


def encrypt(plain: bytes, to: Subscription, *, random: Random) -> bytes:
    """Encrypt a notice for one browser."""
    once = ec.derive_private_key(int.from_bytes(random(40)) % (ORDER - 1) + 1, CURVE)
    theirs = ec.EllipticCurvePublicKey.from_encoded_point(CURVE, to.point)
    ours = _point(once.public_key())
    return encrypt_with(
        plain, to, secret=once.exchange(ec.ECDH(), theirs), ours=ours, salt=random(SALT)
    )


def encrypt_with(
    plain: bytes, to: Subscription, *, secret: bytes, ours: bytes, salt: bytes
) -> bytes:
    """Encrypt with what was drawn: RFC 8291 section 3.4, one record of RFC 8188."""
    info = b"WebPush: info\x00" + to.point + ours
    material = _derive(secret, salt=to.auth, info=info, length=32)
    key = _derive(material, salt=salt, info=b"Content-Encoding: aes128gcm\x00", length=KEY)
    nonce = _derive(material, salt=salt, info=b"Content-Encoding: nonce\x00", length=NONCE)
    sealed = AESGCM(key).encrypt(nonce, plain, None)
    return salt + RECORD.to_bytes(4) + len(ours).to_bytes(1) + ours + sealed


def pad(plain: bytes) -> bytes:
    """Close a record and make it as long as every other."""
    return (plain + END).ljust(PADDED, b"\x00")


def sign(
    sender: ec.EllipticCurvePrivateKey, endpoint: str, *, contact: str, at: datetime
) -> dict[str, str]:
    """Write the headers by which a push service knows who sends."""
    parts = urlsplit(endpoint)
    claims = {
        "aud": f"{parts.scheme}://{parts.netloc}",
        "exp": int((at + GOOD_FOR).timestamp()),
        "sub": contact,
    }
    head = _encode(json.dumps({"typ": "JWT", "alg": "ES256"}).encode())
    said = f"{head}.{_encode(json.dumps(claims).encode())}"
    r, s = decode_dss_signature(sender.sign(said.encode(), ec.ECDSA(SHA256())))
    signed = f"{said}.{_encode(r.to_bytes(32) + s.to_bytes(32))}"
    return {
        "Authorization": f"vapid t={signed}, k={say_public(sender)}",
        "Content-Encoding": "aes128gcm",
        "Content-Type": "application/octet-stream",
        "TTL": str(TTL),
        "Urgency": "high",
    }


def _derive(secret: bytes, *, salt: bytes, info: bytes, length: int) -> bytes:
    return HKDF(algorithm=SHA256(), length=length, salt=salt, info=info).derive(secret)


def _point(key: ec.EllipticCurvePublicKey) -> bytes:
    return key.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)


def _encode(plain: bytes) -> str:
    return urlsafe_b64encode(plain).rstrip(b"=").decode()


def _decode(text: str) -> bytes:
    return urlsafe_b64decode(text + "=" * (-len(text) % 4))
