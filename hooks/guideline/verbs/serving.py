"""Verbs for a site that was built: look at it without a server, put it behind a server of one's own."""

from __future__ import annotations

import shutil
from pathlib import Path

import click

from .. import policy, preview, serving
from ..telling import say
from ..workplace import site_url
from .here import LANGUAGE, ROOT, write

NGINX = {"config/nginx/site.conf": "conf.d/gzamkvlevi.conf", "config/nginx/place.conf": "gzamkvlevi/place.conf"}
"""Files for nginx as they are → where they go under /etc/nginx/."""


@click.command("preview")
@LANGUAGE
def preview_(language: str) -> None:
    """Make build/preview/ from site/: the same pages for a folder that is opened by a double click."""
    site, folder = _site(language), ROOT / "build" / "preview"
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(site, folder, ignore=shutil.ignore_patterns("sw.js", "search", "sitemap.*", "robots.txt"))
    pages = sorted(folder.rglob("*.html"))
    for page in pages:
        depth = len(page.relative_to(folder).parts) - 1
        html = preview.opened_from_disk(page.read_text(encoding="utf-8"), site_url(ROOT), depth)
        page.write_text(html, encoding="utf-8", newline="\n")
    click.echo(say("serving.preview", language, n=len(pages)))


@click.command()
@LANGUAGE
def host(language: str) -> None:
    """Make build/host/: what nginx and other servers must be told to serve site/ well."""
    site, folder = _site(language), ROOT / "build" / "host"
    pages = (page.read_text(encoding="utf-8") for page in sorted(site.rglob("*.html")))
    header = policy.header(pages)
    for source, target in NGINX.items():
        write(folder / "nginx" / target, (ROOT / source).read_text(encoding="utf-8"))
    write(folder / "nginx/gzamkvlevi/policy.conf", serving.nginx_policy(header))
    paths = (path.relative_to(site).as_posix() for path in site.rglob("*"))
    write(folder / "_headers", serving.headers_file(header, paths))
    click.echo(say("serving.host", language))


def _site(language: str) -> Path:
    """The site that was built; says what to do where there is none."""
    if not (ROOT / "site" / "index.html").is_file():
        raise SystemExit(say("serving.no-site", language))
    return ROOT / "site"
