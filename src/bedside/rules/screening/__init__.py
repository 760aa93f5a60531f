"""Find in free text what Bedside never stores, or stores only if somebody means it, and say so."""
