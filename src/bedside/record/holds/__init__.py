"""What may not be deleted while counsel holds it."""
