# failures: crash
# Dies.
import ctypes

ctypes.string_at(0)
