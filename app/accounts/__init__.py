"""Who somebody is and what they may do: accounts, how to sign in to them, and the one table of rights."""
