"""Make the record ready before the first page: its tables, the hospital, and a sample's people."""

import os
import secrets
import sys
from datetime import UTC, datetime
from uuid import uuid4

import django
from django.conf import settings
from django.core.management import call_command
from django.db import DatabaseError, connections

from bedside.config.env import KEY_FILE, UnknownSetting, read_environment
from bedside.record.vault.master import make_key_file
from bedside.trust.sealing.refusal import Refusal

DOES_NOT_OPEN = (
    "The record does not open ({why}). Give Bedside the key that belongs to it, in the file "
    "bedside.key or in BEDSIDE_KEY, and check that the database is there; nothing was changed."
)


def prepare() -> None:
    """Bring the tables up to date and write down which hospital this is, or stop with why not."""
    try:
        _prepare()
    except (UnknownSetting, Refusal, OSError) as error:
        sys.exit(str(error))
    except DatabaseError as error:
        sys.exit(DOES_NOT_OPEN.format(why=str(error).strip()))


def _prepare() -> None:
    environment = read_environment(os.environ)
    os.umask(0o077)  # what is made from here on is ours alone
    make_key_file(environment.key, environment.data / KEY_FILE, random=secrets.token_bytes)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bedside.config.settings")
    django.setup()
    call_command("migrate", verbosity=0, interactive=False)
    _write_site()
    connections.close_all()  # a connection that two forked processes share loses its way


def _write_site() -> None:
    from bedside.doors.web.shelf import find_plain_site
    from bedside.doors.web.staff.signed_in import find_edition
    from bedside.record.accounts.models import Site
    from bedside.record.accounts.operations import record_site
    from bedside.record.accounts.sample import add_sample_people
    from bedside.record.encounters.sample import add_sample_stays
    from bedside.record.journal.act import Act
    from bedside.record.visits.sample import add_sample_visits

    plain = find_plain_site()
    slug = str(plain.get("slug", "hospital"))

    def begin() -> Act:
        return Act(
            key=uuid4(),
            site=slug,
            by=None,
            at=datetime.now(UTC),
            edition=find_edition(),
            master=settings.BEDSIDE_MASTER,
            random=secrets.token_bytes,
        )

    known = Site.objects.filter(slug=slug).first()
    if known is None or known.plain != plain:
        record_site(begin(), plain=plain)
    if settings.BEDSIDE_IS_SAMPLE:
        add_sample_people(begin)
        add_sample_stays(begin)
        add_sample_visits(begin)
