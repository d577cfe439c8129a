"""Select builders that services and reports share."""
