"""A sample hospital that opens with a few stays, so that journeys can begin in the middle."""

import os


def serve(port: int) -> None:
    """Prepare the record, put the stays in, and serve as `make run` does."""
    os.environ["BEDSIDE_SAMPLE"] = "yes"
    from bedside.config.prepare import prepare
    from bedside.doors.cli.serve import serve_command

    prepare()
    from desk_stays import add_stays  # rows can be spoken of only once Django is set up

    add_stays()
    serve_command(port=port, sample=True)
