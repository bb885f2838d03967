"""The office's own lists, days and outages, by the admin."""
