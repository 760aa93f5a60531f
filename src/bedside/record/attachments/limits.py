"""How large a thing handed in may be, and what opening it may cost: one place, said to people."""

from typing import Final

KIB, MIB = 1024, 1024 * 1024

MOST_BYTES: Final = 5 * MIB  # of one file; the door refuses more before it reads any of it
MOST_FILES: Final = 5  # of one report
MOST_TOTAL: Final = 20 * MIB  # of one report, originals together
MOST_NAME: Final = 120  # characters of a file's name that are kept

MOST_PIXELS: Final = 50_000_000  # phones take 12 to 50 million
MOST_PAGES: Final = 20
MOST_LETTERS: Final = 200_000  # of a plain text

LONGEST_SIDE: Final = 3000  # pixels of a working copy; the original keeps all of them
LONGEST_PAGE: Final = 1700  # pixels of a page in a working copy: letter paper at 150 to the inch
MOST_COPY: Final = 15 * MIB  # bytes of a working copy; a sealed field takes a little more

CPU_SECONDS: Final = 10
WALL_SECONDS: Final = 20.0
MOST_MEMORY: Final = 768 * MIB  # address space of the process that opens it
