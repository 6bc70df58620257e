"""What the gallery shows. A function below is a run, named by what others take; or an example, in EXAMPLES.

Runs are small: the whole gallery takes about half a minute.
"""

from __future__ import annotations

import pandas as pd

import infodemic_sim as ids
from infodemic_sim import plots
from infodemic_sim.calibration.trial_effects import TrialEffects
from infodemic_sim.catalog import reproduction, trial
from infodemic_sim.catalog.papers import PAPERS
from infodemic_sim.catalog.trials import TRIALS
from infodemic_sim.sweeps.ranges import Range

# --- runs -----------------------------------------------------------------------------------------------


def town():
    """A town of four neighbourhoods, in which much is passed on and half lean to what is false."""
    ties = ids.graphs.PlantedCommunities(people=600, sizes=[150] * 4, mean_degree=14, homophily=0.8, seed=1)
    return ids.Scenario(
        population=ids.Population(graph=ties, providers=0.02, sharing=0.04, super_spreaders=0.02),
        topics=[ids.Topic(name="vaccines", accurate_share=0.6)],
        interventions=[
            ids.ProviderCorrection(capacity=ids.Capacity(per_actor_per_day=20), cost=ids.Cost(minutes=5)),
            ids.AccuracyPrompt(when=ids.Every(days=1)),
            ids.Inoculation(uptake=0.5, cost=ids.Cost(money=0.5)),
        ],
        behaviour=ids.Behaviour(),
        days=14,
        warm_up=2,
        hours_per_step=6,
        record="daily",
    )


def film(town):
    """One run, person by person."""
    return ids.film(town.but(interventions=[]), seed=1)


def films(town, film):
    """The same run with a plan beside it."""
    return {"today": film, "all together": ids.film(town, seed=1)}


def cascades(film):
    """Every cascade of it, as a table."""
    return ids.cascades_of(film)


def comparison(town):
    """Three plans beside today, in paired runs."""
    correct, prompt, inoculate = town.interventions
    plans = {
        "today": town.but(interventions=[]),
        "providers correct": town.but(interventions=[correct]),
        "accuracy prompt": town.but(interventions=[prompt]),
        "inoculation": town.but(interventions=[inoculate]),
    }
    return ids.compare(plans, replicates=6, seed=1)


def effects(comparison):
    """What each plan changes, with intervals."""
    return comparison.effects()


def swept(town, folder):
    """Effects of one plan where two parameters vary."""
    study = ids.Study(
        scenario=town.but(record="end", days=5),
        plans={"today": [], "inoculation": ["inoculation"]},
        design=ids.Grid(
            parameters={
                "interventions.inoculation.uptake": [0.25, 0.5, 1.0],
                "population.sharing": [0.02, 0.04, 0.06],
            }
        ),
        replicates=3,
        seed=1,
    )
    ids.sweep(study, folder / "study")
    names = {"interventions.inoculation.uptake": "uptake", "population.sharing": "sharing"}
    return ids.Results(folder / "study").effects().rename(columns=names)


def answer(town, folder):
    """On which parameters the effect of prompts hangs."""
    question = ids.Sensitivity(
        scenario=town.but(days=5),
        plans={"today": [], "prompt": ["accuracy_prompt"]},
        parameters={
            "topics.vaccines.accurate_share": {"low": 0.4, "high": 0.9},
            "population.sharing": {"low": 0.01, "high": 0.06, "scale": "log"},
            "spread.persuasion_claim": "declared",
        },
        number=4,
        replicates=2,
        seed=1,
    )
    return question.run(folder / "sensitivity")


def advice(town, folder):
    """What to buy with a budget."""
    decision = ids.Decision(
        scenario=town.but(days=5, interventions=[town.interventions[0], town.interventions[2]]),
        portfolio=ids.Portfolio(settings={"interventions.inoculation.uptake": [0.25, 0.5, 1.0]}),
        budget=ids.Budget(money=500.0, wage=30.0),
        objectives=("misinformed", "cost", "accurate_posts_lost"),
        replicates=3,
        seed=1,
    )
    return ids.optimise(decision, folder / "decision")


def posterior(folder):
    """Two parameters inferred from two published trials."""
    question = ids.Calibration(
        scenario=ids.Scenario(
            population=ids.Population(graph=ids.graphs.ScaleFree(people=40, mean_degree=4, seed=1))
        ),
        parameters={
            "spread.persuasion_claim": "declared",
            "spread.persuasion_correction": Range(low=0.2, high=5.0),
        },
        evidence=TrialEffects(trials=("loomba_2021", "walter_2021")),
        particles=24,
        generations=2,
        seed=4,
    )
    return ids.calibrate(question, folder / "calibration", predictions=20)


def survey():
    """What a survey found on four days, as a CSV file would hold it."""
    return pd.DataFrame({"day": [2, 6, 10, 14], "measure": "misinformed", "value": [0.41, 0.42, 0.52, 0.46]})


