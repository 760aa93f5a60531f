"""Checks a bundle of Bedside records, offline. Needs Python 3.11 and the package `cryptography`.

python verifier.py BUNDLE.zip --policy POLICY.txt [--es]    (exit 0 proven, 1 not, 3 unreadable)
"""

import argparse
import base64
import hmac
import io
import json
import re
import sys
import time
import zipfile
from functools import lru_cache
from hashlib import sha256
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

MOST_BYTES, TOLERANCE = 256 * 1024 * 1024, 600  # seconds clocks may differ
KEYS, PROOF = {"log": 1, "witness": 4}, "c2sp.org/tlog-proof@v1\n"
NAME = re.compile(r"[A-Za-z0-9_-]+(\.[A-Za-z0-9_-]+)*(/[A-Za-z0-9_-]+(\.[A-Za-z0-9_-]+)*)+")
MANIFEST, TAGS, EXPORTED = "manifest-sha256.txt", "tagmanifest-sha256.txt", "export/content.txt"
Found = tuple[str, str, str]  # which record, a key of WHY, facts
Groups = dict[str, tuple[int, tuple[str | bytes, ...]]]
Policy = tuple[dict[tuple[str, bytes], bytes], Groups, str]
WHY = {
    "damaged": ("the archive is cut, damaged or too large", "archivo cortado, dañado o enorme"),
    "name": ("a file has a forbidden name", "un archivo tiene un nombre prohibido"),
    "changed": ("a file or the archive was changed", "se cambió un archivo o el paquete mismo"),
    "policy": ("the policy is unreadable or another one", "la política es ilegible o es otra"),
    "algorithm": ("unknown algorithm or version", "algoritmo o versión desconocidos"),
    "form": ("its leaf or proof is malformed", "su hoja o su prueba está mal formada"),
    "place": ("it is not in the signed ledger", "no está en el libro firmado"),
    "content": ("its content is not what was recorded", "su contenido no es el registrado"),
    "signature": ("a signature is false", "una firma es falsa"),
    "key": ("no trusted key of its ledger signed", "no firmó ninguna clave de confianza del libro"),
    "quorum": ("too few trusted witnesses signed", "firmaron muy pocos testigos de confianza"),
    "future": ("it is dated in the future", "lleva una fecha futura"),
    "export": ("this list was not exported by the ledger", "el libro no exportó esta lista"),
    "good": ("proven", "probado"),
    "hidden": ("proven, content not enclosed", "probado, sin contenido adjunto"),
    "all": ("RESULT: everything is proven.", "RESULTADO: todo está probado."),
    "not": ("RESULT: NOT everything is proven.", "RESULTADO: NO todo está probado."),
    "own": ("the keys came with the bundle: its maker chose them", "las claves vinieron con él"),
    "yes": (
        "Proven: it stood there in the ledger when that was signed; no byte changed since.",
        "Probado: estaba ahí en el libro cuando se firmó; ni un byte ha cambiado desde entonces.",
    ),
    "no": (
        "Not proven: that it is true, who the person was, the minute, that nothing else exists.",
        "No se prueba: que sea verdad, quién era la persona, el minuto, ni que no exista nada más.",
    ),
}


class Refused(Exception):  # noqa: N818 - an answer for people
    """Something that is not proven: a key of WHY, and where."""


def need(truth: object, code: str, where: str) -> None:
    """Raise unless it is so."""
    if not truth:
        raise Refused(code, where)


def conclude(found: list[Found], language: str) -> tuple[str, bool]:
    """Say in `en` or `es` what was found and what that means, and whether all is proven."""
    proven = all(code in {"good", "hidden"} for _, code, _ in found)
    lines = [f"{name}: {WHY[code][language == 'es']} ({facts})" for name, code, facts in found]
    lines += [WHY[code][language == "es"] for code in ("all" if proven else "not", "yes", "no")]
    return "\n".join(lines), proven


