"""Limits: reminders owed, more time, hindrances, outages."""
