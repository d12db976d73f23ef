"""What the service knows of somebody: handed to them, and erased."""
