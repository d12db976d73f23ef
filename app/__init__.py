"""allclose: a self-hosted autograder for JAX exercises. See ARCHITECTURE.md for the map."""
