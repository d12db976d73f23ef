"""Everything that runs behind the walls; imported by the zygote and by nothing outside but their own settings."""
