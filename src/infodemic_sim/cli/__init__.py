"""The command line: ``infodemic …``. Commands are declared in ``app``; each imports its body when it runs."""

from __future__ import annotations

import gc
import sys
from collections.abc import Sequence
from io import TextIOWrapper
from typing import NoReturn

from infodemic_sim.errors import InfodemicError
from infodemic_sim.interruption import ctrl_c_heard

MISTAKE, INTERRUPTED = 2, 130
"""Exit codes: something that was given is wrong; stopped by the user."""
SELDOM = 50_000
"""Objects made between two looks for garbage: libraries make many as they are loaded, and keep them all."""


def main(arguments: Sequence[str] | None = None) -> NoReturn:
    """Run a command; a mistake is told in one sentence, anything unforeseen with its traceback."""
    gc.set_threshold(SELDOM)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper) and stream.errors == "strict":
            stream.reconfigure(errors="backslashreplace")  # where names have letters that it cannot write
    try:
        with ctrl_c_heard():
            from infodemic_sim.cli.app import app

            app(arguments, prog_name="infodemic")
    except InfodemicError as error:
        print(f"infodemic: {error}", file=sys.stderr)
        sys.exit(MISTAKE)
    except KeyboardInterrupt:
        sys.exit(INTERRUPTED)
    sys.exit(0)
