# verdicts: sandbox_violation, runtime_error
# always
# Enters the kernel by ``int 0x80``, where the numbers of the calls are others.
import ctypes
import mmap

code = b"\xb8\x02\x00\x00\x00\xcd\x80\xc3"  # mov eax, 2 (fork); int 0x80; ret
page = mmap.mmap(-1, 4096, flags=mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS, prot=7)
page.write(code)
assert ctypes.CFUNCTYPE(ctypes.c_int)(ctypes.addressof(ctypes.c_char.from_buffer(page)))() >= 0


def solve(x, y):
    return x
