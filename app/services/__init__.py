"""One class an area, one method one transaction."""
