"""Reports by name or without, and the talk with whoever made them."""
