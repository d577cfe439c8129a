"""Which workspace, and who is at work: what is asked before the shell opens."""