def check_bundle(archive: bytes, now: int, policy: bytes = b"", mark: str = "") -> list[Found]:
    """Check a bundle by a policy, or by the enclosed one if it has the given fingerprint."""
    found, own, stage = [], not (policy or mark), "damaged"
    try:
        files, top = unpack(archive)
        stage, policy = "policy", policy or files.get("data/policy.txt", b"")
        fingerprint = sha256(policy).hexdigest()
        found = [("policy", "own" if own else "good", f"sha256 {fingerprint}")]
        need(mark.lower() in {"", fingerprint}, "policy", "data/policy.txt")
        read_policy(policy)
        check_lists(files)
        folders: dict[str, dict[str, bytes]] = {"export": {}}
        for name in sorted(one for one in files if one.startswith(("data/records/", "export/"))):
            folders.setdefault(name.rpartition("/")[0], {})[name.rpartition("/")[2]] = files[name]
        found += [check_record(folder, inside, policy, now) for folder, inside in folders.items()]
        need(archive == pack(files, top), "changed", top)
    except Exception as error:  # noqa: BLE001 - whatever goes wrong, it is not proven
        refused = error.args if isinstance(error, Refused) else (stage, type(error).__name__)
        found = [*found, ("bundle", refused[0], refused[1])]
    return found


def unpack(archive: bytes) -> tuple[dict[str, bytes], str]:
    """Read the files of a ZIP archive into memory; nothing is written to the disk."""
    files: dict[str, bytes] = {}
    with zipfile.ZipFile(io.BytesIO(archive)) as opened:
        top, sizes = opened.namelist()[0].split("/")[0], [one.file_size for one in opened.filelist]
        need(sum(sizes) <= MOST_BYTES, "damaged", f"> {MOST_BYTES} bytes")
        for one in opened.filelist:
            folder, _, name = one.filename.partition("/")
            plain = one.external_attr >> 28 in {0, 8} and NAME.fullmatch(one.filename)
            need(plain and folder == top and name not in files, "name", ascii(one.filename))
            files[name] = opened.read(one)
    return files, top


def pack(files: dict[str, bytes], top: str) -> bytes:
    """Write files into the only archive that these names and contents can have."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name in sorted(files):
            info = zipfile.ZipInfo(f"{top}/{name}", (1980, 1, 1, 0, 0, 0))
            info.create_system, info.external_attr = 3, 0o100644 << 16
            archive.writestr(info, files[name])
    return out.getvalue()


def check_lists(files: dict[str, bytes]) -> None:
    """Compare every file with BagIt's two lists, and the list with the one that was exported."""
    lists: dict[str, list[str]] = {MANIFEST: [], EXPORTED: [], TAGS: []}
    for name in sorted(files.keys() - {TAGS}):
        line = f"{sha256(files[name]).hexdigest()}  {name}\n"
        lists[MANIFEST if name.startswith("data/") else TAGS].append(line)
        lists[EXPORTED] += [line] * ("/" not in name)
    for listing, lines in lists.items():
        listed = files.get(listing, b"").decode("ascii", "replace").splitlines(keepends=True)
        wrong = sorted({*listed} ^ {*lines}, key=lambda line: line[66:])
        need(listed == lines, "changed", ascii("".join(wrong[:1])[66:].strip() or listing)[1:-1])


def check_record(folder: str, inside: dict[str, bytes], policy: bytes, now: int) -> Found:
    """Check one record: its leaf, its place, who signed, its content."""
    name, facts, salt = folder.removeprefix("data/records/"), folder, b""
    try:
        leaf, proof = inside["leaf.json"], inside["proof.tlog-proof"].decode()
        fields, (place, _, note) = json.loads(leaf), proof.partition("\n\n")
        need(fields["v"] == 1 and place.startswith(f"{PROOF}index "), "algorithm", folder)
        _, index, *path = place.split("\n")
        origin, size, root = check_note(note, policy, now)
        check_place(sha256(b"\0" + leaf).digest(), (int(index[6:]), size), path, root)
        at = time.strftime("%Y-%m-%d %H h UTC", time.gmtime(fields["hour"] * 3600))
        facts = f"{origin} {index} / {size}, {fields['kind']} {at}"
        need(fields["hour"] * 3600 <= now + TOLERANCE, "future", facts)
        salt = bytes.fromhex(inside.get("salt.txt", b"").decode())
        contents = [data for one, data in inside.items() if one.startswith("content.")]
        digests = [hmac.digest(salt, content, "sha256").hex() for content in contents]
        need(digests == [fields["commitment"]] * bool(salt), "content", facts)
        need(len(inside) == 2 + 2 * bool(salt), "content", facts)
        need(name != "export" or (salt and fields["kind"] == "exported"), "export", facts)
    except Exception as error:  # noqa: BLE001 - whatever goes wrong, it is not proven
        code = "signature" if isinstance(error, InvalidSignature) else "form"
        return (name, *error.args) if isinstance(error, Refused) else (name, code, facts)
    return name, "good" if salt else "hidden", facts


