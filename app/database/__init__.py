"""The database: opening it, transactions, the schema as a whole, content-addressed blobs."""
