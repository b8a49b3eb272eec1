"""What the network brings to pages upstream: a part of the territory's menu, the search box, « À faire »."""
