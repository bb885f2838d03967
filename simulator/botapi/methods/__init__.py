"""The methods of the Bot API, a file a group."""
