"""The page's API: acts of people in their apps."""
