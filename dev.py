"""Sets the project up and runs its verbs: the one command of developers and of CI."""

from __future__ import annotations

import ctypes
import hashlib
import os
import shutil
import subprocess
import sys
import venv
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
WINDOWS = sys.platform == "win32"
BIN = VENV / ("Scripts" if WINDOWS else "bin")
PYTHON = BIN / ("python.exe" if WINDOWS else "python")
STAMP = VENV / "jackfield-setup.txt"
TOUR = ROOT / "build" / "tour"

# Firms sign the traffic of their proxies with a root of their own, which the system knows.
SYSTEM_CERTS = {"UV_SYSTEM_CERTS": "1"}

# Debian package for each system library that Qt opens; offscreen needs the first group only.
QT_LIBRARIES = {
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libglib-2.0.so.0": "libglib2.0-0",
}
X11_LIBRARIES = {
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
}


class Stop(Exception):  # noqa: N818  # not a fault of the program: a sentence for the person
    """Ends the run with one sentence that says what to do."""


def say(text: str) -> None:
    print(text, flush=True)


def call(*command: str | Path, env: dict[str, str] | None = None) -> None:
    """Runs a command in the project's root and stops when it fails."""
    code = exit_code(*command, env=env)
    if code != 0:
        raise SystemExit(code)


def exit_code(*command: str | Path, env: dict[str, str] | None = None) -> int:
    """Runs a command in the project's root and says how it ended."""
    words = [str(part) for part in command]
    return subprocess.run(
        words, cwd=ROOT, env={**os.environ, **(env or {})}, check=False
    ).returncode


def python(*arguments: str | Path, env: dict[str, str] | None = None) -> None:
    call(PYTHON, *arguments, env=env)


def has_display() -> bool:
    """True where a window can be shown: Windows and macOS always, else X11 or Wayland."""
    if sys.platform in {"win32", "darwin"}:
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


# --- set-up ---------------------------------------------------------------------------------


def setup(_arguments: Sequence[str] = (), *, lock: str = "dev") -> None:
    """Make .venv, install the locked versions and what Qt needs from the system."""
    if sys.version_info < (3, 11):  # noqa: UP036  # an older Python may run this very file
        raise Stop("Jackfield needs Python 3.11 or newer; run this file with such a Python.")
    install_system_libraries()
    wanted = stamp_of(lock)
    installed = STAMP.read_text(encoding="utf-8") if STAMP.exists() else ""
    if PYTHON.exists() and installed in {wanted, stamp_of("dev")}:
        return
    make_environment()
    uv = BIN / ("uv.exe" if WINDOWS else "uv")
    say(f"Installing the locked versions of requirements/{lock}.txt ...")
    target = ("--python", str(PYTHON), "-q")
    locked = ("--require-hashes", f"requirements/{lock}.txt")
    call(uv, "pip", "sync", *target, *locked, env=SYSTEM_CERTS)
    call(uv, "pip", "install", *target, "--no-deps", "--no-build-isolation", "-e", ".")
    STAMP.write_text(wanted, encoding="utf-8")


def stamp_of(lock: str) -> str:
    parts = [ROOT / "requirements" / f"{lock}.txt", ROOT / "pyproject.toml"]
    return hashlib.sha256(b"".join(part.read_bytes() for part in parts)).hexdigest()


def make_environment() -> None:
    """Create .venv with uv in it."""
    if not PYTHON.exists():
        say("Making .venv ...")
        try:
            venv.EnvBuilder(with_pip=True, clear=VENV.exists()).create(VENV)
        except subprocess.CalledProcessError:
            shutil.rmtree(VENV, ignore_errors=True)
            install_packages(["python3-venv"], "to make a virtual environment")
            venv.EnvBuilder(with_pip=True).create(VENV)
    if not (BIN / ("uv.exe" if WINDOWS else "uv")).exists():
        pip = ("-m", "pip", "--disable-pip-version-check", "install", "-q")
        python(*pip, "--require-hashes", "-r", "requirements/uv.txt")


def missing_libraries() -> list[str]:
    """Debian packages of the system libraries that Qt would not find."""
    if not sys.platform.startswith("linux"):
        return []
    wanted = {**QT_LIBRARIES, **(X11_LIBRARIES if has_display() else {})}
    return [package for library, package in wanted.items() if not can_load(library)]