def reproduced():
    """Published results, computed again at a twentieth of their size."""
    few = [paper for paper in PAPERS if paper.name in ("watts_2002", "newman_2002", "juul_ugander_2021")]
    return list(reproduction.reproduce(few, seed=1, scale=0.05))


def conducted():
    """Published trials, run inside the model at a twentieth of their size."""
    few = [each for each in TRIALS if each.name in ("loomba_2021", "martel_rand_2024", "guess_2020")]
    return list(trial.conduct(few, trial.Size(seed=1, scale=0.05)))


# --- examples -------------------------------------------------------------------------------------------


def network(film):
    """Everybody at the end of a run, coloured by what they believe."""
    return plots.network(film)


def network_before_after(film):
    """The same people before and after."""
    return plots.network_before_after(film)


def networks_of_plans(films):
    """The same people before, and at the end of two plans."""
    return plots.networks_of_plans(films)


def animate(film, pictures):
    """A run as a film."""
    return plots.animate(film, pictures / "animate.gif", overwrite=True)


def belief_distribution(film):
    """What people believe, day by day."""
    return plots.belief_distribution(film)


def cascade_tree(film):
    """The largest cascade: who passed it on after whom."""
    return plots.cascade_tree(film)


def cascade_distribution(cascades):
    """How large cascades are."""
    return plots.cascade_distribution(cascades, "size")


def cascades_figure(cascades):
    """How large, deep, broad and viral cascades are."""
    return plots.cascades_figure(cascades)


def who_reaches_whom(film):
    """Whose posts each neighbourhood passes on."""
    return plots.who_reaches_whom(film, by="community")


def comparison_figure(comparison):
    """What each plan changes, when, and at what price."""
    return plots.comparison_figure(comparison)


def effects_ranked(effects):
    """Plans by their effect on one measure."""
    return plots.effects_ranked(effects, "exposures_false")


def trajectories(comparison):
    """One measure over time, with the interval of its mean."""
    return plots.trajectories(comparison, "misinformed")


def observed_figure(comparison, survey):
    """Real points beside the interval in which nine in ten runs lie."""
    return plots.observed_figure(comparison, comparison.observed(survey))


def heat_map(swept):
    """Effects where two parameters vary."""
    return plots.heat_map(swept, "misinformed", rows="uptake", columns="sharing")


def effects_along(swept):
    """Effects along one parameter, a line for each value of another."""
    return plots.effects_along(swept, "misinformed", along="sharing", series="uptake")


def cost_effect_plane(comparison):
    """What plans avert, and what they cost."""
    return plots.cost_effect_plane(comparison, "adverse_choices", wage=30.0)


def acceptability_curve(comparison):
    """How sure a plan is worth its cost."""
    table = ids.acceptability(comparison, "adverse_choices", worth=range(0, 205, 5), wage=30.0)
    return plots.acceptability_curve(table)


def pareto_front(comparison):
    """What plans gain and cost, and which of them no other beats."""
    return plots.pareto_front(ids.cost_effectiveness(comparison, "adverse_choices", wage=30.0))


def pareto_figure(advice):
    """Portfolios within a budget, and those that no other beats."""
    return plots.pareto_figure(advice)


def sensitivity_bars(answer):
    """On which parameters an outcome hangs."""
    return plots.sensitivity_bars(answer.table, "prompt − today", "misinformed")


def tornado(answer):
    """How far an outcome moves from one end of a parameter's range to the other."""
    return plots.tornado(answer.table, "today", "misinformed")


def sensitivity_figure(answer):
    """Both, for every outcome."""
    return plots.sensitivity_figure(answer.table, "misinformed")


def marginal(posterior):
    """One parameter: filled is what the evidence leaves, dashed what was possible before."""
    return plots.marginal(posterior, "spread.persuasion_claim")


def posterior_figure(posterior):
    """All parameters, before the evidence and after it."""
    return plots.posterior_figure(posterior)


def agreement_with_evidence(posterior):
    """New runs beside the evidence that parameters were inferred from, and beside what was held out."""
    return plots.agreement_with_evidence(posterior)


def agreement(reproduced):
    """Published numbers beside ours."""
    return plots.agreement(reproduced)


def forest(conducted):
    """Published trials beside the same trials in the model."""
    return plots.forest(conducted)


CHAPTERS = {
    "One run": (
        network, network_before_after, animate, belief_distribution, cascade_tree, cascade_distribution,
        cascades_figure, who_reaches_whom,
    ),
    "Plans compared": (
        comparison_figure, networks_of_plans, effects_ranked, trajectories, observed_figure, heat_map,
        effects_along,
    ),
    "Costs and decisions": (cost_effect_plane, acceptability_curve, pareto_front, pareto_figure),
    "What results hang on": (sensitivity_bars, tornado, sensitivity_figure),
    "Evidence": (marginal, posterior_figure, agreement_with_evidence, agreement, forest),
}  # fmt: skip
RUNS = (
    town, film, films, cascades, comparison, effects, survey, swept, answer, advice, posterior, reproduced,
    conducted,
)  # fmt: skip
