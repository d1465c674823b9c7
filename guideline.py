"""The way in: prepares .venv when it must, then passes the verb on.

`python -m guideline VERB` does what `make VERB` does, also where there is no make. Needs nothing but
Python 3.11.2 or later. Packages come from the hashed locks in config/, once, and again only when a
lock changes; an interrupted set-up is simply done again.
"""

import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
OLDEST = (3, 11, 2)
LOCKS = {
    **dict.fromkeys(("handouts", "site"), "paper"),
    **dict.fromkeys(("workbook", "import", "edit", "receive"), "edit"),
    **dict.fromkeys(("test", "format", "bench", "lock"), "test"),
}
"""The lock that a verb needs; all others need only `site`."""
MADE = ("site", "build", ".site.new", ".site.old", ".pytest_cache", ".mypy_cache", ".ruff_cache", ".hypothesis")
"""What the verbs leave behind and `clean` takes away."""


def main(arguments):
    """Run a verb; gives back its exit status."""
    if sys.version_info < OLDEST:
        return complain(f"Python 3.11.2 or later is needed; this is {sys.version.split()[0]}.")
    restore()
    if arguments[:1] == ["clean"]:
        return clean()
    lock = LOCKS.get(arguments[0] if arguments else "", "site")
    return prepare(lock) or hand_over(arguments)


def complain(message):
    print(message, file=sys.stderr)
    return 1


def restore():
    """Put the copy in order where an upgrade was killed while files were changing places."""
    if not (ROOT / "build" / "upgrade" / "switch.json").is_file():
        return
    where = importlib.util.spec_from_file_location("switching", ROOT / "hooks" / "guideline" / "switching.py")
    switching = importlib.util.module_from_spec(where)
    where.loader.exec_module(switching)
    if switching.restore(ROOT):
        print("განახლება შუა გზაზე შეწყდა; ახლა დასრულდა. · An upgrade was interrupted; it is finished now.")
    else:
        print("განახლება შუა გზაზე შეწყდა; ფაილები ისეა, როგორც იყო.", end=" · ")
        print("An upgrade was interrupted; every file is as it was before.")


def clean():
    """Take away everything that was made, the virtual environment included."""
    for name in (*MADE, ".venv"):
        shutil.rmtree(ROOT / name, ignore_errors=True)
    for folder in ROOT.glob("*/**/__pycache__"):
        shutil.rmtree(folder, ignore_errors=True)
    print(f"Clean: nothing that was made is left in {ROOT}.")
    return 0


def prepare(lock):
    """Install the packages of a lock, unless they are there; gives back an exit status."""
    stamp = VENV / f"{lock}.stamp"
    wanted = fingerprint(lock)
    if stamp.is_file() and stamp.read_text(encoding="utf-8") == wanted and interpreter().exists():
        return 0
    if importlib.util.find_spec("ensurepip") is None:
        return complain("Python's venv module is incomplete. On Debian and Ubuntu: apt install python3-venv")
    print(f"Setting up .venv from config/{lock}.txt (once; about a minute) …", flush=True)
    stamp.unlink(missing_ok=True)
    if not interpreter().exists() or not same_python() or not has_pip():
        subprocess.run([sys.executable, "-m", "venv", "--clear", VENV], check=True)
    install = [interpreter(), "-m", "pip", "install", "--disable-pip-version-check", "--quiet", "--require-hashes"]
    if subprocess.run([*install, "-r", ROOT / "config" / f"{lock}.txt"]).returncode:
        return complain(
            f"The packages of config/{lock}.txt could not be installed; see the lines above. Is the network there?"
        )
    stamp.write_text(wanted, encoding="utf-8")
    return 0


def fingerprint(lock):
    """What the environment was made from: the lock and the version of Python."""
    text = (ROOT / "config" / f"{lock}.txt").read_bytes().replace(b"\r\n", b"\n")
    return f"{hashlib.sha256(text).hexdigest()} {version()}\n"


def version():
    return f"{sys.version_info[0]}.{sys.version_info[1]}"


def same_python():
    found = subprocess.run([interpreter(), "--version"], capture_output=True, text=True)
    return found.stdout.startswith(f"Python {version()}.")


def has_pip():
    """Was the environment made to its end?"""
    return subprocess.run([interpreter(), "-m", "pip", "--version"], capture_output=True).returncode == 0


def interpreter():
    return VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def hand_over(arguments):
    """Run the verb inside the environment. -P keeps this file from standing in for the package."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "hooks"), "PYTHONUTF8": "1"}
    command = [str(interpreter()), "-P", "-m", "guideline", *arguments]
    if os.name != "nt":
        os.chdir(ROOT)
        os.execve(command[0], command, environment)
    return subprocess.call(command, env=environment, cwd=ROOT)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
