"""Our tables for those who use polars."""

from __future__ import annotations

from typing import TYPE_CHECKING

from infodemic_sim.errors import ParameterError

if TYPE_CHECKING:
    import pandas as pd
    import polars as pl


def to_polars(table: pd.DataFrame) -> pl.DataFrame:
    """A table of ours as a polars frame; names become text, and what is missing null.

    Parts of a study can also be read as they lie there: ``pl.read_parquet("FOLDER/runs/*.parquet")``.

    Raises
    ------
    ParameterError
        If polars is not installed.
    """
    try:
        import polars as pl
    except ImportError:
        raise ParameterError("polars is not installed: pip install polars.") from None
    columns = {str(name): _plain(table[name]) for name in table}
    return pl.DataFrame(columns, strict=False)


def _plain(column: pd.Series) -> list[object]:
    """Values as Python has them; NaN is a number in polars, but in our tables it is what is not known."""
    known = column.notna()
    return [value if there else None for value, there in zip(column.tolist(), known, strict=True)]
