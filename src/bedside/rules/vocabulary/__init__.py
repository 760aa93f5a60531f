"""The facts of a situation, the dimensions of an arrangement, and the words for both."""
