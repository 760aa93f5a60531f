"""The paper of a letter: printed the same every time, signed, and checked again by anybody."""
