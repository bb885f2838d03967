"""The page's API: what a person does in the chat."""
