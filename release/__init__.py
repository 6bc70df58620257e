"""What is given to others: built twice, looked into, installed in clean environments, and run there."""
