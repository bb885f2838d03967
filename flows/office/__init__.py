"""kantor.yaml: units, roles, posts, who fills them; hours and the working clock."""
