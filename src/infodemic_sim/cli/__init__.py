"""The command line: ``infodemic …``. Commands are declared in ``app``; each imports its body when it runs."""

from __future__ import annotations

import gc
import logging
import sys
from collections.abc import Sequence
from io import TextIOWrapper
from typing import NoReturn

from infodemic_sim.errors import BrokenRunError, InfodemicError, UnwritableError
from infodemic_sim.interruption import ctrl_c_heard, endings_heard

BROKEN, MISTAKE, INTERRUPTED = 1, 2, 130
"""Exit codes: an error that nobody foresaw; something that was given is wrong; stopped by the user."""
SELDOM = 50_000
"""Objects made between two looks for garbage: libraries make many as they are loaded, and keep them all."""


def main(arguments: Sequence[str] | None = None) -> NoReturn:
    """Run a command; a mistake is told in one sentence, as is a plug-in that fails.

    Anything else that is unforeseen comes with its traceback.
    """
    gc.set_threshold(SELDOM)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper) and stream.errors == "strict":
            stream.reconfigure(errors="backslashreplace")  # where names have letters that it cannot write
    try:
        with endings_heard(), ctrl_c_heard():
            from infodemic_sim.cli.app import app

            app(arguments, prog_name="infodemic")
    except InfodemicError as error:
        print(f"infodemic: {error}", file=sys.stderr)
        sys.exit(BROKEN if isinstance(error, BrokenRunError) else MISTAKE)
    except KeyboardInterrupt:
        sys.exit(INTERRUPTED)
    except Exception as error:
        from infodemic_sim.faults import origin

        if where := origin(error):
            print(f"infodemic: {broken(error, where)}", file=sys.stderr)
            sys.exit(BROKEN)
        if not isinstance(error, OSError) or not error.filename:
            raise
        print(f"infodemic: {unusable(error)}", file=sys.stderr)
        sys.exit(MISTAKE)
    sys.exit(0)


def unusable(error: OSError) -> UnwritableError:
    """What the system says against a name that was given, such as that it is too long for any file."""
    logging.getLogger(__name__).info("a file cannot be used", exc_info=error)
    return UnwritableError(
        f"{error.filename}: this cannot be used ({error.strerror}): give another file or folder."
    )


def broken(error: Exception, where: str) -> BrokenRunError:
    """What a plug-in raised, as a sentence; its traceback goes to the log that --verbose shows."""
    from infodemic_sim.faults import sentence

    logging.getLogger(__name__).info("the run %s", where, exc_info=error)
    said = sentence(error, where)
    return BrokenRunError(f"{said}: mend it there, or leave it out; 'infodemic --verbose …' shows more.")
