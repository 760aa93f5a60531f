"""Sign every Spanish sentence for patients, as a translator's signature in the data does."""

from pathlib import Path

import pytest

from bedside.doors.web.patient import cards, of_stay
from bedside.doors.web.patient.texts import FILE, load_texts, sign


def sign_every_text(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Write a signed copy of the texts, and let the pages read that one."""
    lines = []
    for line in FILE.read_text(encoding="utf-8").splitlines():
        before, found, after = line.partition('es: "')
        digest = sign(after.partition('"')[0])
        after = after.replace("reviewed_by: null", "reviewed_by: translator-7")
        lines.append(
            before + found + after.replace("reviewed_of: null", f"reviewed_of: '{digest}'")
        )
    file = folder / "texts.yaml"
    file.write_text("\n".join(lines), encoding="utf-8")
    for module in (cards, of_stay):
        monkeypatch.setattr(module, "load_texts", lambda: load_texts(file))
    return file
