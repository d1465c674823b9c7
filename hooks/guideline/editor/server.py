"""The pages of the form, served on this machine alone: what is asked → the desk → what is answered."""

from __future__ import annotations

import importlib.util
import json
import socket
from collections.abc import Callable
from pathlib import Path
from typing import Any

import uvicorn
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from .. import colours
from ..cards import Place, render
from ..checks.references import RESERVED_IDS
from ..model import SOURCE_LANGUAGES
from ..problems import DataError
from ..telling import say, told
from .desk import Desk, Missing
from .guard import NO_SCRIPT, Guard
from .shape import shape

STATIC = Path(__file__).parent / "static"
DEEPEST = 40
"""Levels of a value that a form may send; a programme needs a dozen."""
SHOWN = ("gzamkvlevi.css",)
"""The site's own sheets, with which the card is dressed."""


class BadRequest(Exception):
    """What was sent is nothing that the form sends."""


class Pages:
    """The pages and answers about one copy."""

    def __init__(self, desk: Desk, language: str):
        self.desk, self.language = desk, language

    def routes(self) -> list[Route | Mount]:
        """Every address of the server."""
        pages: list[tuple[str, Callable[[Request], Response]]] = [
            ("/", self.start),
            ("/{language}/", self.listing),
            ("/{language}/new", self.new),
            ("/{language}/program/{key:path}", self.form),
            ("/{language}/card", self.card),
            ("/colours.css", self.colours),
        ]
        doing: list[tuple[str, Callable[[Any, str], Any]]] = [
            ("/{language}/look", self.look),
            ("/{language}/save", self.save),
            ("/{language}/add", self.add),
            ("/{language}/undo", self.undo),
        ]
        site = self.desk.root / "docs" / "assets"
        return [
            *(Route(path, self._page(page), methods=["GET"]) for path, page in pages),
            *(Route(path, self._doing(answer), methods=["POST"]) for path, answer in doing),
            Mount("/static", StaticFiles(directory=STATIC)),
            Mount("/site/stylesheets", StaticFiles(directory=site / "stylesheets")),
            Mount("/site/fonts", StaticFiles(directory=site / "fonts")),
            Mount("/material", StaticFiles(directory=_material())),
        ]

    # --- pages

    def _page(self, page: Callable[[Request], Response]) -> Callable[[Request], Any]:
        async def answer(request: Request) -> Response:
            if request.path_params.get("language", self.language) not in SOURCE_LANGUAGES:
                return self._not_found(self.language)
            return await run_in_threadpool(self._answered, page, request)

        return answer

    def _answered(self, page: Callable[[Request], Response], request: Request) -> Response:
        language = request.path_params.get("language", self.language)
        try:
            return page(request)
        except DataError as error:
            lines = [problem.say(language) for problem in error.problems]
            return self._html("broken", language, 200, "broken", lines=lines)
        except Missing:
            return self._not_found(language)

    def _html(self, template: str, language: str, status: int = 200, title: str = "list", **parts: Any) -> Response:
        html = render(
            f"editor/{template}.html.j2",
            Place(language, ""),
            say=lambda code, **about: say(f"editor.{code}", language, **about),
            language=language,
            title=parts.pop("heading", "") or say(f"editor.{title}", language),
            **{"other_page": "", **parts},
        )
        return HTMLResponse(html, status)

    def _not_found(self, language: str) -> Response:
        return self._html("missing", language, 404, "no-page")

    def start(self, request: Request) -> Response:
        """The list in the language that was asked for."""
        return RedirectResponse(f"/{self.language}/", 303)

    def listing(self, request: Request) -> Response:
        """All programmes of the copy, with what each lacks."""
        language = request.path_params["language"]
        rows = self.desk.programs(language)
        return self._html("list", language, rows=rows, towns=len({row.place for row in rows}) > 1)

    def new(self, request: Request) -> Response:
        """A new programme: its type and its id."""
        language = request.path_params["language"]
        collection = self.desk.workplace().collection
        own = collection.copy.municipality
        types = sorted((kind.name[language], id) for id, kind in collection.types.items())
        towns = [own] if own else list(collection.municipalities)
        reserved = {f"{town}/{id}" for town in towns for id in RESERVED_IDS}
        taken = sorted(reserved | {program.key for program in collection.entered})
        return self._html(
            "new",
            language,
            title="new",
            other_page="new",
            types=types,
            towns=[(id, collection.municipalities[id].name[language]) for id in towns],
            taken=taken,
        )

    def form(self, request: Request) -> Response:
        """The form of one programme, drawn by the script from what stands in the page."""
        language, key = request.path_params["language"], request.path_params["key"]
        record = self.desk.record(key)
        collection = self.desk.workplace().collection
        row = next(row for row in self.desk.programs(language) if row.key == key)
        town = collection.municipalities[key.partition("/")[0]]
        given = {
            "key": key,
            "language": language,
            "record": record,
            "shape": shape(collection, language),
            "words": _words(language),
            "today": self.desk.workplace().today.isoformat(),
            "canUndo": self.desk.can_undo(),
        }
        return self._html(
            "form",
            language,
            heading=row.name,
            other_page=f"program/{key}",
            row=row,
            given=given,
            of=town.name[language],
        )

    def card(self, request: Request) -> Response:
        """An empty page in the site's own dress, into which the form puts the card."""
        language = request.path_params["language"]
        sheets = sorted(path.name for path in (_material()).glob("*.min.css"))
        dress = [f"/material/{name}" for name in sheets if name.startswith(("main.", "palette."))]
        dress += ["/colours.css", *(f"/site/stylesheets/{name}" for name in SHOWN)]
        answer = self._html("card", language, title="card", dress=dress)
        answer.headers["Content-Security-Policy"] = NO_SCRIPT
        return answer

    def colours(self, request: Request) -> Response:
        """The copy's own colours, as on the site."""
        chosen = self.desk.workplace().collection.copy.colours
        return Response(colours.style_sheet(chosen.primary, chosen.accent), media_type="text/css")

    # --- what the script asks

    def _doing(self, answer: Callable[[Any, str], Any]) -> Callable[[Request], Any]:
        async def answering(request: Request) -> Response:
            language = request.path_params["language"]
            if language not in SOURCE_LANGUAGES:
                return JSONResponse({}, 404)
            try:
                sent = plain(json.loads(await request.body()))
            except (ValueError, RecursionError, BadRequest):
                return JSONResponse({}, 400)
            return await run_in_threadpool(self._done, answer, sent, language)

        return answering

    def _done(self, answer: Callable[[Any, str], Any], sent: Any, language: str) -> Response:
        try:
            return JSONResponse(answer(sent, language))
        except DataError as error:
            words = [problem.say(language) for problem in error.problems]
            return JSONResponse({"problems": [{"loc": [], "words": line} for line in words]}, 409)
        except Missing:
            return JSONResponse({"problems": [{"loc": [], "words": say("editor.no-program", language)}]}, 404)
        except (KeyError, TypeError, AttributeError):
            return JSONResponse({}, 400)

    def look(self, sent: Any, language: str) -> Any:
        """What is to be said of the record as it is in the form."""
        card_in = sent["card"] if sent["card"] in SOURCE_LANGUAGES else language
        looked = self.desk.look(sent["key"], record(sent["value"]), language, card_in)
        return {
            "problems": [told.plain() for told in looked.problems],
            "remarks": [told.plain() for told in looked.remarks],
            "changes": looked.changes,
            "card": looked.card,
            "record": looked.record,
        }

    def save(self, sent: Any, language: str) -> Any:
        """Keep the record."""
        kept = self.desk.save(sent["key"], record(sent["base"]), record(sent["value"]), language)
        return {
            "key": kept.key,
            "changes": kept.changes,
            "problems": [told.plain() for told in kept.problems],
            "clashes": kept.clashes,
            "record": kept.record,
            "merged": kept.merged,
            "canUndo": self.desk.can_undo(),
        }

    def add(self, sent: Any, language: str) -> Any:
        """Begin a programme."""
        kept = self.desk.add(sent["municipality"], sent["type"], sent["id"], language)
        return {"key": kept.key, "problems": [told.plain() for told in kept.problems]}

    def undo(self, sent: Any, language: str) -> Any:
        """Take back the last change that was made here."""
        return {"undone": self.desk.undo(), "canUndo": self.desk.can_undo()}


