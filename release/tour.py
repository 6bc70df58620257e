"""A walk past everything that leans on another package; it runs in a folder that holds ``town.yaml``."""

TOUR = """
import infodemic_sim as ids

town = ids.read_scenario("town.yaml").scenario
graph = town.population.graph.build()
convert = ids.graphs
assert convert.from_networkx(convert.to_networkx(graph)).n == graph.n
assert convert.from_igraph(convert.to_igraph(graph)).n == graph.n
assert convert.from_scipy(convert.to_scipy(graph), directed=False).n == graph.n

model = ids.InfodemicModel(town, rng=1)
for _ in range(30):
    model.step()
assert len(model.datacollector.get_model_vars_dataframe()) > 0
design = ids.LatinHypercube(number=2, seed=1, parameters={"population.providers": {"low": 0.05, "high": 0.1}})
plans = {"today": (), "label": ("warning_label",)}
study = ids.Study(scenario=town, plans=plans, design=design, replicates=2, seed=1)
found = ids.sweep(study, "swept")
assert len(found.effects()) > 0 and not len(found.failures())
film = ids.film(town, seed=1)
assert ids.plots.belief_distribution(film).figure is not None
"""
