"""Send mail and push messages, the only way out to the network."""
