"""A bundle: everything that an outside lawyer needs to check records offline, in one file.

The layout is BagIt's, the description RO-Crate's. The ledger itself records the export: the last
leaf commits to the list of files, so that a bundle whose lists were rewritten is found out.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import ClassVar

from bedside.trust.ledger import verifier
from bedside.trust.ledger.bundle_texts import draft_certification, write_readme
from bedside.trust.ledger.canonical import write_canonical
from bedside.trust.ledger.leaf import Salt, read_leaf
from bedside.trust.ledger.refusal import Refusal

BAGIT = b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
CRATE = "https://w3id.org/ro/crate/1.1"
EXTENSIONS = frozenset({"json", "pdf", "txt", "png", "jpg", "html", "bin"})
MEDIA = {
    "json": "application/json",
    "pdf": "application/pdf",
    "md": "text/markdown",
    "py": "text/x-python",
    "png": "image/png",
    "jpg": "image/jpeg",
    "html": "text/html",
}


class BundleUnwritable(Refusal):
    """Something that cannot go into a bundle."""

    code: ClassVar[str] = "bundle.unwritable"
    en: ClassVar[str] = (
        "`{what}` cannot go into a bundle: names are ASCII, content has a known kind"
    )
    es: ClassVar[str] = (
        "`{what}` no puede ir en un paquete: nombres ASCII, contenido de tipo conocido"
    )


class WrongContent(Refusal):
    """Content that is not what its leaf commits to."""

    code: ClassVar[str] = "bundle.wrong-content"
    en: ClassVar[str] = (
        "the content of record {index} is not what was recorded; nothing is exported"
    )
    es: ClassVar[str] = "el contenido del registro {index} no es el registrado; no se exporta nada"


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """Content and the salt that shows it to be what a leaf commits to."""

    content: bytes
    salt: Salt
    extension: str = "json"


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """A leaf with its proof; without content if that was deleted or is not for these readers."""

    leaf: bytes
    proof: str
    opened: Opened | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class BundlePlan:
    """What goes into a bundle."""

    name: str
    site: str
    made_on: date
    policy: str
    records: Sequence[Record]
    editions: Mapping[str, bytes] = field(default_factory=dict)  # rulebook digest to its file


def write_bundle(plan: BundlePlan, record_export: Callable[[bytes], Record]) -> bytes:
    """Write a bundle; `record_export` puts the list of its files into the ledger and proves it."""
    files = _write_payload(plan)
    sizes = sum(map(len, files.values()))
    tags = {
        "bagit.txt": BAGIT,
        "bag-info.txt": (
            f"Bag-Software-Agent: Bedside\nBagging-Date: {plan.made_on.isoformat()}\n"
            f"Payload-Oxum: {sizes}.{len(files)}\nSource-Organization: {plan.site}\n"
        ).encode(),
        "manifest-sha256.txt": _list(files),
    }
    content = _list(tags)
    export = record_export(content)
    tags |= _write_record("export", export, content)
    tags["tagmanifest-sha256.txt"] = _list(tags)
    return verifier.pack(files | tags, plan.name)


def _write_payload(plan: BundlePlan) -> dict[str, bytes]:
    files = {
        "data/README.md": write_readme("en", plan.site, len(plan.records)).encode(),
        "data/LEEME.md": write_readme("es", plan.site, len(plan.records)).encode(),
        "data/certification-draft.md": draft_certification(plan.site).encode(),
        "data/policy.txt": plan.policy.encode(),
        "data/verifier.py": Path(verifier.__file__).read_bytes(),
    }
    for digest, edition in plan.editions.items():
        if sha256(edition).hexdigest() != digest:
            raise BundleUnwritable(what=f"rulebook {digest}")
        files[f"data/rulebook/{digest}.json"] = edition
    width = max(4, len(str(len(plan.records))))
    for number, record in enumerate(plan.records, start=1):
        files |= _write_record(f"data/records/{number:0{width}}", record, None)
    files["data/ro-crate-metadata.json"] = _describe(plan, files)
    for name in (f"{plan.name}/x", *files):
        if not verifier.NAME.fullmatch(name):
            raise BundleUnwritable(what=name)
    return files


def _write_record(folder: str, record: Record, expected: bytes | None) -> dict[str, bytes]:
    stored, opened = read_leaf(record.leaf), record.opened
    files = {
        f"{folder}/leaf.json": record.leaf,
        f"{folder}/proof.tlog-proof": record.proof.encode(),
    }
    if opened is None:
        return files
    wrong = expected is not None and opened.content != expected
    if wrong or not stored.commits_to(opened.content, opened.salt):
        raise WrongContent(index=folder.rpartition("/")[2])
    if opened.extension not in EXTENSIONS:
        raise BundleUnwritable(what=opened.extension)
    files[f"{folder}/content.{opened.extension}"] = opened.content
    files[f"{folder}/salt.txt"] = opened.salt.secret.hex().encode() + b"\n"
    return files


def _list(files: Mapping[str, bytes]) -> bytes:
    lines = (f"{sha256(files[name]).hexdigest()}  {name}\n" for name in sorted(files))
    return "".join(lines).encode()


def _describe(plan: BundlePlan, files: Mapping[str, bytes]) -> bytes:
    names = [name.removeprefix("data/") for name in sorted(files)]
    root = {
        "@id": "./",
        "@type": "Dataset",
        "datePublished": plan.made_on.isoformat(),
        "description": "Records of a hospital with proofs that they were not changed.",
        "hasPart": [{"@id": name} for name in names],
        "license": "Confidential. Use as the law and the order that asked for it allow.",
        "name": f"Bedside bundle {plan.name}",
        "publisher": plan.site,
    }
    about = {
        "@id": "ro-crate-metadata.json",
        "@type": "CreativeWork",
        "about": {"@id": "./"},
        "conformsTo": {"@id": CRATE},
    }
    parts = [
        {
            "@id": name,
            "@type": "File",
            "contentSize": str(len(files[f"data/{name}"])),
            "encodingFormat": MEDIA.get(name.rpartition(".")[2], "text/plain"),
            "sha256": sha256(files[f"data/{name}"]).hexdigest(),
        }
        for name in names
    ]
    return write_canonical({"@context": f"{CRATE}/context", "@graph": [about, root, *parts]})
