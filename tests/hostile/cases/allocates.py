# failures: memory
# always
# Takes all memory.
KEPT = []
while True:
    KEPT.append(bytearray(b"x" * (1 << 24)))
