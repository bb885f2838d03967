"""What anybody may ask at any time; moves nothing."""
