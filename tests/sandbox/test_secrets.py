"""Nothing hidden is where learner code could look: planted constants are searched for by their bytes.

The same search is shown to find the constant where it really is, so that finding nothing means something.
"""

from __future__ import annotations

import numpy as np

from sandbox.jobs import Called, Evaluated, Finished, GradeJob, Limits, Signature
from sandbox.local import LocalSandbox
from sandbox.tree import Leaf, Node
from tests.sandbox.jobs import GOOD, LIMITS, F, grade, printed

#: Values no honest computation would leave in memory by chance.
SECRET = np.array([-8.7654321e18, 3.1234567e-21, 9.8765432e17], np.float32)

#: Looks through everything reachable for the three floats in a row. It knows them only one by one, so that it does not
#: find itself.
SEARCH = '''
import ctypes, gc, os, sys

def holds(text):
    at = text.find(FIRST)
    while at >= 0:
        if text[at + 4 : at + 8] == SECOND and text[at + 8 : at + 12] == THIRD:
            return True
        at = text.find(FIRST, at + 1)
    return False

def pages():
    """Every readable page of the C heap and around Python's own objects, which the kernel copies into a pipe."""
    libc = ctypes.CDLL(None, use_errno=True)
    libc.sbrk.restype = ctypes.c_void_p
    read, write = os.pipe()
    starts = [libc.sbrk(0) - (128 << 20), id(object()) - (64 << 20), id(bytearray(1 << 20)) - (64 << 20)]
    for start in starts:
        for page in range(start // 4096 * 4096, start + (128 << 20), 4096):
            if libc.write(write, ctypes.c_void_p(page), 4096) == 4096:
                yield os.read(read, 4096)

def contents(value):
    try:
        if isinstance(value, (bytes, bytearray, memoryview)):
            yield bytes(value)
        elif isinstance(value, str):
            yield value.encode("utf-8", "replace")
        elif isinstance(text := value.tobytes(), bytes):
            yield text
    except BaseException:
        pass

def reachable():
    frame = sys._getframe()
    while frame is not None:
        for value in (*frame.f_locals.values(), *frame.f_globals.values()):
            yield from contents(value)
        frame = frame.f_back
    for module in list(sys.modules.values()):
        for value in list(getattr(module, "__dict__", {}).values()):
            yield from contents(value)
    for thing in gc.get_objects():
        yield from contents(thing)
        for value in gc.get_referents(thing):
            yield from contents(value)

def outside():
    for name, value in os.environ.items():
        yield f"{name}={value}".encode()
    for descriptor in range(4, 256):
        try:
            yield os.pread(descriptor, 1 << 20, 0)
        except OSError:
            pass
    for top in ("/proc", "/tmp", "/home", "/root", "/etc", "/var", "/dev", "/work", "/srv", "/opt"):
        for folder, _, files in os.walk(top):
            for file in files:
                path = os.path.join(folder, file)
                try:
                    if "site-packages" not in path and os.path.getsize(path) < 1 << 20:
                        yield open(path, "rb").read()
                except OSError:
                    pass

def search(where):
    return sum(holds(text) for text in where())
'''


def _source(body: str, secret: bytes = SECRET.tobytes()) -> str:
    third = len(secret) // 3
    parts = (secret[:third], secret[third : 2 * third], secret[2 * third :])
    names = zip(("FIRST", "SECOND", "THIRD"), parts, strict=True)
    return "".join(f"{name} = {part!r}\n" for name, part in names) + SEARCH + body


_REPORT = "print(*[search(where) for where in (reachable, pages, outside)])"


def test_the_search_finds_what_is_there(default_sandbox: LocalSandbox) -> None:
    """The search itself would be blind, and the tests below would prove nothing."""
    planted = f"HERE = bytearray(FIRST + SECOND + THIRD)\n{_REPORT}\ndef f(x):\n    return x\n"
    found = [int(number) for number in printed(default_sandbox, _source(planted)).split()]
    assert found[0] > 0
    assert found[1] > 0


def test_hidden_inputs_are_not_in_the_process_that_traces(default_sandbox: LocalSandbox) -> None:
    """A submission could read the inputs it will be judged on, now or of an earlier submission."""
    signature = Signature(F, Node("tuple", (Leaf("float32", (3,)),)), ((SECRET,),))
    honest = list(default_sandbox.grade(GradeJob(GOOD, (signature,), limits=LIMITS)))
    assert any(isinstance(event, Evaluated) for event in honest), "the secret went through this very lane"
    spying = _source(f"def f(x):\n    {_REPORT}\n    return x\n")
    events = list(default_sandbox.grade(GradeJob(spying, (signature,), limits=LIMITS)))
    (finished,) = [event for event in events if isinstance(event, Finished)]
    assert finished.printed.split() == ["0", "0", "0"]


def test_an_eager_case_has_the_inputs_of_no_later_call(default_sandbox: LocalSandbox) -> None:
    """Code could read what it will be called with, in this case or in another, before it answers."""
    other = np.zeros(3, np.float32)

    def case(*values: np.ndarray) -> Signature:
        return Signature(F, Node("tuple", (Leaf("float32", (3,)),)), tuple((value,) for value in values))

    source = _source(f"def f(x):\n    {_REPORT}\n    return x\n")
    limits = Limits(trace_seconds=60, cpu_seconds=60)
    for cases in ((case(other, SECRET),), (case(SECRET), case(other)), (case(other), case(SECRET))):
        events = default_sandbox.grade(GradeJob(source, cases, eager="numpy", limits=limits))
        printed = [event.returned.printed.split() for event in events if isinstance(event, Called)]
        given = [values[0] is SECRET for each in cases for values in each.inputs]
        assert [found[0] != "0" for found in printed] == given
        assert all(found == ["0", "0", "0"] for found, secret in zip(printed, given, strict=True) if not secret)


def test_the_source_of_another_submission_is_not_left_in_memory(default_sandbox: LocalSandbox) -> None:
    """A learner could read the solution of whoever was judged before in the same slot."""
    secret = b"qzXWvu83kPm1"
    grade(default_sandbox, f"SECRET = {secret!r}\n# {secret.decode()}\n{GOOD}")
    assert printed(default_sandbox, _source(f"def f(x):\n    {_REPORT}\n    return x\n", secret)).split() == ["0"] * 3


def test_an_earlier_submission_leaves_no_mark(default_sandbox: LocalSandbox) -> None:
    """Two submissions could talk to each other through the process that forks them."""
    mark = "import builtins, os, sys\nbuiltins.mark = 1\nsys.modules['mark'] = sys\nos.environ['MARK'] = '1'\n"
    grade(default_sandbox, mark + GOOD)
    look = "import builtins, os, sys\nprint(hasattr(builtins, 'mark'), 'mark' in sys.modules, 'MARK' in os.environ)\n"
    assert printed(default_sandbox, look + GOOD) == "False False False\n"
