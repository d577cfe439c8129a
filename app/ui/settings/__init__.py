"""How the program looks and behaves, its backups, and who is on the team."""
