"""Local receivers for what Bedside sends: a mail server, a gateway, a browser's push service."""

import json
import socket
import threading
from base64 import urlsafe_b64encode
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import http_ece  # type: ignore[import-untyped]  # it has none
from aiosmtpd.controller import Controller
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from typing_extensions import override

AUTH = b"sixteen bytes or"


@dataclass(frozen=True, slots=True, kw_only=True)
class Received:
    """One request as it came."""

    path: str
    headers: Mapping[str, str]
    body: bytes


@dataclass(slots=True, kw_only=True)
class Receiver:
    """A server that keeps what it is sent, and answers as it is told."""

    port: int = 0
    status: int = 201
    got: list[Received] = field(default_factory=list)

    @property
    def address(self) -> str:
        """Where it is."""
        return f"http://127.0.0.1:{self.port}"


@contextmanager
def receive(status: int = 201) -> Iterator[Receiver]:
    """Listen on a free port."""
    receiver = Receiver(status=status)

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            received = Received(path=self.path, headers=dict(self.headers), body=body)
            receiver.got.append(received)
            self.send_response(receiver.status)
            self.send_header("Location", "http://127.0.0.1:9/elsewhere")
            self.end_headers()

        @override
        def log_message(self, *said: object) -> None:
            """Stay silent."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        receiver.port = server.server_address[1]
        thread = threading.Thread(target=server.serve_forever, args=(0.02,))
        thread.start()
        try:
            yield receiver
        finally:
            server.shutdown()
            thread.join()


class Postbox:
    """What a mail server keeps."""

    def __init__(self) -> None:
        self.got: list[Any] = []
        self.answer = "250 OK"

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:  # noqa: ANN401, N802 - aiosmtpd's own
        """Keep a message."""
        self.got.append(envelope)
        return self.answer


@contextmanager
def receive_mail(**wants: Any) -> Iterator[tuple[Postbox, int]]:  # noqa: ANN401 - aiosmtpd's own
    """Run a mail server on a free port, as open as it is told to be."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    box = Postbox()
    controller = Controller(box, hostname="127.0.0.1", port=port, **wants)
    controller.start()
    try:
        yield box, port
    finally:
        controller.stop()


class Browser:
    """A browser that subscribed: it alone can read what is pushed to it."""

    def __init__(self, endpoint: str) -> None:
        self.endpoint, self.key = endpoint, ec.generate_private_key(ec.SECP256R1())

    def subscription(self) -> str:
        """Write the subscription as a browser does."""
        point = self.key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
        keys = {"auth": _encode(AUTH), "p256dh": _encode(point)}
        return json.dumps({"endpoint": self.endpoint, "expirationTime": None, "keys": keys})

    def read(self, body: bytes) -> bytes:
        """Decrypt with another implementation than ours."""
        plain: bytes = http_ece.decrypt(
            body, private_key=self.key, auth_secret=AUTH, version="aes128gcm"
        )
        return plain


def _encode(plain: bytes) -> str:
    return urlsafe_b64encode(plain).rstrip(b"=").decode()
