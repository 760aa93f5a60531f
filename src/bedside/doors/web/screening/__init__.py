"""Looks through what is typed freely before a page takes it; else status would be written down."""
