"""What attempts add up to: how problems do, and how people do with them. It only reads."""
