"""What it takes when much is asked of it: many runs, many people, large graphs, many at the page."""
