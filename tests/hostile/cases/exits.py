# failures: crash
# always
# Ends the process with success.
import os


def public():
    os._exit(0)
