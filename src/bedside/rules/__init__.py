"""Floor 1: what is asked of whom, and three ways to read it; knows no web, database or terminal."""