def check_place(reached: bytes, at: tuple[int, int], path: list[str], root: bytes) -> None:
    """Climb from a leaf hash to the root, as RFC 9162 section 2.1.3.2."""
    node, last = at[0], at[1] - 1
    need(0 <= node <= last and len(path) <= last.bit_length(), "place", f"{at[0]} / {at[1]}")
    for sibling in [base64.b64decode(one, validate=True) for one in path]:
        if node % 2 or node == last:
            reached = sha256(b"\1" + sibling + reached).digest()
            while node and not node % 2:
                node, last = node // 2, last // 2
        else:
            reached = sha256(b"\1" + reached + sibling).digest()
        node, last = node // 2, last // 2
    need(last == 0 and reached == root, "place", f"{at[0]} / {at[1]}")


@lru_cache
def check_note(note: str, policy: bytes, now: int) -> tuple[str, int, bytes]:
    """Check who signed a checkpoint; return the origin, size and root that they signed."""
    (keys, groups, quorum), (text, _, lines) = read_policy(policy), note.rpartition("\n\n")
    origin, size, root = text.split("\n")
    signed: set[str | bytes] = set()
    for line in lines.splitlines():
        _, name, encoded = line.split(" ")
        raw = base64.b64decode(encoded, validate=True)
        key, message, signature = keys.get((name, raw[:4])), f"{text}\n".encode(), raw[4:]
        if key and key[0] == KEYS["witness"]:
            at, signature = int.from_bytes(raw[4:12], "big"), raw[12:]
            message = b"cosignature/v1\ntime %d\n" % at + message
            need(at <= now + TOLERANCE, "future", name)
        if key:
            Ed25519PublicKey.from_public_bytes(key[1:]).verify(signature, message)
            signed.add(key if key[0] == KEYS["witness"] else name)
    need(origin in signed, "key", ascii(origin))
    need(is_quorum(groups, quorum, signed), "quorum", origin)
    return origin, int(size), base64.b64decode(root, validate=True)


@lru_cache
def read_policy(text: bytes) -> Policy:
    """Read a C2SP tlog-policy: which logs and witnesses to trust, and how many must sign."""
    keys, quorum = dict[tuple[str, bytes], bytes](), ""
    groups: Groups = {"none": (0, ())}
    for word, *rest in filter(None, (line.split() for line in text.decode().splitlines())):
        if word == "quorum":
            quorum = rest[0]
        elif word == "group":
            count = {"any": 1, "all": len(rest) - 2}.get(rest[1]) or int(rest[1])
            groups[rest[0]] = (max(1, count), tuple(rest[2:]))
        elif word in KEYS:
            name, stated, encoded = rest[word == "witness"].split("+", 2)
            key = base64.b64decode(encoded, validate=True)
            key_id = sha256(f"{name}\n".encode() + key).digest()[:4]
            need(key[0] == KEYS[word] and key_id.hex() == stated, "algorithm", name)
            keys[name, key_id] = key
            groups[rest[0]] = (1, (key,))
    is_quorum(groups, quorum, set())  # raises if it names what was not defined
    return keys, groups, quorum


def is_quorum(groups: Groups, name: str | bytes, signed: set[str | bytes]) -> bool:
    """Tell whether the witnesses that signed are enough."""
    if isinstance(name, bytes):
        return name in signed
    return sum([is_quorum(groups, one, signed) for one in groups[name][1]]) >= groups[name][0]


def main() -> int:
    """Check the bundle named on the command line."""
    parser = argparse.ArgumentParser(description="Check a Bedside bundle, offline.")
    parser.add_argument("bundle", type=Path)
    parser.add_argument("--policy", type=Path, help="the keys you trust, not from the bundle")
    parser.add_argument("--fingerprint", default="", help="or the SHA-256 of the enclosed one")
    parser.add_argument("--es", action="store_true", help="en español")
    given = parser.parse_args()
    try:
        policy = given.policy.read_bytes() if given.policy else b""
        with given.bundle.open("rb") as file:
            archive = file.read(MOST_BYTES + 1)  # one that is larger still is cut, and so refused
    except OSError as error:
        sys.stderr.write(f"{error.filename}: {error.strerror}\n")
        return 3
    found = check_bundle(archive, int(time.time()), policy, given.fingerprint)
    text, proven = conclude(found, "es" if given.es else "en")
    sys.stdout.write(text + "\n")
    return 0 if proven else 1


if __name__ == "__main__":
    sys.exit(main())
