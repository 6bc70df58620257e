"""Start the local server of the what-if page, on the loopback interface and nowhere else."""

from __future__ import annotations

import socket
import webbrowser
from collections.abc import Callable

from infodemic_sim.dashboard.pairs import Pairs
from infodemic_sim.errors import ParameterError
from infodemic_sim.scenario import Scenario

LOOPBACK = "127.0.0.1"
MOST_CONNECTIONS = 32


def serve(
    scenario: Scenario, said: Callable[[str], None], *, port: int = 0, browser: bool = True, workers: int = 0
) -> None:
    """Serve the page until it is interrupted.

    Parameters
    ----------
    said : called with the page's address, which holds the token of this start.
    port : 0: any that is free.
    browser : open it in the user's browser.
    workers : processes that make pairs of runs; 0: the server itself.

    Raises
    ------
    ParameterError
        If the server is not installed, or the port is taken.
    """
    try:
        import uvicorn

        from infodemic_sim.dashboard.server import Server
    except ImportError:
        raise ParameterError('the server is not installed: pip install "infodemic-sim[app]".') from None
    with listening(port) as door, Pairs(workers) as pairs:
        page = Server(scenario, door.getsockname()[1], pairs)
        said(page.address)
        if browser:
            webbrowser.open(page.address)
        settings = uvicorn.Config(
            page.application(), log_level="warning", server_header=False, limit_concurrency=MOST_CONNECTIONS,
            timeout_keep_alive=5, timeout_graceful_shutdown=1, lifespan="off",
        )  # fmt: skip
        uvicorn.Server(settings).run(sockets=[door])


def listening(port: int) -> socket.socket:
    """A socket that only this machine can reach."""
    door = socket.socket()
    door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        door.bind((LOOPBACK, port))
        door.listen()  # a browser that comes before the server is ready waits
    except (OSError, OverflowError):
        door.close()
        raise ParameterError(f"port {port} cannot be used: it is taken, or no port; try another.") from None
    return door
