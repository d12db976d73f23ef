# failures: exception
# Ends well, before there is a function.
import sys

sys.exit(0)
