"""What an operator measures: counted where it happens, read where it stands, and told to Prometheus."""
