"""The version of the model: what the numbers of equal scenarios, seeds and replicates hang on.

It enters the address of every run of a sweep, so that results of two versions never meet in one table.
Whoever changes a number that any run gives raises it; a test with recorded numbers sees to that.
"""

MODEL_VERSION = 5
