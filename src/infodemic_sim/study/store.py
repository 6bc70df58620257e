"""Results as files: each appears whole or not at all, and equal results give equal bytes."""

from __future__ import annotations

import json
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from infodemic_sim.codebook import check_measure
from infodemic_sim.errors import InfodemicError, OutputExistsError, ResultFileError
from infodemic_sim.graphs.raw import json_object
from infodemic_sim.scenario import Scenario
from infodemic_sim.study.comparison import Comparison, categorised
from infodemic_sim.study.effects import FULL_CODEBOOK, KEYS
from infodemic_sim.study.provenance import provenance, runs_digest
from infodemic_sim.study.written import demand, quoted, read_parquet
from infodemic_sim.writing import replacing, told_by, writing

if TYPE_CHECKING:
    import pandas as pd

RUNS, EFFECTS, CODEBOOK, PROVENANCE = "runs.parquet", "effects.csv", "codebook.csv", "provenance.json"
DEEDS, WORTH = "interventions.csv", "cost_per_averted.csv"
RUNS_CSV = "runs.csv"
OBSERVED = "observed.csv"
FIGURES_AND_REPORT = ("comparison.png", "comparison.svg", "observed.png", "observed.svg", "report.html")
KINDS = {
    "plans": dict,
    "finished": list,
    "seed": int,
    "replicates": int,
    "primary": str,
    "until": int | float | None,
    "until_reached": bool,
    "draws": dict | None,
    "runs_digest": str,
}
"""What the description of results must say."""
TABLES = (RUNS, RUNS_CSV, EFFECTS, DEEDS, WORTH, OBSERVED, CODEBOOK, PROVENANCE)
FILES = (*TABLES[:-1], *FIGURES_AND_REPORT, PROVENANCE)


def write_tables(
    comparison: Comparison, out: Path, *, csv: bool = False, overwrite: bool = False
) -> list[Path]:
    """Write runs, effects, deeds, what they cost, codebook and provenance to a folder; the paths written.

    Parameters
    ----------
    csv : also write the runs as CSV.

    Raises
    ------
    OutputExistsError
        If the folder holds results and ``overwrite`` is false.
    """
    refuse_to_overwrite(out, overwrite)
    with writing(out):
        out.mkdir(parents=True, exist_ok=True)
        for name in reversed(FILES):  # the description before the rest: what is left never reads as a whole
            (out / name).unlink(missing_ok=True)
    tables = {
        EFFECTS: comparison.effects(),
        DEEDS: comparison.deeds(),
        WORTH: comparison.worth(),
        CODEBOOK: codebook_table(),
    }
    if csv:
        tables[RUNS_CSV] = comparison.runs
    write_parquet(comparison.runs, out / RUNS)
    write_text(out / PROVENANCE, json.dumps(provenance(comparison), indent=2, ensure_ascii=False) + "\n")
    for name, table in tables.items():  # what can be made again, after what cannot
        write_text(out / name, table.to_csv(index=False, lineterminator="\n"))
    return [out / name for name in (RUNS, *tables, PROVENANCE)]


def refuse_to_overwrite(out: Path, overwrite: bool = False) -> None:
    """Nothing, unless the folder holds results and nobody said that they may go."""
    with writing(out):  # nor may the name be too long for any folder
        found = [name for name in FILES if (out / name).exists()]
    if found and not overwrite:
        raise OutputExistsError(
            f"{out}: the folder holds results already ({found[0]}); give another folder or say overwrite."
        )
    if out.exists() and not out.is_dir():
        raise OutputExistsError(f"{out}: a file of that name is in the way; give another folder.")


def demand_room(out: Path) -> None:
    """Nothing, if the folder can be made and written to; it is not there yet: a mistake may still be found.

    Raises
    ------
    UnwritableError
        If not: better before hours of work than after.
    """
    with writing(out):
        new = [folder for folder in (out, *out.parents) if not folder.exists()]
        out.mkdir(parents=True, exist_ok=True)
        tempfile.TemporaryFile(dir=out).close()
    with suppress(OSError):  # somebody else may have put something there
        for folder in new:
            folder.rmdir()


