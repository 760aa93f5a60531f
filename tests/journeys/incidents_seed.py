"""A sample hospital that opens with reports in both lanes, and a quarter of reviews behind it."""

import os


def serve(port: int) -> None:
    """Prepare the record, put the reports in, and serve as `make run` does."""
    os.environ["BEDSIDE_SAMPLE"] = "yes"
    from bedside.config.prepare import prepare
    from bedside.doors.cli.serve import serve_command

    prepare()
    from incidents_rows import add_reports  # rows can be spoken of only once Django is set up

    add_reports()
    serve_command(port=port, sample=True)
