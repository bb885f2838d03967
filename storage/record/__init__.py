"""The unit of work and the chained, sealed record."""
