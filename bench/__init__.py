"""Speed, measured in one run: Bedside's own figures, and its peers beside them."""
