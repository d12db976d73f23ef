"""Routes of pages, a module for each group of them."""
