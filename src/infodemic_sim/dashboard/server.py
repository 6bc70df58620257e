"""The local server of the what-if page: it answers this machine only, and only who has its token."""

from __future__ import annotations

import asyncio
import json
import secrets
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from typing import Any

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response, StreamingResponse
from starlette.routing import Route

from infodemic_sim.dashboard.bundle import PAGE
from infodemic_sim.dashboard.desk import Desk
from infodemic_sim.dashboard.pairs import Pairs
from infodemic_sim.dashboard.pictures import Told
from infodemic_sim.errors import InfodemicError, ParameterError
from infodemic_sim.scenario import Scenario

TYPES = {".html": "text/html", ".css": "text/css", ".js": "text/javascript"}
MOST_BYTES = 200_000
"""Of what a page may send."""
MOST_AT_ONCE = 2
"""Runs; further ones wait for their turn."""
HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src data:; "
        "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
}


class Server:
    """The page of one scenario on one port, and who may use it."""

    def __init__(self, scenario: Scenario, port: int, pairs: Pairs | None = None) -> None:
        self.desk = Desk(scenario, pairs)
        self.hosts = {f"127.0.0.1:{port}", f"localhost:{port}"}
        self.token = secrets.token_urlsafe(24)
        self.address = f"http://127.0.0.1:{port}/#{self.token}"
        self.turns = asyncio.Semaphore(MOST_AT_ONCE)

    def application(self) -> Starlette:
        """What answers requests."""
        routes = [
            Route("/", self.file),
            Route("/assets/{name}", self.file),
            Route("/run", self.guarded(self.run), methods=["POST"]),
            Route("/form", self.guarded(self.answer), methods=["GET"]),
            *(Route(f"/{name}", self.guarded(self.answer), methods=["POST"]) for name in ("yaml", "report")),
        ]
        return Starlette(routes=routes)

    async def file(self, request: Request) -> Response:
        """The page and what belongs to it: those files and no others."""
        if not self._is_ours(request):
            return refused("This address is not the page's own.", 403)
        name = request.path_params.get("name", "index.html")
        if name not in {path.name for path in PAGE.iterdir()}:
            return refused("There is no such file.", 404)
        path = PAGE / name
        return Response(path.read_bytes(), media_type=TYPES[path.suffix], headers=HEADERS)

    def guarded(self, answer: Callable[[Request], Awaitable[Response]]) -> Any:
        """An answer for those who came from the page itself; mistakes are told in one sentence."""

        async def guard(request: Request) -> Response:
            if not self._is_ours(request):
                return refused("This address is not the page's own.", 403)
            if not secrets.compare_digest(request.headers.get("x-token", "").encode(), self.token.encode()):
                return refused("The page has no token: open the address that `infodemic app` printed.", 403)
            try:
                return await answer(request)
            except InfodemicError as error:
                return refused(str(error), 422)

        return guard

    def _is_ours(self, request: Request) -> bool:
        """Whether a request names this server, and comes from no other site."""
        origin = request.headers.get("origin")
        mine = {f"http://{host}" for host in self.hosts}
        return request.headers.get("host") in self.hosts and (origin is None or origin in mine)

    async def answer(self, request: Request) -> Response:
        """The form, or what is chosen as a scenario file or a report."""
        what = request.url.path.strip("/")
        if what == "form":
            data = await run_in_threadpool(self.desk.answer, what)
            self.desk.pairs.wake(self.desk.own)
            return Response(json.dumps(data), media_type="application/json", headers=HEADERS)
        text = await run_in_threadpool(self.desk.answer, what, await sent(request))
        return PlainTextResponse(text, headers=HEADERS)

    async def run(self, request: Request) -> Response:
        """A run, line by line as it comes about."""
        pairs = self.desk.pairs.for_one_run()
        events = mistakes_told(self.desk.run(await sent(request), pairs))
        lines = self._lines(events, pairs)
        return StreamingResponse(lines, media_type="application/x-ndjson", headers=HEADERS)

    async def _lines(self, events: Iterator[Told], pairs: Pairs) -> AsyncIterator[str]:
        """Lines as they come about; once nobody listens any more, workers end with whatever they are at."""
        async with self.turns:
            with pairs:
                while event := await asyncio.to_thread(next, events, None):
                    if event["kind"] == "done":
                        pairs.returned()  # before anybody hears of it, and ends the server
                    yield json.dumps(event, separators=(",", ":")) + "\n"


def mistakes_told(events: Iterator[Told]) -> Iterator[Told]:
    """Events; what goes wrong on the way is the last of them."""
    try:
        yield from events
    except InfodemicError as error:
        yield {"kind": "error", "message": str(error)}


async def sent(request: Request) -> Any:
    """What the page has sent, if it is not too much.

    Raises
    ------
    ParameterError
        If it is too much, or no JSON.
    """
    content = b""
    async for part in request.stream():
        content += part
        if len(content) > MOST_BYTES:
            raise ParameterError(f"the page sent more than {MOST_BYTES:,} bytes.")
    try:
        return json.loads(content)
    except ValueError:
        raise ParameterError("what the page sent is no JSON.") from None


def refused(reason: str, status: int) -> Response:
    """One sentence that says why not."""
    return PlainTextResponse(reason, status_code=status, headers=HEADERS)
