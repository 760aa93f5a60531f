"""What a session remembers: which hospital, whose device, since when, and when it was last used.

A device is shared unless somebody says otherwise. A session that rests too long is locked: it goes
on with the person's PIN. After a shift it ends, used or not.
"""

from datetime import datetime, timedelta

from django.contrib.sessions.backends.base import SessionBase
from django.http import HttpRequest

SHARED, OWN = "shared", "own"
LOCK_AFTER = {SHARED: timedelta(minutes=5), OWN: timedelta(minutes=15)}
LONGEST = timedelta(hours=12)
# A use is written down at most this often, so a session may lock this much too early, never late.
NOTED_EVERY = timedelta(seconds=15)
BEGAN, USED, LOCKED, DEVICE, SITE = "began", "used", "locked", "device", "site"
UNATTENDED = "X-Bedside-Unattended"  # a page that asks again by itself is nobody's use of it


def find_device(session: SessionBase) -> str:
    """Tell whose device it is; a shared one unless somebody said that it is their own."""
    return OWN if session.get(DEVICE) == OWN else SHARED


def find_limit(session: SessionBase) -> timedelta:
    """Tell how long this session may rest before it locks."""
    return LOCK_AFTER[find_device(session)]


def is_over(session: SessionBase, at: datetime) -> bool:
    """Tell whether the shift is over for this session."""
    return at - _read(session, BEGAN, at) >= LONGEST


def is_locked(session: SessionBase, at: datetime) -> bool:
    """Tell whether the session waits for the PIN."""
    return bool(session.get(LOCKED)) or at - _read(session, USED, at) >= find_limit(session)


def begin(session: SessionBase, at: datetime) -> None:
    """Begin to count."""
    session[BEGAN] = session[USED] = at.isoformat()
    session.pop(LOCKED, None)


def note_use(request: HttpRequest, at: datetime) -> None:
    """Note that somebody used the session; what a page asks for by itself does not count."""
    session = request.session
    if BEGAN not in session or USED not in session:
        begin(session, at)
    elif UNATTENDED not in request.headers and at - _read(session, USED, at) >= NOTED_EVERY:
        session[USED] = at.isoformat()


def lock(session: SessionBase) -> None:
    """Lock the session now."""
    session[LOCKED] = True


def resume(session: SessionBase, at: datetime) -> None:
    """Let the session go on."""
    session[USED] = at.isoformat()
    session.pop(LOCKED, None)


def _read(session: SessionBase, name: str, at: datetime) -> datetime:
    kept = session.get(name)
    return datetime.fromisoformat(kept) if kept else at
