"""Read the settings that a hospital may change, once, from names that begin with BEDSIDE_."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path

from bedside.config.mail import MailServer, NoMailServer, read_mail_server

PREFIX = "BEDSIDE_"
KEY_FILE = "bedside.key"
HERE = ("127.0.0.1", "localhost", "[::1]")
POSTGRES = ("postgresql://", "postgres://")
LEAST_KEY = 32
YES = {"yes", "true", "1", "on"}
NO = {"no", "false", "0", "off", ""}
NAMES = {
    "BEDSIDE_HOSTS": "the names under which browsers may ask for the page, separated by commas",
    "BEDSIDE_HTTPS": "yes, if every browser comes over https",
    "BEDSIDE_SAMPLE": "yes, to be a sample hospital in Texas",
    "BEDSIDE_SITE": "the file that says which hospital this is",
    "BEDSIDE_OVERLAYS": "folders of norms laid over the shipped ones, separated by commas",
    "BEDSIDE_CACHE": "the folder in which the compiled rulebook is kept between starts",
    "BEDSIDE_DATA": "the folder of the record: its database, its key, the book of signed heads",
    "BEDSIDE_DATABASE": "the address of a PostgreSQL database for the record",
    "BEDSIDE_KEY": "the key of the record, if it comes from a secret store",
    "BEDSIDE_SIGN_ON": "the file that says which provider signs people on (OpenID Connect)",
    "BEDSIDE_MAIL": "the mail server for notices without content, as smtp://host:port or smtps://user:password@host:port",
    "BEDSIDE_SMS_KEY": "the key, shared with the SMS gateway, that signs what goes to it",
    "BEDSIDE_TRACEBACK": "yes, to see where in the code a command broke",
    "BEDSIDE_SOAK": "1, to run the tests that take long by nature in full",
}


class UnknownSetting(Exception):  # noqa: N818 - a sentence for the person who starts Bedside
    """A name or a value that Bedside does not know, said with what to do about it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Environment:
    """What the machine says about this Bedside."""

    hosts: tuple[str, ...] = HERE
    is_https: bool = False
    is_sample: bool = False
    site: Path | None = None
    overlays: tuple[Path, ...] = ()
    cache: Path | None = None
    data: Path = Path("bedside-data")
    database: str = ""
    key: str = field(default="", repr=False)
    sign_on: Path | None = None
    mail: MailServer = field(default_factory=MailServer)
    sms_key: str = field(default="", repr=False)


def read_environment(environ: Mapping[str, str]) -> Environment:
    """Read the settings, or raise `UnknownSetting` with every one that is not known."""
    problems = [_say_unknown(name) for name in sorted(environ) if _is_unknown(name)]
    https, wrong_https = _read_yes(environ, "BEDSIDE_HTTPS")
    sample, wrong_sample = _read_yes(environ, "BEDSIDE_SAMPLE")
    problems += [wrong for wrong in (wrong_https, wrong_sample) if wrong]
    site = _read_file(environ, "BEDSIDE_SITE", problems)
    sign_on = _read_file(environ, "BEDSIDE_SIGN_ON", problems)
    database = environ.get("BEDSIDE_DATABASE", "").strip()
    if database and not database.startswith(POSTGRES):
        problems.append("BEDSIDE_DATABASE is no address of PostgreSQL; begin it with postgresql://")
    mail = _read_mail(environ, problems)
    sms_key = environ.get("BEDSIDE_SMS_KEY", "").strip()
    if 0 < len(sms_key) < LEAST_KEY:
        problems.append(f"BEDSIDE_SMS_KEY is short; draw one of {LEAST_KEY} signs or more")
    if problems:
        raise UnknownSetting("\n".join(problems))
    return Environment(
        hosts=_split(environ.get("BEDSIDE_HOSTS", "")) or HERE,
        is_https=https,
        is_sample=sample,
        site=site,
        overlays=tuple(Path(folder) for folder in _split(environ.get("BEDSIDE_OVERLAYS", ""))),
        cache=_find_cache(environ),
        data=_find_data(environ, is_sample=sample),
        database=database,
        key=environ.get("BEDSIDE_KEY", "").strip(),
        sign_on=sign_on,
        mail=mail,
        sms_key=sms_key,
    )


def _read_mail(environ: Mapping[str, str], problems: list[str]) -> MailServer:
    try:
        return read_mail_server(environ.get("BEDSIDE_MAIL", "").strip())
    except NoMailServer as error:
        problems.append(str(error))
        return MailServer()


def _read_file(environ: Mapping[str, str], name: str, problems: list[str]) -> Path | None:
    named = environ.get(name, "").strip()
    if named and not Path(named).is_file():
        problems.append(f"{name}: there is no file `{named}`; check the path.")
    return Path(named) if named else None


def _find_data(environ: Mapping[str, str], *, is_sample: bool) -> Path:
    """Find the folder of the record; a sample hospital never shares one with a real one."""
    named = environ.get("BEDSIDE_DATA", "").strip()
    if named:
        return Path(named)
    home = environ.get("HOME", "")
    kept = environ.get("XDG_DATA_HOME") or (f"{home}/.local/share" if home else ".")
    return Path(kept) / ("bedside-sample" if is_sample else "bedside")


def _find_cache(environ: Mapping[str, str]) -> Path | None:
    """Find where to keep the compiled rulebook: the same folder as the command line's."""
    named = environ.get("BEDSIDE_CACHE", "").strip()
    if named:
        return Path(named)
    home = environ.get("HOME", "")
    kept = environ.get("XDG_CACHE_HOME") or (f"{home}/.cache" if home else "")
    return Path(kept) / "bedside" if kept else None


def _is_unknown(name: str) -> bool:
    return name.startswith(PREFIX) and name not in NAMES


def _say_unknown(name: str) -> str:
    near = get_close_matches(name, NAMES, n=1)
    help_ = f"did you mean {near[0]}?" if near else f"Bedside reads {', '.join(NAMES)}."
    return f"{name} is no setting of Bedside; {help_}"


def _read_yes(environ: Mapping[str, str], name: str) -> tuple[bool, str]:
    value = environ.get(name, "").strip().lower()
    if value in YES | NO:
        return value in YES, ""
    return False, f"{name} is `{value[:40]}`; write yes or no."


def _split(value: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in value.split(",") if part.strip())
