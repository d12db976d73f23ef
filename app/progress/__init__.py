"""What somebody has done with a problem beside attempting it: hints that they opened, and whether they gave up."""
