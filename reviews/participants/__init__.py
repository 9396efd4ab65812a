"""Who takes part, as the States see it; a State invites its own contributors."""
