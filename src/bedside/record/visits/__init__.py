"""Keeps who came to the door for whom, with which paper, and what was answered."""
