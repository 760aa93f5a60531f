"""Two versions of one sentence in force at once are refused when a folder is loaded."""

from pathlib import Path

from bedside.rules.rulebook.load import check_norms
from bedside.rules.vocabulary.load import load_vocabulary

SOUND = Path(__file__).with_name("sound_norm.yaml")


def _lay(folder: Path, name: str, *, until: str) -> None:
    text = SOUND.read_text().replace("in_force_to: null", f"in_force_to: {until}")
    home = folder / "us" / "tx"
    home.mkdir(parents=True, exist_ok=True)
    (home / f"{name}.yaml").write_text(text)


def test_a_second_version_beside_the_first_is_refused_with_both_names(tmp_path: Path) -> None:
    _lay(tmp_path, "one", until="null")
    _lay(tmp_path, "two", until="null")

    _, problems = check_norms(tmp_path, load_vocabulary())

    assert [p.kind.code for p in problems] == ["rulebook.two-versions"]
    assert "us/tx/one" in problems[0].say()
    assert problems[0].place.file.endswith("two.yaml")
