"""Loops, clocks, configuration, logs, metrics, HTTP server."""
