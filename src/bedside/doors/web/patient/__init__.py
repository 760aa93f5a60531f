"""Pages for the patient: her rights, her answer without a word, her language, her copy."""
