"""Outbox rows sent, one chat at a time."""
