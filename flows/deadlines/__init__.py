"""Limits of tugas: reminders, extensions, hindrances, outages."""
