"""What the network prints: the convocation of a meeting and its minutes."""
