"""The author's compiler, which proves that a problem grades as it declares."""
