"""The files of the record, as a thief or a backup takes them, hold no word of a report."""

from pathlib import Path

import pytest
from django.db import connection
from test_reports_pages import file_nameless
from web_cast import enter, find_sample

from record_cast import gather

CANARY = "zqx the monitor was filmed"


def test_rn_11_neither_the_database_nor_its_log_of_writes_holds_a_word(open_record: None) -> None:
    del open_record
    if connection.vendor != "sqlite":
        pytest.skip("files of one's own are SQLite's")
    find_sample()
    nurse = gather().nurse
    code = file_nameless(enter(nurse), words=CANARY)
    name = connection.settings_dict["NAME"]

    held = b"".join(Path(f"{name}{ending}").read_bytes() for ending in ("", "-wal"))

    assert len(held) > 4096
    for trace in (CANARY, code, code.replace("-", ""), nurse.username, str(nurse.pk)):
        assert trace.encode() not in held
