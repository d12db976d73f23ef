# verdicts: runtime_error
# always
# Disks, memory, terminals and the kernel's log, by name and by number.
import os

WON = []
for name in "mem kmem port kmsg sda vda nvme0n1 tty ptmx console loop0 fuse kvm net/tun input/event0 nvidia0".split():
    try:
        os.open(f"/dev/{name}", os.O_RDONLY)
        WON.append(name)
    except OSError:
        continue
assert WON


def solve(x, y):
    return x
