"""Files of officials read as untrusted bytes."""
