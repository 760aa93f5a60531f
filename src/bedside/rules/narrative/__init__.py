"""Read an account of an event and propose what a form could say, with the words that led to it."""
