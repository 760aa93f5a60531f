"""What a letter may say, before whom, and what changed in it: claims a clinician can stand by."""
