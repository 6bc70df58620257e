"""The what-if page: one front end, for a local server, a file without one, and Jupyter."""