def can_load(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def install_system_libraries() -> None:
    packages = missing_libraries()
    if packages:
        install_packages(packages, "for Qt's windows")


def install_packages(packages: list[str], purpose: str) -> None:
    """Install Debian packages where that is allowed, else say the command."""
    command = ["apt-get", "install", "-y", "--no-install-recommends", *packages]
    sudo = [] if not hasattr(os, "geteuid") or os.geteuid() == 0 else ["sudo", "-n"]
    allowed = shutil.which("apt-get") and (not sudo or sudo_works())
    if not allowed:
        raise Stop(
            f"Some system libraries are missing {purpose}. "
            f"Install them, then run this again: sudo {' '.join(command)}"
        )
    say(f"Installing system packages {purpose}: {' '.join(packages)}")
    quiet = {"DEBIAN_FRONTEND": "noninteractive"}
    call(*sudo, "apt-get", "update", "-qq", env=quiet)
    call(*sudo, *command, "-qq", env=quiet)


def sudo_works() -> bool:
    if not shutil.which("sudo"):
        return False
    return subprocess.run(["sudo", "-n", "true"], check=False, capture_output=True).returncode == 0


def lock(_arguments: Sequence[str]) -> None:
    """Write the locks in requirements/ anew from pyproject.toml."""
    setup()
    uv = BIN / ("uv.exe" if WINDOWS else "uv")
    common = ("--universal", "--generate-hashes", "--no-header", "--no-emit-index-url", "-q")
    source = ("pip", "compile", "pyproject.toml", "--extra", "setup")
    call(uv, *source, "--extra", "dev", *common, "-o", "requirements/dev.txt")
    call(uv, *source, *common, "-c", "requirements/dev.txt", "-o", "requirements/run.txt")
    only = ROOT / "requirements" / "uv.in"
    call(uv, "pip", "compile", only, *common, "-c", "requirements/dev.txt", "-o",
         "requirements/uv.txt")  # fmt: skip


# --- verbs ----------------------------------------------------------------------------------


def run(arguments: Sequence[str]) -> None:
    """Open the desk on the demo operator; without a display, do the tour instead."""
    setup(lock="run")
    if not has_display():
        say(f"No display here: doing the tour instead, pictures go to {TOUR.relative_to(ROOT)}/")
        tour(())
        return
    python("-m", "app", "--demo", *arguments)


def tour(arguments: Sequence[str]) -> None:
    """Drive the real windows through the main job; pictures into build/tour/."""
    setup(lock="run")
    python("-m", "app", "tour", "--out", TOUR, *arguments)


def lint(_arguments: Sequence[str]) -> None:
    """Check style, types and import contracts."""
    setup()
    python("-m", "ruff", "check", "--quiet", ".")
    python("-m", "ruff", "format", "--check", "--quiet", ".")
    python("-m", "mypy")
    call(BIN / "lint-imports", "--no-logo")


def test(arguments: Sequence[str]) -> None:
    """Set up, lint, and run all tests; further words go to pytest."""
    lint(())
    offscreen = {"QT_QPA_PLATFORM": "offscreen"}
    if arguments:
        python("-m", "pytest", *arguments, env=offscreen)
        return
    windows = ("tests/ui", "tests/journeys")
    side_by_side = (PYTHON, "-m", "pytest", "-n", "2", "--dist", "worksteal")
    others = (f"--ignore={folder}" for folder in windows)
    ends = [exit_code(*side_by_side, *each, env=offscreen) for each in (others, windows)]
    raise SystemExit(max(ends))


def long(arguments: Sequence[str]) -> None:
    """Run the long tests: many random cases, kills and faults; further words go to pytest."""
    setup()
    python("-m", "pytest", "-m", "long", *arguments, env={"QT_QPA_PLATFORM": "offscreen"})


def bench(arguments: Sequence[str]) -> None:
    """Measure speed against the bare libraries; name one benchmark or none for all."""
    setup()
    python("-m", "benchmarks", *arguments, env={"QT_QPA_PLATFORM": "offscreen"})


def package(_arguments: Sequence[str]) -> None:
    """Build the one-folder desk with PyInstaller and try its --smoke."""
    setup()
    python("-m", "PyInstaller", "--noconfirm", "--log-level", "WARN", "--distpath", "dist",
           "--workpath", "build/pyinstaller", "build.spec")  # fmt: skip
    program = ROOT / "dist" / "jackfield" / ("jackfield.exe" if WINDOWS else "jackfield")
    call(program, "--smoke", env={"QT_QPA_PLATFORM": "offscreen"})


VERBS: dict[str, Callable[[Sequence[str]], None]] = {
    "run": run,
    "test": test,
    "setup": setup,
    "lint": lint,
    "long": long,
    "bench": bench,
    "tour": tour,
    "package": package,
    "lock": lock,
}


def main(arguments: Sequence[str]) -> int:
    if not arguments or arguments[0] not in VERBS:
        say("python3 dev.py VERB, where VERB is one of:\n")
        for name, verb in VERBS.items():
            say(f"  {name:8} {(verb.__doc__ or '').splitlines()[0]}")
        return 0 if not arguments else 2
    try:
        VERBS[arguments[0]](arguments[1:])
    except Stop as stop:
        say(str(stop))
        return 1
    except KeyboardInterrupt:
        return 130
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
