# %% [markdown]
# # 04. Write an intervention
#
# **You learn** how to bring an idea of your own into the model: first as a function of four lines, then as a
# class with parameters that have a unit and a source; and how the package checks that it keeps its promises.

# %%
import infodemic_sim as ids

town = ids.scale_free(1_000, mean_degree=20, triads=1.0, seed=1)
today = ids.Scenario(population=ids.Population(graph=town), days=8.0, warm_up=4.0)

# %% [markdown]
# ## A function
#
# A function of the world is called once an hour. It moves *levers*: chances of every person which return to
# their baselines before the next hour. The lever `sessions` is how often people visit platforms. Here is a
# town in which everybody visits them half as often at night.


# %%
def quiet_nights(world):
    """Half as many visits between midnight and six."""
    if world.hour % 24 < 6:
        everybody = slice(None)
        world.levers.sessions.scale(everybody, 0.5)


comparison = ids.compare(
    {"today": today, "quiet nights": today.but(interventions=[quiet_nights])}, replicates=30, seed=1
)
ids.plots.trajectories(comparison, "exposures_false", difference=True).figure

# %% [markdown]
# Why thirty runs? How far a post is passed on differs much from run to run, also with the same luck for both
# plans, as what one reader passes on reaches others. With `replicates=3` the band holds zero at all times,
# and nothing could be said: try it.
#
# A function is enough to try an idea. It has no parameters to vary, and cannot be named in a file. A class
# can do both.
#
# ## A class
#
# The idea: people *pledge* to pass on less for some days. The class says
#
# - `needs`: which levers it moves, so that a rule of spread without them refuses it;
# - `effects`: which parameters are its strength. With one at zero it must be absent, bit for bit;
# - each parameter once, with `param`: its default, bounds, unit, meaning and source. There is no published
#   value here, so the source is `ASSUMED`, and every report counts it;
# - `start`: what it remembers, as arrays with a place for each person; never in `self`, which all runs share;
# - `act`: what it does. `people` are those who take part in this hour. To whom, when, how often and at what
#   cost needs no code: `who`, `when`, `uptake`, `capacity`, `delay` and `cost` are there already.


# %%
class Pledge(ids.Intervention):
    """People promise to pass on less, and keep it for some days.

    Whoever pledges shares ``1 - effect`` times as readily for ``lasting`` days.
    """

    needs = frozenset({"sharing"})
    effects = ("effect", "lasting")
    effect: float = ids.param(0.4, ge=0, le=1, unit="share", doc="Sharing given up.", source=ids.ASSUMED)
    lasting: float = ids.param(5.0, ge=0, unit="d", doc="How long it is kept.", source=ids.ASSUMED)

    def start(self, world):
        """Hour until which each person is bound."""
        return {"until": world.person_array(fill=-1.0)}

    def act(self, world, people, memory):
        """Those who pledge are bound, those who are bound share less."""
        memory["until"][people] = world.hour + 24 * self.lasting
        bound = memory["until"] > world.hour
        world.levers.sharing.scale(bound, 1 - self.effect)


Pledge(uptake=0.5, when=ids.Once(day=0))

# %% [markdown]
# Mistakes are refused with one sentence that says what to do.

# %%
try:
    Pledge(effect=1.5)
except ValueError as mistake:
    print(mistake)

# %% [markdown]
# ## Does it keep the promises?
#
# The package promises that what has no strength changes nothing, that a saved run continues to the same bits,
# that the order of people does not matter, and more. `check_intervention` runs a small world many times to
# see whether a class of yours keeps all that. It says nothing if all is well.

# %%
ids.testing.check_intervention(Pledge())

# %% [markdown]
# And if not? This one forgets to say which lever it moves.


# %%
class Forgetful(Pledge):
    """The same, but it names no lever."""

    needs = frozenset()


try:
    ids.testing.check_intervention(Forgetful())
except AssertionError as broken:
    print(broken)

# %% [markdown]
# ## Use it
#
# From here on it is an intervention like any other. Who pledges once, on day 0, is bound until day 5.

# %%
plans = {
    "today": today,
    "half pledge": today.but(interventions=[Pledge(uptake=0.5, when=ids.Once(day=0))]),
    "all pledge": today.but(interventions=[Pledge(when=ids.Once(day=0))]),
}
comparison = ids.compare(plans, replicates=30, seed=1)
ids.plots.trajectories(comparison, "exposures_false", difference=True).figure

# %% [markdown]
# A pledge does not tell true from false: look at what else it does. A filled mark is told from zero.

# %%
effects = comparison.effects()
ids.plots.effects_ranked(effects, "accurate_posts_lost").figure

# %% [markdown]
# To let scenario files and the command line know it by name, put the class into a package of yours and offer
# it through the entry point group `infodemic_sim.interventions`; the documentation shows how.
#
# ## Exercises
#
# **Exercise 1.** Only people of basic health literacy or below pledge. Which `who` is that? (Look at
# `ids.AtRisk?`, which names people for any one of three reasons.) What does it do, and is it told from what
# the pledge of everybody does (`ids.contrasts`)?

# %% tags=["hide-cell"]
# Nobody's isolation is above 1, and nobody's trust below 0: so literacy alone is left as a reason.
literacy = ids.AtRisk(literacy="basic", isolated_above=1.0, trust_below=0.0)
plans = {
    "today": today,
    "low literacy": today.but(interventions=[Pledge(who=literacy)]),
    "all": today.but(interventions=[Pledge()]),
}
comparison = ids.compare(plans, replicates=30, seed=1)
apart = ids.contrasts(comparison, {"all": {"low literacy": 1.0}})
apart = apart[(apart.measure == "exposures_false") & (apart.subgroup == "all")].iloc[0]
print(f"all less low literacy: {apart.difference:.0f} ({apart.low:.0f} to {apart.high:.0f}) exposures")
ids.plots.effects_ranked(comparison.effects(), "exposures_false").figure

# %% [markdown]
# **Exercise 2.** Show that a pledge which nobody keeps (`lasting=0`) is the same as none.

# %% tags=["hide-cell"]
unkept = ids.simulate(today.but(interventions=[Pledge(lasting=0.0)]), seed=3)
nothing = ids.simulate(today, seed=3)
same = unkept.series("exposures_false").equals(nothing.series("exposures_false"))
print("the same on every day:", same)

# %% [markdown]
# **Exercise 3.** Write `LateNight`, which lowers `sharing` by the share `effect` between 22 and 24 o'clock
# only. What does it change? (And check it as above.) Do not answer while the band still holds zero.


# %% tags=["hide-cell"]
class LateNight(ids.Intervention):
    """People pass on less late in the evening."""

    needs = frozenset({"sharing"})
    effects = ("effect",)
    effect: float = ids.param(0.5, ge=0, le=1, unit="share", doc="Sharing given up.", source=ids.ASSUMED)

    def act(self, world, people, memory):
        """From 22 to 24 o'clock."""
        if world.hour % 24 >= 22:
            world.levers.sharing.scale(people, 1 - self.effect)


plans = {"today": today, "late at night": today.but(interventions=[LateNight()])}
ids.plots.trajectories(ids.compare(plans, replicates=30, seed=1), "exposures_false", difference=True).figure
