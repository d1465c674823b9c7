"""Who may ask: the browser that was opened with the secret, on this machine, from pages of this server alone.

A page of another site that is open in the same browser can send requests to 127.0.0.1 too, and can give a name of its
own to that address (DNS rebinding). So the name asked for must be ours, everything but the first request carries a
cookie that other sites cannot send along, and what changes something must come from a page of this origin.
"""

from __future__ import annotations

from collections.abc import Iterable
from hmac import compare_digest
from http.cookies import CookieError, SimpleCookie
from typing import Any
from urllib.parse import parse_qs

LARGEST = 1_000_000
"""Bytes of a request; a programme has some thousands."""
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; frame-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'self'"
)
NO_SCRIPT = POLICY.replace("script-src 'self'", "script-src 'none'").replace("connect-src 'self'; ", "")
"""For the card: it is shown and runs nothing."""
HEADERS = {
    "Cache-Control": "no-store",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "SAMEORIGIN",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
SAFE = ("GET", "HEAD")

Scope = Any
"""What ASGI says of a request."""


class Guard:
    """Asks the questions before anybody else sees a request."""

    def __init__(self, app: Any, token: str, port: int):
        self.app, self.token = app, token
        self.hosts = (f"127.0.0.1:{port}", f"localhost:{port}")
        self.cookie = f"guideline-edit-{port}"

    async def __call__(self, scope: Scope, receive: Any, send: Any) -> None:
        """Answer those who may not ask; let the others pass."""
        if scope["type"] != "http":
            return
        given = {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in scope["headers"]}
        if self._strange(scope, given):
            await _answer(send, 403)
        elif self._opens(scope):
            await self._welcome(scope, given, send)
        elif not self._known(given):
            await _answer(send, 403)
        elif not given.get("content-length", "0").isdigit() or int(given.get("content-length", "0")) > LARGEST:
            await _answer(send, 413)
        elif "transfer-encoding" in given:
            await _answer(send, 411)
        else:
            await self.app(scope, receive, _with_headers(send))

    def _strange(self, scope: Scope, given: dict[str, str]) -> bool:
        """Does it come for another name, from another site, or change something without saying from where?"""
        host = given.get("host", "")
        if host not in self.hosts or given.get("sec-fetch-site", "none") not in ("same-origin", "none"):
            return True
        if scope["method"] in SAFE:
            return given.get("origin", f"http://{host}") != f"http://{host}"
        typed = given.get("content-type", "").partition(";")[0].strip()
        return given.get("origin") != f"http://{host}" or typed != "application/json"

    def _opens(self, scope: Scope) -> bool:
        """Is it the address that the verb printed, with the right secret in it?"""
        tokens = parse_qs(scope["query_string"].decode("latin-1")).get("token", [""])
        right = compare_digest(tokens[0].encode(), self.token.encode())
        return scope["path"] == "/" and scope["method"] == "GET" and right

    def _known(self, given: dict[str, str]) -> bool:
        try:
            found = SimpleCookie(given.get("cookie", "")).get(self.cookie)
        except CookieError:
            return False
        return found is not None and compare_digest(found.value.encode(), self.token.encode())

    async def _welcome(self, scope: Scope, given: dict[str, str], send: Any) -> None:
        """The secret moves from the address, which others might see, into a cookie."""
        cookie = f"{self.cookie}={self.token}; Path=/; HttpOnly; SameSite=Strict"
        await _answer(send, 303, [("Location", "/"), ("Set-Cookie", cookie)])


def _with_headers(send: Any) -> Any:
    """Every answer says what the page may do, and that nobody keeps it."""

    async def sending(message: Any) -> None:
        if message["type"] == "http.response.start":
            named = {name.lower() for name, _ in message["headers"]}
            own = {**HEADERS, "Content-Security-Policy": POLICY}
            message["headers"] = [*message["headers"], *_encoded(own.items(), named)]
        await send(message)

    return sending


def _encoded(headers: Iterable[tuple[str, str]], but: Iterable[bytes] = ()) -> list[tuple[bytes, bytes]]:
    pairs = ((name.lower().encode(), value.encode()) for name, value in headers)
    return [(name, value) for name, value in pairs if name not in but]


async def _answer(send: Any, status: int, headers: Iterable[tuple[str, str]] = ()) -> None:
    """A bare answer: those who may not ask learn nothing."""
    said = [*HEADERS.items(), ("Content-Security-Policy", POLICY), ("Content-Length", "0"), *headers]
    await send({"type": "http.response.start", "status": status, "headers": _encoded(said)})
    await send({"type": "http.response.body", "body": b""})
