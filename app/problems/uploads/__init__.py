"""Problem folders that instructors upload: archives, what is checked of them, and what came of it."""
