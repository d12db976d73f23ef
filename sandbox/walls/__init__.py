"""What the outer walls are made of: local namespaces, containers and their image, control groups, GPUs."""
