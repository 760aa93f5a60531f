"""Settings of the web door; read once, from `config/env.py` where they vary."""

SECRET_KEY = "not-a-secret-until-somebody-signs-in"  # noqa: S105 - nothing is signed or stored yet
INSTALLED_APPS: list[str] = []
USE_TZ = True
