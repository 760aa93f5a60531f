"""Sign one letter with a key that a software token makes and keeps: `sign_in_token.py FOLDER`.

It runs alone, since a token's library reads once in a process where its tokens lie.
"""

import json
import sys
from datetime import timedelta
from pathlib import Path
from secrets import token_bytes

import pkcs11
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePublicKey
from paper_cast import NIGHT, lay_out, print_sheet
from paper_keys import authority, hospital_trust, issue, stamp_server
from pkcs11 import Attribute, KeyType
from pkcs11.util.ec import encode_ec_public_key, encode_named_curve_parameters

from bedside.record.letters.keys import STAMPS_FILE, TOKEN_FILE, KeyPlace, find_trust
from bedside.record.letters.paper.certificate import Certificate
from bedside.record.letters.paper.press import open_press
from bedside.record.letters.paper.sign import sign_letter
from bedside.record.letters.paper.signer import read_certificate
from bedside.record.letters.paper.token_signer import (
    SigningTokenUnavailable,
    TokenPlace,
    open_token_signer,
)
from bedside.record.letters.paper.verify import verify_letter
from bedside.record.letters.printing import print_and_sign
from bedside.rules.attestation.clause import Reader

PIN = "3141"


def main(folder: Path, library: Path) -> None:
    """Make a key in the token, sign with it, check the letter, and try what must not work."""
    place = TokenPlace(library=library, token="letters", key="letters-1")  # noqa: S106 - a label
    certificate = _make_key(place, folder)
    with open_token_signer(place, pin=PIN, certificate=certificate) as signer:
        letter = sign_letter(print_sheet(), signer, at=NIGHT)
    print(verify_letter(letter, hospital_trust(folder), at=NIGHT).state)  # noqa: T201 - the answer
    for wrong in ({"pin": "0000"}, {"key": "no-such-key"}):
        elsewhere = TokenPlace(
            library=library,
            token="letters",  # noqa: S106 - a label
            key=wrong.get("key", place.key),
        )
        try:
            with open_token_signer(
                elsewhere, pin=wrong.get("pin", PIN), certificate=certificate
            ) as signer:
                sign_letter(print_sheet(), signer, at=NIGHT)
        except SigningTokenUnavailable as refusal:
            print(refusal.say("es"))  # noqa: T201 - the answer
    print(*_sign_as_the_house(place, folder))  # noqa: T201 - the answer


def _sign_as_the_house(place: TokenPlace, folder: Path) -> tuple[object, ...]:
    """Sign as a house does whose folder names a token and a stamp server."""
    house = KeyPlace(folder=folder, site="sample", name="Sample hospital")
    root = authority()[0].public_bytes(serialization.Encoding.PEM)
    for name in ("root.pem", "letters-stamps.pem"):
        (folder / name).write_bytes(root)
    (folder / "pin").write_text(PIN + "\n")
    named = {"library": str(place.library), "token": place.token, "key": place.key}
    named |= {"pin_file": str(folder / "pin"), "certificate": str(folder / "token.pem")}
    said = named | {"roots": [str(folder / "root.pem")]}
    lines = (f"{name} = {json.dumps(value)}\n" for name, value in said.items())
    (folder / TOKEN_FILE).write_text("".join(lines))
    with stamp_server() as address:
        (folder / STAMPS_FILE).write_text(address + "\n")
        (printed,) = print_and_sign(
            {Reader.CUSTODY: lay_out()}, open_press(), house, at=NIGHT, random=token_bytes
        )
    verdict = verify_letter(printed.pdf, find_trust(house), at=NIGHT + timedelta(hours=1))
    return verdict.state, verdict.stamped_at == NIGHT + timedelta(minutes=1), house.own.exists()


def _make_key(place: TokenPlace, folder: Path) -> Certificate:
    token = pkcs11.lib(str(place.library)).get_token(token_label=place.token)
    with token.open(user_pin=PIN, rw=True) as session:
        curve = session.create_domain_parameters(
            KeyType.EC,
            {Attribute.EC_PARAMS: encode_named_curve_parameters("secp256r1")},
            local=True,
        )
        public, _ = curve.generate_keypair(store=True, label=place.key)
        half = serialization.load_der_public_key(encode_ec_public_key(public))
        assert isinstance(half, EllipticCurvePublicKey)
    root, root_key = authority()
    own = issue("Sample hospital token", half, (root.subject, root_key))
    file = folder / "token.pem"
    file.write_bytes(own.public_bytes(serialization.Encoding.PEM))
    return read_certificate(file)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
