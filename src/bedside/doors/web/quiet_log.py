"""Log what went wrong and where in our code, and nothing of anybody's situation."""

import logging
import traceback

from typing_extensions import override


class QuietFormatter(logging.Formatter):
    """One line a record: time, level, logger, sort of error, place. Never a value."""

    @override
    def format(self, record: logging.LogRecord) -> str:
        """Leave out messages of errors: they may repeat what somebody sent."""
        line = f"{self.formatTime(record)} {record.levelname} {record.name}"
        status = getattr(record, "status_code", None)
        if status is not None:
            line += f" status {status}"
        if record.exc_info and record.exc_info[0] is not None:
            kind, _, trace = record.exc_info
            frames = traceback.extract_tb(trace)[-6:]
            places = " < ".join(f"{f.filename}:{f.lineno} {f.name}" for f in reversed(frames))
            return f"{line} {kind.__name__} at {places}"
        if record.name.startswith("django.request") or record.name.startswith("django.security"):
            return line
        return f"{line} {record.getMessage()}"
