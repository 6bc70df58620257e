"""The commands and their options; nothing but typer is imported until one of them runs.

A command says what can be given, and hands it to the file of this folder that does the work.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

PLAIN: dict[str, Any] = {"rich_markup_mode": None, "no_args_is_help": True}
app = typer.Typer(
    **PLAIN,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
    help="A wind tunnel for interventions against health misinformation.",
)
graph = typer.Typer(**PLAIN, help="Describe a network file, or fetch one.")
app.add_typer(graph, name="graph")

ScenarioName = Annotated[str, typer.Argument(metavar="SCENARIO", help="A scenario file, or 'demo'.")]
StudyFile = Annotated[Path, typer.Argument(metavar="STUDY", help="A study file.")]
StudyFolder = Annotated[Path, typer.Option(help="Folder of the study's results.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]
Workers = Annotated[int | None, typer.Option(help="Processes that share the work; none given: one per core.")]
Quiet = Annotated[bool, typer.Option("--quiet", help="Print nothing but mistakes.")]
Seed = Annotated[int, typer.Option(help="Fixes every draw.")]
Names = Annotated[
    list[str] | None,
    typer.Argument(metavar="[NAME]…", help="Which ones, see --list; none given: all.", show_default=False),
]
ListThem = Annotated[bool, typer.Option("--list", help="List them and stop.")]
Overwrite = Annotated[bool, typer.Option("--overwrite", help="Replace what is there already.")]


@app.callback(invoke_without_command=True)
def infodemic(
    version: Annotated[bool, typer.Option("--version", help="Print the version and stop.")] = False,
    verbose: Annotated[bool, typer.Option("--verbose", help="Log to stderr what is being done.")] = False,
) -> None:
    """A wind tunnel for interventions against health misinformation."""
    if verbose:
        import logging

        logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    if version:
        from importlib.metadata import version as version_of

        print(version_of("infodemic-sim"))
        raise typer.Exit


@app.command(short_help="Compare the plans of a scenario.")
def compare(
    scenario: ScenarioName,
    out: Annotated[Path, typer.Option(help="Folder for tables, plots and the report.")],
    replicates: Annotated[int, typer.Option(help="Runs of each plan.")] = 10,
    seed: Annotated[
        int | None, typer.Option(help="Fixes every draw; required, except for demo (1).", show_default=False)
    ] = None,
    workers: Workers = None,
    threads: Annotated[int, typer.Option(help="Threads of each run.")] = 1,
    record: Annotated[
        str | None, typer.Option(help="daily, hourly or end; none given: as the scenario says.")
    ] = None,
    csv: Annotated[bool, typer.Option("--csv", help="Also write all runs as CSV.")] = False,
    overwrite: Overwrite = False,
    keep_labels: Annotated[
        bool, typer.Option("--keep-labels", help="Keep what people are called in a graph file.")
    ] = False,
    quiet: Quiet = False,
    as_json: AsJson = False,
    until: Annotated[
        float | None, typer.Option(help="Stop early at this half width of the primary 95 % intervals.")
    ] = None,
    draws: Annotated[
        str | None,
        typer.Option(help="Drawn in each replicate: declared, a table, or a calibration's folder."),
    ] = None,
    observed: Annotated[Path | None, typer.Option(help="A table of real series to set beside runs.")] = None,
    observed_plan: Annotated[
        str | None, typer.Option(help="The plan set beside them; none given: the baseline.")
    ] = None,
    fork_at: Annotated[
        float | None, typer.Option(help="Day on which plans begin; until then all are the baseline.")
    ] = None,
) -> None:
    """Run the plans of a scenario with common random numbers, and report what each one changes."""
    from infodemic_sim.cli import comparing

    options = comparing.Options(
        replicates, seed, workers, threads, record, csv, overwrite, keep_labels, quiet, as_json,
        until, draws, observed, observed_plan, fork_at,
    )  # fmt: skip
    raise typer.Exit(comparing.run(scenario, out, options))


@app.command(short_help="Make all runs of a study, or go on with it.")
def sweep(
    study: StudyFile,
    out: StudyFolder,
    workers: Workers = None,
    dask: Annotated[
        str | None, typer.Option(help="Address of a Dask scheduler whose cluster is to do the work.")
    ] = None,
    shard: Annotated[
        str | None, typer.Option(help="Make only a part, such as 3/8: the third of eight equal ones.")
    ] = None,
    retry_failed: Annotated[
        bool, typer.Option("--retry-failed", help="Make runs that failed once more.")
    ] = False,
    quiet: Quiet = False,
    as_json: AsJson = False,
) -> None:
    """Make all runs of a study that its folder does not hold yet: every plan at every point of a design.

    The same command goes on where an earlier one was stopped or killed; no run is made twice.
    """
    from infodemic_sim.cli import sweeping

    options = sweeping.Options(workers, dask, shard, retry_failed, quiet, as_json)
    raise typer.Exit(sweeping.run(study, out, options))


@app.command(short_help="Find what an outcome, or a conclusion, hangs on.")
def sensitivity(
    question: Annotated[Path, typer.Argument(metavar="QUESTION", help="A file that says over which ranges.")],
    out: StudyFolder,
    workers: Workers = None,
    quiet: Quiet = False,
) -> None:
    """Find on which parameters the outcome hangs, and what each plan changes, and rank them.

    The same command goes on where an earlier one was stopped.
    """
    from infodemic_sim.cli import sensing

    raise typer.Exit(sensing.run(question, out, workers, quiet=quiet))


@app.command(short_help="Find out what to buy with a budget.")
def optimise(
    decision: Annotated[Path, typer.Argument(metavar="DECISION", help="A decision file.")],
    out: Annotated[Path, typer.Option(help="Folder of runs, tables and the figure.")],
    workers: Workers = None,
    quiet: Quiet = False,
) -> None:
    """Find the portfolios of interventions that are worth choosing within a budget, and how sure that is.

    The same command goes on where an earlier one was stopped or killed; no run is made twice.
    """
    from infodemic_sim.cli import optimising

    raise typer.Exit(optimising.run(decision, out, workers, quiet=quiet))


@app.command(short_help="Say how far a study or a calibration has come.")
def status(
    folder: Annotated[Path, typer.Argument(help="The folder of a study or a calibration.")],
    as_json: AsJson = False,
) -> None:
    """Say how many runs of a study are there, how many failed, and how long the rest will take.

    Of a calibration it says how many generations are there.
    """
    from infodemic_sim.cli import calibrating, sweeping

    if calibrating.is_one(folder):
        calibrating.show_status(folder, as_json=as_json)
    else:
        sweeping.show_status(folder, as_json=as_json)


@app.command(name="cluster-script", short_help="Print a job script for a cluster's queue.")
def cluster_script(
    study: StudyFile,
    out: StudyFolder,
    shards: Annotated[int, typer.Option(help="Jobs that share the study.")],
    scheduler: Annotated[str, typer.Option(help="slurm, pbs or sge.")] = "slurm",
    workers: Annotated[int, typer.Option(help="Processes of each job.")] = 1,
    hours: Annotated[int, typer.Option(help="Time limit of each job.")] = 24,
) -> None:
    """Print a job script that makes a study as an array of jobs.

    Write it to a file, then submit it with sbatch or qsub; submitted again, it makes what is still missing.
    """
    from infodemic_sim.cli import sweeping
    from infodemic_sim.sweeps.cluster import Jobs

    sweeping.write_script(study, out, Jobs(scheduler, shards, workers, hours))


@app.command(short_help="Infer parameters from what was observed.")
def calibrate(
    name: Annotated[
        str | None, typer.Argument(metavar="NAME|FILE", help="One that comes with the package, or a file.")
    ] = None,
    out: Annotated[Path, typer.Option(help="Folder for what is known then.")] = Path("out/calibration"),
    seed: Annotated[
        int | None, typer.Option(help="Fixes every draw; none given: as the file says.", show_default=False)
    ] = None,
    particles: Annotated[int | None, typer.Option(help="Points that stand for what is known.")] = None,
    generations: Annotated[int | None, typer.Option(help="Rounds of narrowing, at most.")] = None,
    workers: Workers = None,
    list_them: Annotated[bool, typer.Option("--list", help="List those of the package and stop.")] = False,
    quiet: Quiet = False,
) -> None:
    """Infer parameters from evidence, and set new runs beside it; the same command goes on where it stopped.

    Results are the same for any number of workers.
    """
    from infodemic_sim.cli import calibrating

    if list_them or name is None:
        calibrating.show_names()
        return
    changes = {"seed": seed, "particles": particles, "generations": generations}
    raise typer.Exit(calibrating.run(name, out, workers, changes, quiet=quiet))


@app.command(short_help="Compute published results again.")
def reproduce(
    names: Names = None,
    out: Annotated[Path, typer.Option(help="Folder for the page and the table.")] = Path("out/reproductions"),
    list_them: ListThem = False,
    seed: Seed = 1,
    scale: Annotated[
        float, typer.Option(help="Size of the runs; below 1, distances hold more chance.")
    ] = 1.0,
    quiet: Quiet = False,
) -> None:
    """Compute published results again, and write a page with each number, ours, and their distance.

    Ends with 1 if a number differs by more than is allowed and than chance explains.
    """
    from infodemic_sim.cli import reproducing

    if list_them:
        reproducing.show_names()
    else:
        raise typer.Exit(reproducing.run(names or [], out, seed, scale, quiet=quiet))


@app.command(short_help="Run published trials inside the model.")
def trials(
    names: Names = None,
    out: Annotated[Path, typer.Option(help="Folder for the page and the table.")] = Path("out/trials"),
    list_them: ListThem = False,
    fit: Annotated[bool, typer.Option("--fit", help="Solve for the fitted defaults and stop.")] = False,
    seed: Seed = 1,
    scale: Annotated[float, typer.Option(help="Size of the arms; below 1, effects hold more chance.")] = 1.0,
    quiet: Quiet = False,
) -> None:
    """Run published trials inside the model, and write a page with each effect, ours, and a reading.

    Every effect says whether defaults were fitted to it, or it is predicted from others.
    """
    from infodemic_sim.cli import trying

    if list_them:
        trying.show_names()
    elif fit:
        trying.show_fit()
    else:
        trying.run(names or [], out, seed, scale, quiet=quiet)


@app.command(short_help="Write the report, or the explorer page, of results.")
def report(
    folder: Annotated[Path, typer.Argument(help="The folder of a comparison or a study.")],
    out: Annotated[
        Path | None,
        typer.Option(help="The file to write; none given: report.html, explorer.html or report.pdf there."),
    ] = None,
    explorer: Annotated[
        bool, typer.Option("--explorer", help="Write the page with sliders instead.")
    ] = False,
    pictures: Annotated[bool, typer.Option(help="On it, show the network of one pair of runs.")] = True,
    pdf: Annotated[bool, typer.Option("--pdf", help="Write the report as PDF.")] = False,
    overwrite: Overwrite = False,
) -> None:
    """Write one self-contained page from the results of compare or sweep, to be read without a network."""
    from infodemic_sim.cli import pages

    pages.write_page(folder, out, pages.Asked(explorer, pictures, pdf, overwrite))


@app.command(name="app", short_help="Open the what-if page of a scenario.")
def what_if(
    scenario: Annotated[str, typer.Argument(help="A scenario file, or the name of a bundled one.")] = "demo",
    port: Annotated[int, typer.Option(min=0, max=65535, help="0: any that is free.")] = 0,
    browser: Annotated[bool, typer.Option(help="Open the page in the browser.")] = True,
    workers: Annotated[
        int | None, typer.Option(min=0, help="Processes that make pairs of runs; none given: one per core.")
    ] = None,
) -> None:
    """Serve a page, to this machine only, where a plan is set and watched beside today on the same draws."""
    from infodemic_sim.cli import pages

    pages.serve_scenario(scenario, port, browser=browser, workers=workers)


@app.command(short_help="Write a commented scenario to start from.")
def new(
    path: Annotated[Path, typer.Argument(help="The file to write.")] = Path("scenario.yaml"),
    overwrite: Overwrite = False,
) -> None:
    """Write a scenario to start from: every parameter with its meaning, unit, bounds and source."""
    from infodemic_sim.cli import scenarios

    scenarios.new(path, overwrite=overwrite)


@app.command(short_help="Check a scenario; estimate time and memory.")
def check(scenario: ScenarioName, as_json: AsJson = False) -> None:
    """Check a scenario file, and estimate the time, memory and rows of a run."""
    from infodemic_sim.cli import scenarios

    scenarios.check(scenario, as_json=as_json)


@app.command(short_help="Print the JSON Schema of scenario and other files.")
def schema(
    kind: Annotated[
        str, typer.Argument(help="scenario, study, sensitivity, decision or calibration.")
    ] = "scenario",
) -> None:
    """Print the JSON Schema of a kind of file, for editors: they complete names and show what each means."""
    from infodemic_sim.cli import schemas

    schemas.show(kind)


@app.command(name="list", short_help="List interventions, parameters, sources …")
def list_(
    what: Annotated[
        str,
        typer.Argument(
            help="interventions, targets, schedules, graphs, platforms, rankings, spaces, recommenders, "
            "rules, measures, parameters, sources."
        ),
    ],
    as_json: AsJson = False,
) -> None:
    """List what a scenario can be made of, every parameter, or every source."""
    from infodemic_sim.cli import listing

    listing.show(what, as_json=as_json)


@graph.command()
def describe(
    file: Annotated[Path, typer.Argument(help="The network file; its extension tells the format.")],
    directed: Annotated[
        bool | None, typer.Option("--directed/--undirected", help="Whether ties hold one way.")
    ] = None,
    direction: Annotated[str, typer.Option(help="What 'u v' means: u sees v, or u is seen_by v.")] = "sees",
    delimiter: Annotated[str | None, typer.Option(help="One character, or its name.")] = None,
    header: Annotated[
        bool | None, typer.Option("--header/--no-header", help="Whether the first line names columns.")
    ] = None,
    weights: Annotated[
        bool | None, typer.Option("--weights/--no-weights", help="Whether the third column is a weight.")
    ] = None,
    labels: Annotated[str, typer.Option(help="Kind of labels: auto, integer or text.")] = "auto",
    as_json: AsJson = False,
) -> None:
    """Count and measure a network: people, ties, degrees, clustering, and what the import changed."""
    from infodemic_sim.cli import networks

    options = {"directed": directed, "direction": direction, "delimiter": delimiter}
    options |= {"header": header, "weights": weights, "labels": labels}
    networks.describe_file(file, options, as_json=as_json)


@graph.command()
def fetch(
    name: Annotated[str, typer.Argument(help="Name of a public network, such as facebook_combined.")],
    folder: Annotated[Path | None, typer.Option(help="Where to keep it; none given: the cache.")] = None,
    url: Annotated[str | None, typer.Option(help="Another place that offers the same file.")] = None,
) -> None:
    """Download a public network, check it, and print the path of the file."""
    from infodemic_sim.cli import networks

    networks.fetch_file(name, folder, url)
