"""Words of the network that templates of several rooms say."""
