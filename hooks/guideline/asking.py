"""Asks other sites, politely, whether their pages are still there.

Each host is asked one thing at a time with a pause between; HEAD first, GET only where HEAD is not
understood, and of that answer nothing but its head is read; a passing fault is tried again, and a host
that does not answer three times running is left alone. Only public addresses are asked: an address in the
data must not make this machine look into its own network.
"""

from __future__ import annotations

import http.client
import ipaddress
import socket
import ssl
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from urllib.parse import quote, urlsplit, urlunsplit

from .outside import Answer, by_host, verdict

PASSING = (408, 425, 429, 500, 502, 503, 504)
"""Statuses that may be different a moment later."""
PATIENCE = 3
"""How often running a host may fail to answer before it is left alone."""
LONGEST_WAIT = 30.0
"""Seconds that are waited at most when a site says when to come back (Retry-After)."""
NO_HOST = "no such host"
"""What is seen where the name of a host leads nowhere."""


class PrivateAddress(OSError):
    """The host is not on the public network."""


@dataclass(frozen=True)
class Manners:
    """How sites are asked: who asks, how long is waited (seconds), how often, how many hosts at once."""

    agent: str
    timeout: float = 20.0
    pause: float = 1.0
    tries: int = 2
    hosts_at_once: int = 8
    public_only: bool = True


def ask(addresses: Iterable[str], manners: Manners, sleep: Callable[[float], None] = time.sleep) -> dict[str, Answer]:
    """What became of each address; hosts side by side, the addresses of one host one after the other."""
    hosts = by_host(addresses)
    with ThreadPoolExecutor(manners.hosts_at_once) as pool:
        answers = pool.map(lambda theirs: _ask_host(theirs, manners, sleep), hosts.values())
        return {address: answer for part in answers for address, answer in part.items()}


def _ask_host(addresses: Iterable[str], manners: Manners, sleep: Callable[[float], None]) -> dict[str, Answer]:
    found: dict[str, Answer] = {}
    silent = 0
    for address in addresses:
        if silent >= PATIENCE:
            found[address] = Answer("unreachable", "host left alone")
            continue
        if found:
            sleep(manners.pause)
        found[address] = _ask_patiently(address, manners, sleep)
        silent = silent + 1 if found[address].verdict == "unreachable" else 0
    return found


def _ask_patiently(address: str, manners: Manners, sleep: Callable[[float], None]) -> Answer:
    """Ask until there is an answer that will stay, at most `tries` times."""
    answer = Answer("unreachable", "")
    for turn in range(1, manners.tries + 1):
        answer, wait = _ask_once(address, manners)
        if wait is None or turn == manners.tries:
            break
        sleep(min(max(wait, manners.pause * turn), LONGEST_WAIT))
    return answer


def _ask_once(address: str, manners: Manners) -> tuple[Answer, float | None]:
    """HEAD, then GET if that is not understood; and how long to wait before another try (None: no use)."""
    answer, wait = _request("HEAD", address, manners)
    final = answer.verdict in ("works", "private", "certificate") or answer.seen == NO_HOST
    return (answer, wait) if final else _request("GET", address, manners)


def _request(method: str, address: str, manners: Manners) -> tuple[Answer, float | None]:
    headers = {"User-Agent": manners.agent, "Accept": "*/*", "Accept-Language": "ka, en;q=0.8"}
    try:
        request = urllib.request.Request(as_ascii(address), headers=headers, method=method)
        with _opener(manners).open(request, timeout=manners.timeout) as response:
            return Answer(verdict(response.status), str(response.status)), None
    except urllib.error.HTTPError as error:
        error.close()
        if error.code < 400:  # a redirect in a circle, or to what is no web page
            return Answer("broken", f"{error.code} redirect"), None
        passing = _seconds(error.headers.get("Retry-After")) if error.code in PASSING else None
        return Answer(verdict(error.code), str(error.code)), passing
    except PrivateAddress:
        return Answer("private", "private"), None
    except (OSError, http.client.HTTPException, ValueError) as error:
        return _failed(error)


def _failed(error: Exception) -> tuple[Answer, float | None]:
    """A connection that came to nothing: in which way, and whether another try may help."""
    cause = error.reason if isinstance(error, urllib.error.URLError) and isinstance(error.reason, Exception) else error
    if isinstance(cause, PrivateAddress):
        return Answer("private", "private"), None
    if isinstance(cause, ssl.SSLCertVerificationError):
        return Answer("certificate", cause.verify_message or "certificate"), None
    if isinstance(cause, socket.gaierror):
        return Answer("unreachable", NO_HOST), 0.0
    if isinstance(cause, UnicodeError | ValueError):
        return Answer("broken", "not an address"), None
    name = "timeout" if isinstance(cause, TimeoutError) else type(cause).__name__
    return Answer("unreachable", name), 0.0


def as_ascii(address: str) -> str:
    """The address as it goes over the wire: Georgian letters of the path escaped, the host's as IDNA."""
    parts = urlsplit(address)
    name = parts.hostname or ""
    host = f"[{name}]" if ":" in name else name.encode("idna").decode("ascii")
    port = f":{parts.port}" if parts.port else ""
    path, query = (quote(part, safe="/:@!$&'()*+,;=~-._%?") for part in (parts.path, parts.query))
    return urlunsplit((parts.scheme, host + port, path or "/", query, ""))


def _seconds(retry_after: str | None) -> float:
    """What Retry-After asks for in seconds; nothing where it names a day or is missing."""
    return float(retry_after) if retry_after and retry_after.isdecimal() else 0.0


def _opener(manners: Manners) -> urllib.request.OpenerDirector:
    """Knows http and https and nothing else: no files, no other schemes, also after a redirect."""
    opener = urllib.request.OpenerDirector()
    for handler in (
        urllib.request.ProxyHandler(),
        _Guard(manners.public_only),
        urllib.request.HTTPHandler(),
        urllib.request.HTTPSHandler(),
        urllib.request.HTTPDefaultErrorHandler(),
        urllib.request.HTTPErrorProcessor(),
        urllib.request.HTTPRedirectHandler(),
        urllib.request.UnknownHandler(),
    ):
        opener.add_handler(handler)
    return opener


class _Guard(urllib.request.BaseHandler):
    """Refuses hosts that are not on the public network, in every request and redirect.

    Behind a proxy it is the proxy that finds hosts, so that a name that is not found here says nothing.
    """

    handler_order = 100

    def __init__(self, public_only: bool) -> None:
        self.public_only = public_only

    def http_request(self, request: urllib.request.Request) -> urllib.request.Request:
        """Look where the host is before anything is sent."""
        if self.public_only:
            try:
                if not _public(urlsplit(request.full_url).hostname or ""):
                    raise PrivateAddress(request.host)
            except socket.gaierror:
                if not urllib.request.getproxies():
                    raise
        return request

    https_request = http_request


def _public(host: str) -> bool:
    """Are all addresses of the host public? Raises `gaierror` where it has none."""
    found = {info[4][0] for info in socket.getaddrinfo(host, None)}
    return all(ipaddress.ip_address(str(address).partition("%")[0]).is_global for address in found)
