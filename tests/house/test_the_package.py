"""The package says its version, and nothing else, at the top."""

import bedside


def test_the_package_has_a_version() -> None:
    assert bedside.__version__.count(".") == 2
