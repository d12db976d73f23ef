# verdicts: runtime_error, sandbox_violation
# always
# Renames, removes, truncates and touches the libraries that every later job loads.
import os

import numpy

PATH = numpy.__file__
WON = []
for name, arguments in {
    "rename": (PATH, PATH + ".allclose-hostile"),
    "unlink": (PATH,),
    "truncate": (PATH, 0),
    "chmod": (PATH, 0o777),
    "utime": (PATH,),
    "chown": (PATH, os.getuid(), os.getgid()),
    "setxattr": (PATH, "user.allclose-hostile", b"x"),
    "rmdir": (os.path.dirname(PATH),),
}.items():
    try:
        getattr(os, name)(*arguments)
        WON.append(name)
    except OSError:
        continue
assert WON


def solve(x, y):
    return x
