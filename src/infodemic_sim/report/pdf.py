"""A report as PDF, where the extra is installed."""

from __future__ import annotations

from typing import NoReturn

from infodemic_sim.errors import ParameterError


def pdf_of(html: str) -> bytes:
    """A page as PDF: what can be folded away is open, and nothing is loaded from anywhere.

    Raises
    ------
    ParameterError
        If WeasyPrint, or a library that it needs, is not installed.
    """
    try:
        from weasyprint import HTML
    except (ImportError, OSError):  # the second: without Pango
        raise ParameterError(
            'WeasyPrint or its library Pango is not installed: pip install "infodemic-sim[pdf]" (on Debian, '
            "apt install libpango-1.0-0 libpangoft2-1.0-0), or print the HTML report from a browser."
        ) from None
    made: bytes = HTML(string=html.replace("<details", "<details open"), url_fetcher=_refuse).write_pdf()
    return made


def _refuse(url: str, *rest: object, **more: object) -> NoReturn:
    raise ParameterError(f"the report asks for {url}, and nothing may be loaded: make the report again.")
