"""Our tables for those who use polars, and theirs for us."""

from __future__ import annotations

from typing import TYPE_CHECKING

from infodemic_sim.errors import ParameterError, of_kind

if TYPE_CHECKING:
    import pandas as pd
    import polars as pl

    Table = pd.DataFrame | pl.DataFrame


def as_pandas(name: str, table: Table, *also: type) -> pd.DataFrame:
    """A table that somebody gave, as a pandas frame: one of polars becomes one.

    Parameters
    ----------
    name : what the table is called where it is refused.
    also : other kinds that would do, for the message.

    Raises
    ------
    ParameterError
        If it is a table of neither.
    """
    import pandas as pd

    if isinstance(table, pd.DataFrame):
        return table
    if not (type(table).__module__.startswith("polars.") and hasattr(table, "get_columns")):
        of_kind(name, table, *also, pd.DataFrame)
    # by lists, since polars' own way to pandas takes pyarrow, which nothing else here needs
    return pd.DataFrame({column.name: _known(column.to_list()) for column in table.get_columns()})


def _known(values: list[object]) -> list[object]:
    """Values of a column; of one that is empty, which polars reads from CSV as text, not a number each."""
    return [float("nan")] * len(values) if all(value is None for value in values) else values


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
