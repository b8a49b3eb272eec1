"""The directory as other programs read it: records of the Human Services Data Specification 3.0 under our Belgian profile (`network.md` §6.1, §6.2)."""
