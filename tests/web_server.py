"""The machine's own nginx with the shipped configuration, on a port of this machine."""

import os
import shutil
import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import copies

HOW = "The tests of the web server need nginx. Debian: sudo apt install nginx-light. Or set NGINX=/path/to/it."
AROUND = """\
daemon off;
master_process off;
pid {folder}/nginx.pid;
error_log {folder}/error.log;
events {{}}
http {{
    access_log off;
    client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy; fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi; scgi_temp_path {folder}/scgi;
    include conf.d/*.conf;
}}
"""
"""What a distribution's nginx.conf says around ours, with everything in one folder."""


def find() -> str:
    """The path of nginx; installs Debian's where that is allowed."""
    found = _installed()
    if not found and shutil.which("apt-get") and getattr(os, "geteuid", lambda: 1)() == 0:
        subprocess.run(["apt-get", "update", "-qq"], check=False)
        subprocess.run(["apt-get", "install", "-y", "-qq", "--no-install-recommends", "nginx-light"], check=False)
        found = _installed()
    if not found:
        raise AssertionError(HOW)
    return found


def _installed() -> str:
    return os.environ.get("NGINX") or shutil.which("nginx", path=f"{os.environ.get('PATH', '')}:/usr/sbin") or ""


def made(site: Path, folder: Path) -> Path:
    """What `guideline host` makes of a built site, in a folder of its own: build/host/."""
    (folder / "config").mkdir(parents=True)
    shutil.copytree(copies.ROOT / "config" / "nginx", folder / "config" / "nginx")
    shutil.copy(copies.ROOT / "mkdocs.yml", folder)
    (folder / "site").symlink_to(site)
    done = copies.run(folder, "host", PYTHONPATH=str(copies.ROOT / "hooks"))
    assert done.returncode == 0, done.stderr
    return folder / "build" / "host"


@contextmanager
def serving(site: Path, made: Path, folder: Path) -> Iterator[str]:
    """The address at which nginx serves the site; only port and folder differ from what is shipped."""
    shutil.copytree(made / "nginx", folder)
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    place = f"listen 127.0.0.1:{port};\nserver_name _;\nroot {site};\n"
    (folder / "gzamkvlevi" / "place.conf").write_text(place)
    (folder / "nginx.conf").write_text(AROUND.format(folder=folder))
    command = [find(), "-p", str(folder), "-c", str(folder / "nginx.conf"), "-e", str(folder / "error.log")]
    tried = subprocess.run([*command, "-t"], capture_output=True, text=True, check=False)
    assert tried.returncode == 0, tried.stderr
    assert "warn" not in tried.stderr, tried.stderr
    server = subprocess.Popen(command)
    try:
        _wait(server, port)
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait()


def _wait(server: subprocess.Popen, port: int) -> None:
    """Until the server listens; a server that has ended will never."""
    while server.poll() is None:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            continue
        return
    raise AssertionError("nginx did not start")
