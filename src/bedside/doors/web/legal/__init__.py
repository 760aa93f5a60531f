"""Pages of counsel alone: notes that nobody else learns of, and what nobody may delete."""
