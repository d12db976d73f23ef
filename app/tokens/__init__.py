"""API tokens, the only way in until there are accounts."""
