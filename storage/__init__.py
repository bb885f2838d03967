"""The database: inbox, outbox, the record as chained events, files."""
