"""The privacy officer's pages: what waits by its clock, an exposure, letters, an accounting."""
