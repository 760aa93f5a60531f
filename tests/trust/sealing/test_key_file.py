"""A key file is read only if nobody else can read it."""

import os
from pathlib import Path

import pytest
from sealing_cast import DATA_KEY, DRAW, RECORD, says_why, site_key

from bedside.trust.sealing.key_file import (
    KeyFileMissing,
    KeyFileOpen,
    load_key_file,
    write_key_file,
)
from bedside.trust.sealing.site_key import KeyTextUnreadable
from bedside.trust.sealing.wrap import unwrap_key, wrap_key


def test_a_written_key_file_loads_and_is_closed_to_others(tmp_path: Path) -> None:
    key, path = site_key(), tmp_path / "site.key"
    wrap = wrap_key(DATA_KEY, RECORD, key, random=DRAW)

    write_key_file(path, key)

    assert path.stat().st_mode & 0o777 == 0o600
    assert unwrap_key(wrap, load_key_file(path)).fingerprint == DATA_KEY.fingerprint


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o644, 0o620, 0o602, 0o610, 0o601, 0o777])
def test_a_key_file_open_to_others_is_refused(tmp_path: Path, mode: int) -> None:
    path = tmp_path / "site.key"
    write_key_file(path, site_key())
    path.chmod(mode)

    with pytest.raises(KeyFileOpen) as refused:
        load_key_file(path)

    assert f"{mode:04o}" in str(refused.value)
    assert says_why(refused.value)


@pytest.mark.parametrize("mode", [0o600, 0o400])
def test_a_key_file_of_its_owner_alone_is_read(tmp_path: Path, mode: int) -> None:
    path = tmp_path / "site.key"
    write_key_file(path, site_key())
    path.chmod(mode)

    assert load_key_file(path).name.holder == "role/nurse"


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give a file away")
def test_a_key_file_of_somebody_else_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "site.key"
    write_key_file(path, site_key())
    os.chown(path, 4471, -1)

    with pytest.raises(KeyFileOpen):
        load_key_file(path)


def test_a_missing_file_a_folder_and_a_pipe_are_no_key_files(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe", 0o600)

    for path in (tmp_path / "nothing", tmp_path, tmp_path / "pipe"):
        with pytest.raises(KeyFileMissing) as refused:
            load_key_file(path)
        assert says_why(refused.value)


def test_a_key_file_is_never_written_over(tmp_path: Path) -> None:
    path = tmp_path / "site.key"
    write_key_file(path, site_key())
    before = path.read_bytes()

    with pytest.raises(KeyFileMissing):
        write_key_file(path, site_key())

    assert path.read_bytes() == before


@pytest.mark.parametrize("content", [b"", b"\xff" * 40, b"x" * 100_000])
def test_a_file_with_something_else_in_it_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "site.key"
    path.write_bytes(content)
    path.chmod(0o600)

    with pytest.raises(KeyTextUnreadable) as refused:
        load_key_file(path)

    assert says_why(refused.value)
