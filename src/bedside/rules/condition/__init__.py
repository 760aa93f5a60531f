"""The small language of `when`: parse it, check it, say it in two languages, answer it."""
