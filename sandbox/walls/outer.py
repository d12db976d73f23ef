"""The outer wall of the local backend: bubblewrap, or util-linux ``unshare`` where it is missing.

Both give a slot its own user (unless the launcher is root), process, network, IPC, host name and mount namespaces, in
which nothing exists but the interpreter, its libraries, site-packages and this package, all read-only. There are no
processes in ``/proc``, no ``/tmp`` and no writable file. Invariant: no command made here runs the zygote with less.
"""

from __future__ import annotations

import json
import os
import shutil
import sys
import sysconfig
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Literal

from sandbox.inside.wall import GPU_ARGUMENT
from sandbox.jobs import SandboxUnavailable
from sandbox.walls import gpus

WallName = Literal["bubblewrap", "unshare"]

#: What a zygote as root keeps: becoming its children's users, and killing them.
ROOT_CAPABILITIES = ("CAP_SETUID", "CAP_SETGID", "CAP_KILL")

_SYSTEM_LIBRARIES = ("/lib", "/lib32", "/lib64", "/usr/lib", "/usr/lib64", "/usr/local/lib", "/etc/ld.so.cache")
#: XLA's kernels for large reductions ask these what the processor can do, and fail without an answer.
_PROCESSOR = ("/proc/cpuinfo", "/sys/devices/system/cpu/possible", "/sys/devices/system/cpu/present")
_DEVICES = ("/dev/null", "/dev/urandom")

#: What every zygote finds in its environment, in whatever backend; the search paths come on top.
ENVIRONMENT = {
    "PYTHONHASHSEED": "0",
    "PYTHONDONTWRITEBYTECODE": "1",
    "PYTHONUTF8": "1",
    "HOME": "/",
    "LANG": "C.UTF-8",
    "OPENBLAS_NUM_THREADS": "1",  # a BLAS thread pool would make the zygote unsafe to fork
    "OMP_NUM_THREADS": "1",
    "JAX_PLATFORMS": "cpu",
    "TF_CPP_MIN_LOG_LEVEL": "3",
}

INSTALL_HELP = (
    "Install bubblewrap (`apt install bubblewrap`, `dnf install bubblewrap`). If it is installed, unprivileged user "
    "namespaces may be switched off: on Ubuntu 24.04 and later allow them with an AppArmor profile for bwrap, or with "
    "`sysctl kernel.apparmor_restrict_unprivileged_userns=0`; elsewhere check `sysctl user.max_user_namespaces`."
)


@dataclass(frozen=True)
class View:
    """What exists inside: everything else of the host is absent.

    Attributes:
        interpreter: the Python executable, links resolved.
        path: its module search path besides the standard library.
        readable: files and folders bound read-only at their own place.
        hidden: folders inside ``readable`` that are covered with an empty one.
        devices: device files that can be opened.
        processes: whether there is a ``/proc``, with the processes of the slot in it.
        variables: the environment, beside the search paths; no variable of the host is passed on.
        zygote: what the interpreter is started with.
    """

    interpreter: str
    path: tuple[str, ...]
    readable: tuple[str, ...]
    hidden: tuple[str, ...]
    devices: tuple[str, ...] = _DEVICES
    processes: bool = False
    variables: Mapping[str, str] = field(default_factory=lambda: ENVIRONMENT)
    zygote: tuple[str, ...] = ("-m", "sandbox.inside.zygote")


def host_view() -> View:
    """This interpreter's own installation, with this environment's packages and no other."""
    interpreter = os.path.realpath(sys.executable)
    paths = sysconfig.get_paths()
    site = tuple(dict.fromkeys(os.path.realpath(paths[name]) for name in ("purelib", "platlib")))
    platform_stdlib = sysconfig.get_path("platstdlib", vars={"platbase": sys.base_exec_prefix})
    stdlib = [os.path.realpath(path) for path in (paths["stdlib"], platform_stdlib)]
    package = str(Path(__file__).resolve().parent.parent)
    library = os.path.join(sysconfig.get_config_var("LIBDIR") or "", sysconfig.get_config_var("INSTSONAME") or "")
    wanted = [*_SYSTEM_LIBRARIES, *_PROCESSOR, interpreter, *stdlib, *site, package, library]
    readable = _outermost(path for path in wanted if os.path.exists(path))
    others = (os.path.join(folder, name) for folder in stdlib for name in ("site-packages", "dist-packages"))
    hidden = tuple(path for path in dict.fromkeys(others) if os.path.isdir(path) and path not in site)
    return View(interpreter, (*site, str(Path(package).parent)), readable, hidden)


