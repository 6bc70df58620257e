"""What each extra is for: a few lines that do it, in an environment that has this extra and no other.

They run in a folder that holds ``town.yaml`` and the folder ``compared``.
"""

STUDY = """
import infodemic_sim as ids
town = ids.read_scenario("town.yaml").scenario
plans = {"today": town.but(interventions=()), "label": town.but(interventions=town.interventions[1:])}
"""
USES = {
    "cluster": STUDY
    + """
from distributed import LocalCluster
from infodemic_sim.sweeps.cluster import dask_executor
if __name__ == "__main__":
    design = ids.Grid(parameters={"population.providers": (0.05, 0.1)})
    study = ids.Study(scenario=town, plans={"today": ()}, design=design, replicates=1, seed=1)
    with LocalCluster(n_workers=1, threads_per_worker=1, dashboard_address=None) as cluster:
        with dask_executor(cluster.scheduler_address) as (executor, workers):
            found = ids.sweep(study, "swept", executor=executor, workers=workers)
    assert len(found.values("misinformed")) == 2
""",
    "sensitivity": STUDY
    + """
question = ids.Sensitivity(
    scenario=town, plans={"today": (), "label": ("warning_label",)}, number=4, replicates=1, seed=1,
    parameters={
        "population.providers": {"low": 0.02, "high": 0.2}, "population.sharing": {"low": 0.02, "high": 0.1}
    },
)
assert question.run("asked").sentences()
""",
    "calibration": """
import infodemic_sim as ids
from infodemic_sim.calibration.trial_effects import TrialEffects
town = ids.Scenario(population=ids.Population(graph=ids.graphs.ScaleFree(people=40, mean_degree=4.0, seed=1)))
question = ids.Calibration(
    scenario=town, parameters={"spread.persuasion_claim": "declared"}, particles=10, generations=2, seed=4,
    evidence=TrialEffects(trials=("loomba_2021",)),
)
for method in ("likelihood", "emulator"):
    assert len(ids.calibrate(question.but(method=method), method, predictions=2).points) > 0
""",
    "decisions": STUDY
    + """
shares = {"interventions.warning_label.uptake": [0.25, 0.5, 0.75, 1.0]}
decision = ids.Decision(
    scenario=town, portfolio=ids.Portfolio(settings=shares), trials=4,
    budget=ids.Budget(money=1000.0, wage=30.0), objectives=("misinformed", "cost"), replicates=2, seed=1,
)
assert ids.optimise(decision, "bought") is not None
""",
    "app": """
import re, subprocess, sys, urllib.request
server = subprocess.Popen(
    [sys.executable, "-m", "infodemic_sim", "app", "town.yaml", "--no-browser", "--workers", "0"],
    stdout=subprocess.PIPE, text=True,
)
try:
    address = re.search(r"http://\\S+", server.stdout.readline())[0]
    assert "<html" in urllib.request.urlopen(address, timeout=60).read().decode()
finally:
    server.terminate()
""",
    "widget": STUDY
    + """
page = ids.what_if(town)
assert page.get_state()["_esm"]
""",
    "pdf": """
import subprocess, sys
subprocess.run([sys.executable, "-m", "infodemic_sim", "report", "compared", "--pdf"], check=True)
assert open("compared/report.pdf", "rb").read(5) == b"%PDF-"
""",
    "notebooks": """
import jupytext, nbclient
book = jupytext.reads("import infodemic_sim as ids\\nids.ProviderCorrection()", fmt="py:percent")
done = nbclient.NotebookClient(book, timeout=300, kernel_name="python3").execute()
assert "provider" in str(done.cells[0]["outputs"]).lower()
""",
    "mesa-viz": """
import solara
from infodemic_sim import mesa_model
box, context = solara.render(mesa_model.page("town.yaml"), handle_error=False)
assert context is not None
context.close()
""",
}
