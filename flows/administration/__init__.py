"""The admin's lists, days off and outages; what the system stores about a person."""
