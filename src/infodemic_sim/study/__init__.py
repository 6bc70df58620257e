"""Many runs of many plans: paired comparisons, their effects, and how they are kept."""
