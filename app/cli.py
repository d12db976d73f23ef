"""The command line: `allclose`."""
