"""A unit's rows as they stand in a perintah."""