def gpu_view(view: View, number: str, variables: Mapping[str, str]) -> View:
    """``view``, widened by what a GPU's driver needs: for slots that run vetted programs only.

    Raises:
        SandboxUnavailable: there is no driver here.
    """
    folders = gpus.driver_folders()
    kept = (path for path in view.readable if not path.startswith(("/proc/", "/sys/")))
    return replace(
        view,
        readable=_outermost((*kept, "/sys", *folders)),
        devices=(*_DEVICES, *gpus.devices(number)),
        processes=True,
        variables={**ENVIRONMENT, **variables, "LD_LIBRARY_PATH": ":".join(folders)},
        zygote=(*view.zygote, GPU_ARGUMENT),
    )


def _outermost(paths: Iterable[str]) -> tuple[str, ...]:
    """``paths`` without those that lie inside another of them."""
    unique = tuple(dict.fromkeys(paths))
    return tuple(path for path in unique if not any(str(parent) in unique for parent in Path(path).parents))


def environment(view: View) -> dict[str, str]:
    """The whole environment of a zygote."""
    libraries = (sysconfig.get_config_var("LIBDIR") or "", view.variables.get("LD_LIBRARY_PATH", ""))
    return {
        **view.variables,
        "PYTHONPATH": ":".join(view.path),
        "LD_LIBRARY_PATH": ":".join(filter(None, libraries)),
    }


def available() -> list[WallName]:
    """The tools that are installed here, best first."""
    tools: list[tuple[WallName, str]] = [("bubblewrap", "bwrap"), ("unshare", "unshare")]
    return [name for name, program in tools if shutil.which(program)]


def command(wall: WallName, view: View) -> list[str]:
    """The command line that starts a zygote behind ``wall``.

    Raises:
        SandboxUnavailable: the tool is not installed.
    """
    program = shutil.which({"bubblewrap": "bwrap", "unshare": "unshare"}[wall])
    if program is None:
        raise SandboxUnavailable(f"{wall} is not installed. {INSTALL_HELP}")
    zygote = [view.interpreter, "-S", "-B", *view.zygote]
    return _bubblewrap(program, view, zygote) if wall == "bubblewrap" else _unshare(program, view, zygote)


def _bubblewrap(program: str, view: View, zygote: list[str]) -> list[str]:
    arguments = ["--unshare-pid", "--unshare-net", "--unshare-ipc", "--unshare-uts", "--unshare-cgroup-try"]
    arguments += ["--die-with-parent", "--new-session", "--as-pid-1", "--clearenv", "--cap-drop", "ALL"]
    if os.geteuid() == 0:
        for capability in ROOT_CAPABILITIES:
            arguments += ["--cap-add", capability]
    else:
        arguments += ["--unshare-user", "--disable-userns", "--uid", "65534", "--gid", "65534"]
    for folder in _parents((*view.readable, *view.devices)):
        arguments += ["--perms", "0755", "--dir", folder]  # left to itself it makes them 0700, for root alone
    for path in view.readable:
        if os.path.islink(path):
            arguments += ["--symlink", os.readlink(path), path]
        else:
            arguments += ["--ro-bind", path, path]
    for path in view.hidden:
        arguments += ["--tmpfs", path, "--remount-ro", path]
    for device in view.devices:
        arguments += ["--dev-bind", device, device]
    if view.processes:
        arguments += ["--proc", "/proc", "--remount-ro", "/proc"]
    for name, value in environment(view).items():
        arguments += ["--setenv", name, value]
    return [program, *arguments, "--remount-ro", "/", "--hostname", "sandbox", "--chdir", "/", "--", *zygote]


def _parents(paths: tuple[str, ...]) -> list[str]:
    """Every folder above ``paths`` but the root, outermost first."""
    return sorted({str(parent) for path in paths for parent in Path(path).parents} - {"/"})


def _unshare(program: str, view: View, zygote: list[str]) -> list[str]:
    namespaces = ["--mount", "--pid", "--net", "--ipc", "--uts", "--fork", "--kill-child"]
    if os.geteuid() != 0:
        namespaces += ["--user", "--map-root-user"]
    plan = {
        "readable": view.readable,
        "hidden": view.hidden,
        "devices": view.devices,
        "processes": view.processes,
        "capabilities": ROOT_CAPABILITIES if os.geteuid() == 0 else (),
        "command": zygote,
        "environment": environment(view),
    }
    enter = str(Path(__file__).resolve().parent / "enter.py")
    return [program, *namespaces, "--", view.interpreter, "-I", "-S", "-B", enter, json.dumps(plan)]


def is_root() -> bool:
    """Whether the launcher is root, so that children can have users of their own."""
    return os.geteuid() == 0
