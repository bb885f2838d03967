"""Console commands, checks, health endpoints and periodic maintenance."""
