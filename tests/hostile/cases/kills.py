# failures: violation
# Kills whoever reads it.
import os

os.kill(os.getppid() or 1, 9)
