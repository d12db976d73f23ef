"""What went wrong, in words: mismatches, exceptions, limits."""