def codebook_table() -> pd.DataFrame:
    """Every measure with formula, unit, denominator, what is better, and source."""
    import pandas as pd

    return pd.DataFrame(FULL_CODEBOOK)


def write_parquet(runs: pd.DataFrame, path: Path) -> None:
    """A table as Parquet, its rows in their order."""
    import duckdb

    plain = runs.astype({name: object for name in runs.columns if runs[name].dtype == "category"})
    with replacing(path) as scratch, duckdb.connect(config={"threads": 1}) as database:
        database.register("runs", plain)
        copy_out(database, "SELECT * FROM runs", scratch)


def copy_out(database: Any, query: str, path: Path) -> None:
    """The answer to a question in SQL as a Parquet file, written in place, so that nothing else is left."""
    form = "FORMAT parquet, COMPRESSION zstd, USE_TMP_FILE false"
    database.execute(f"COPY ({query}) TO {quoted(path)} ({form})")


def load(folder: Path) -> Comparison:
    """The comparison in a folder, see ``Comparison.load``."""
    import duckdb

    try:
        said = json_object(folder / PROVENANCE)
        _check_description(said)
        runs = _runs(read_parquet(folder / RUNS), said)
        names, finished = tuple(said["plans"]), tuple(said["finished"])
        return Comparison(
            *(names, _plans(said), said["seed"], said["replicates"], finished, said["primary"], runs),
            **{"until": said.get("until"), "reached": said.get("until_reached", False)},
            draws=said.get("draws"),
            fork=said.get("fork"),
            imports=tuple(said.get("imports", ())),
        )
    except (OSError, ValueError, KeyError, TypeError, duckdb.Error) as error:
        if isinstance(error, InfodemicError):
            raise
        reason = str(error) if type(error) is ValueError else told_by(error)
        raise ResultFileError(f"{folder}: the folder holds no results that can be read ({reason}).") from None


def _check_description(said: dict[str, Any]) -> None:
    """Refuse, by a ValueError, a description of results that no comparison has written."""
    demand(said, KINDS)
    if not said["plans"] or not all(isinstance(plan, dict) for plan in said["plans"].values()):
        raise ValueError("there are no plans")
    finished = said["finished"]
    if (
        not finished
        or not all(type(number) is int for number in finished)
        or len(set(finished)) < len(finished)
    ):
        raise ValueError("'finished' must be different numbers of replicates")
    check_measure(said["primary"])
    imports = said.get("imports", [])
    if not isinstance(imports, list) or not all(isinstance(sentence, str) for sentence in imports):
        raise ValueError("'imports' must be sentences")
    if said.get("draws") is not None:
        demand(said["draws"], {"from": str})


def _runs(table: pd.DataFrame, said: dict[str, Any]) -> pd.DataFrame:
    """The runs that the description speaks of; what is not them, bit by bit, is refused by a ValueError."""
    numbers = {name: str(table[name].dtype) for name in ("replicate", "day", "value")}
    if numbers != {"replicate": "int64", "day": "float64", "value": "float64"}:
        raise ValueError("the columns are of other kinds")
    runs = categorised(table)
    if runs_digest(runs) != said["runs_digest"]:
        raise ValueError(f"{RUNS} is not what {PROVENANCE} speaks of")
    keys = ["plan", "replicate", "day", *KEYS]
    if runs[keys].isna().to_numpy().any() or runs.duplicated(keys).any():
        raise ValueError("a number stands there twice, or without a name")
    made = set(runs[["plan", "replicate"]].drop_duplicates().itertuples(index=False, name=None))
    if made != {(plan, number) for plan in said["plans"] for number in said["finished"]}:
        raise ValueError("there are runs of other plans or replicates")
    return runs


def _plans(said: dict[str, Any]) -> dict[str, Scenario]:
    """Scenarios of the plans that could be written down."""
    written = {name: plan["scenario"] for name, plan in said["plans"].items()}
    return {name: Scenario(**data) for name, data in written.items() if isinstance(data, dict)}


def write_text(path: Path, text: str) -> None:
    """A text file, at once or not at all."""
    with replacing(path) as scratch:
        scratch.write_text(text, encoding="utf-8", newline="\n")
