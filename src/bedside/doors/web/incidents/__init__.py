"""Pages on which reports are reviewed, lanes taken out, and what changed is told to everybody."""
