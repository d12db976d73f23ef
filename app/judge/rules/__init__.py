"""The rules on a solution: on the programs it traces to, and on its source."""
