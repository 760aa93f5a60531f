"""The end of a run: which faults were injected, how many, and how many got past us.

Tests tell of them as properties of their reports, which also arrive from other processes.
"""

from collections import Counter

import pytest

FAULT = "fault"  # the name of the property; its value: a kind, how many, how many got past us


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print what the tests told."""
    injected, missed = Counter[str](), Counter[str]()
    for reports in terminalreporter.stats.values():
        for report in reports:
            for name, told in getattr(report, "user_properties", ()):
                if name == FAULT and report.when == "call":
                    kind, count, got_past = told
                    injected[kind] += count
                    missed[kind] += got_past
    if not injected:
        return
    terminalreporter.section("faults injected in this run")
    terminalreporter.write_line(f"{'':<56}{'injected':>12}{'got past us':>12}")
    for kind, count in injected.items():
        terminalreporter.write_line(f"{kind:<56}{count:>12,}{missed[kind]:>12,}")
