"""What to buy with a budget: portfolios of interventions, and how sure it is which are best.

Read ``deciding.py`` first: it holds the order of everything.
"""
