"""The verb that opens a form in the browser."""

from __future__ import annotations

import secrets
from contextlib import suppress

import click

from ..model import SOURCE_LANGUAGES
from ..telling import say
from .here import ROOT, has_screen


@click.command()
@click.option("--port", type=click.IntRange(0, 65535), default=0, help="the port; a free one where none is given")
@click.option("--language", type=click.Choice(SOURCE_LANGUAGES), default=SOURCE_LANGUAGES[0], help="the language")
@click.option("--browser/--no-browser", default=True, help="open the page in the browser of this machine")
def edit(port: int, language: str, browser: bool) -> None:
    """Edit the programmes of this copy in a form, in a browser on this machine."""
    from ..editor.server import Server  # its packages are in config/edit.txt only

    try:
        server = Server(ROOT, language, secrets.token_urlsafe(24), port)
    except OSError:
        raise SystemExit(say("editor.port-taken", language, port=port)) from None
    click.echo(say("editor.opened", language, address=server.address))
    if browser and has_screen():
        click.launch(server.address)
    with suppress(KeyboardInterrupt):  # Ctrl-C is how one closes it
        server.run()
    click.echo(say("editor.ended", language))
