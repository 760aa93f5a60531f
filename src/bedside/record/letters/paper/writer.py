"""Write a signature behind a letter without touching what the letter says of itself."""

from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from typing_extensions import override


class QuietWriter(IncrementalPdfFileWriter):
    """An incremental writer that leaves title, keywords and dates as they were printed.

    pyHanko's own writes the machine's clock into them, and its name.
    """

    @override
    def _update_meta(self) -> None:
        pass