def plain(value: Any, depth: int = 0) -> Any:
    """What a form sends: words, lists and fields, nothing else, and not too deep. Raises `BadRequest`."""
    if isinstance(value, str):
        return value
    if depth < DEEPEST and isinstance(value, dict):
        return {key: plain(item, depth + 1) for key, item in value.items()}
    if depth < DEEPEST and isinstance(value, list):
        return [plain(item, depth + 1) for item in value]
    raise BadRequest


def record(value: Any) -> dict[str, Any]:
    """A record, and nothing else."""
    if not isinstance(value, dict):
        raise TypeError(value)
    return value


def _words(language: str) -> dict[str, str]:
    """The words that the script of the form puts on the page."""
    own = "editor."
    return {code.removeprefix(own): words[language] for code, words in told().items() if code.startswith(own)}


def _material() -> Path:
    """Material's style sheets, which the site is dressed with."""
    found = importlib.util.find_spec("material")
    return Path(str(found and found.origin)).parent / "templates" / "assets" / "stylesheets"


class Server:
    """The server of one copy, bound to a port of this machine; nobody else's machine can reach it."""

    def __init__(self, root: Path, language: str, token: str, port: int = 0):
        self.socket = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
        self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        self.socket.bind(("127.0.0.1", port))
        self.socket.listen()  # a browser that comes before the server is ready waits
        self.port = self.socket.getsockname()[1]
        self.address = f"http://127.0.0.1:{self.port}/?token={token}"
        app = Guard(Starlette(routes=Pages(Desk(root), language).routes()), token, self.port)
        self.uvicorn = uvicorn.Server(
            uvicorn.Config(app, log_level="warning", access_log=False, lifespan="off", ws="none", server_header=False)
        )

    def run(self) -> None:
        """Serve until somebody stops it."""
        self.uvicorn.run([self.socket])

    def stop(self) -> None:
        """Let the server end by itself, from another thread."""
        self.uvicorn.should_exit = True
