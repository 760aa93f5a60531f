"""The command line: a verb and files."""
