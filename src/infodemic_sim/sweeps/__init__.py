"""Studies of many runs: designs over parameters, runs that survive anything, results as one table.

Read ``running.py`` first: it holds the order of everything.
"""
